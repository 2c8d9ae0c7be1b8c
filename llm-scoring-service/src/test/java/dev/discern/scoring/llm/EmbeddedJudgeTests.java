package dev.discern.scoring.llm;

import static dev.discern.scoring.testing.Prompts.prompt;
import static dev.discern.scoring.testing.Prompts.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In two dimensions, with vectors whose mean is zero, so that centring leaves them as they are. */
class EmbeddedJudgeTests {

    private static final long EAST = 1;
    private static final long WEST = 2;
    private static final long NORTH = 3;
    private static final long SOUTH = 4;
    private static final long NAMELESS = 9;

    private final EmbeddedJudge judge = new EmbeddedJudge(
            "compass",
            new ItemVectors(Map.of(
                    EAST, new float[] {1, 0},
                    WEST, new float[] {-1, 0},
                    NORTH, new float[] {0, 1},
                    SOUTH, new float[] {0, -1})));

    @Test
    void scoresHowAlikeACandidateIsToTheHistory() {
        assertThat(scores(List.of(EAST), EAST, NORTH, WEST)).containsExactly(1f, 0.5f, 0f);
    }

    @Test
    void theNewestItemWeighsMostByItsAge() {
        // taste: 1 · north + 2^-.8 · east, of length √(1 + 2^-1.6)
        double east = Math.pow(2, -0.8);
        double length = Math.sqrt(1 + east * east);
        List<Float> scores = scores(List.of(EAST, NORTH), EAST, NORTH);

        assertThat(scores.get(0)).isCloseTo((float) (0.5 + 0.5 * east / length), within(1e-6f));
        assertThat(scores.get(1)).isCloseTo((float) (0.5 + 0.5 / length), within(1e-6f));
    }

    @Test
    void anItemWithoutTextInTheHistoryStillAgesTheOthers() {
        List<Float> withGap = scores(List.of(EAST, NAMELESS, NORTH), EAST, NORTH);
        double east = Math.pow(3, -0.8);

        assertThat(withGap.get(0)).isCloseTo((float) (0.5 + 0.5 * east / Math.sqrt(1 + east * east)), within(1e-6f));
    }

    @Test
    void aCandidateWithoutTextCannotBeJudged() {
        assertThat(judge.judge(prompt(List.of(EAST), uniform(WEST), uniform(NAMELESS))))
                .isEqualTo(new Judgment.Failed(FailureReason.MISSING_TEXT, "candidate item 9 has no text"));
    }

    @Test
    void aHistoryWithoutTextIsNoTasteAndNotAScoreOfOneHalf() {
        assertThat(judge.judge(prompt(List.of(NAMELESS), uniform(WEST), uniform(EAST))))
                .isEqualTo(
                        new Judgment.Failed(FailureReason.MISSING_TEXT, "none of the user's recent items has a text"));
    }

    @Test
    void centresVectorsSoThatWhatAllShareDoesNotCount() {
        EmbeddedJudge cone = new EmbeddedJudge(
                "cone", new ItemVectors(Map.of(EAST, new float[] {10, 1}, WEST, new float[] {10, -1})));

        assertThat(((Judgment.Scored) cone.judge(prompt(List.of(EAST), uniform(EAST), uniform(WEST)))).scores())
                .containsExactly(1f, 0f);
    }

    @Test
    void itsIdentityNamesTheEncoderAndItsOwnVersion() {
        assertThat(judge.identity()).isEqualTo("embedded/compass/1");
    }

    private List<Float> scores(List<Long> history, long first, long second, long... more) {
        var candidates = java.util.stream.LongStream.concat(
                        java.util.stream.LongStream.of(first, second), java.util.stream.LongStream.of(more))
                .mapToObj(item -> uniform(item))
                .toArray(dev.discern.common.judgment.Candidate[]::new);
        return ((Judgment.Scored) judge.judge(prompt(history, candidates))).scores();
    }
}
