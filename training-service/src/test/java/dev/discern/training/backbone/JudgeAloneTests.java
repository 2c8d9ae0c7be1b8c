package dev.discern.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.dataset.SoftScores;
import org.junit.jupiter.api.Test;

class JudgeAloneTests {

    /** User 0 has items 3 and 1 judged, user 2 item 0 three times and item 4. */
    private final JudgeAlone judge = new JudgeAlone(
            new SoftScores(
                    new int[] {0, 0, 2, 2, 2, 2}, new int[] {3, 1, 0, 4, 0, 0}, new float[] {-2, 1, 3, -1, 1, -1}),
            4,
            5);

    @Test
    void judgedCandidatesStandByTheirScoreAndAllElseTiedBehind() {
        assertThat(row(0)).containsExactly(-3, 1, -3, -2, -3);
    }

    @Test
    void anItemJudgedSeveralTimesHasTheMean() {
        assertThat(row(2)).containsExactly(1, -3, -3, -3, -1);
    }

    @Test
    void withoutAnswersEverythingTies() {
        assertThat(row(1)).containsOnly(-3);
        assertThat(row(3)).containsOnly(-3);
    }

    @Test
    void usersInABlockScoreAsEachAlone() {
        float[] block = new float[3 * 5];
        judge.scores(new int[] {3, 2, 0, 1}, 1, 4, block);

        assertThat(block).startsWith(row(2)).endsWith(row(1)).containsSequence(row(0));
    }

    private float[] row(int user) {
        float[] row = new float[5];
        judge.scores(new int[] {user}, 0, 1, row);
        return row;
    }
}
