package dev.discern.scoring.judge;

import static dev.discern.scoring.testing.Prompts.audit;
import static dev.discern.scoring.testing.Prompts.popular;
import static dev.discern.scoring.testing.Prompts.prompt;
import static dev.discern.scoring.testing.Prompts.uniform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.CandidateSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgmentKeyTests {

    private static final CandidateSet PROMPT = prompt(List.of(1L, 2L), uniform(3), audit(4), popular(5));

    @Test
    void isTheSameForTheSameQuestion() {
        assertThat(key("judge", prompt(List.of(1L, 2L), uniform(3), audit(4), popular(5))))
                .hasSize(32)
                .isEqualTo(key("judge", PROMPT));
    }

    @Test
    void doesNotDependOnHowTheCandidatesWereDrawn() {
        assertThat(key("judge", prompt(List.of(1L, 2L), popular(3), uniform(4), uniform(5))))
                .isEqualTo(key("judge", PROMPT));
    }

    @Test
    void dependsOnJudgeUserHistoryCandidatesAndTheirOrders() {
        assertThat(List.of(
                        key("judge", PROMPT),
                        key("judge/2", PROMPT),
                        key("judge", new CandidateSet(8, PROMPT.history(), 2, PROMPT.candidates())),
                        key("judge", prompt(List.of(2L, 1L), uniform(3), audit(4), popular(5))),
                        key("judge", prompt(List.of(2L), uniform(3), audit(4), popular(5))),
                        key("judge", prompt(List.of(), uniform(1), uniform(2), uniform(3), audit(4), popular(5))),
                        key("judge", prompt(List.of(1L, 2L, 3L), audit(4), popular(5))),
                        key("judge", prompt(List.of(1L, 2L), audit(4), uniform(3), popular(5))),
                        key("judge", prompt(List.of(1L, 2L), uniform(3), audit(4), popular(6))),
                        key("judge", prompt(List.of(1L, 2L), uniform(3), audit(4)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void dependsOnTheTextsThatTheJudgeSees() {
        byte[] before =
                JudgmentKey.of("judge", PROMPT, Map.of(1L, "a#1", 2L, "b#1", 3L, "c#1", 4L, "d#1", 5L, "e#1")::get);
        byte[] history =
                JudgmentKey.of("judge", PROMPT, Map.of(1L, "a#2", 2L, "b#1", 3L, "c#1", 4L, "d#1", 5L, "e#1")::get);
        byte[] candidate =
                JudgmentKey.of("judge", PROMPT, Map.of(1L, "a#1", 2L, "b#1", 3L, "c#1", 4L, "d#1", 5L, "e#2")::get);

        assertThat(List.of(before, history, candidate)).doesNotHaveDuplicates();
    }

    @Test
    void everyLineOfEveryFileHasAKeyOfItsOwn() {
        assertThat(List.of(
                        JudgmentKey.ofLine("recorded/a", 1),
                        JudgmentKey.ofLine("recorded/a", 2),
                        JudgmentKey.ofLine("recorded/b", 1)))
                .doesNotHaveDuplicates();
        assertThat(JudgmentKey.ofLine("recorded/a", 1)).isEqualTo(JudgmentKey.ofLine("recorded/a", 1));
    }

    private static byte[] key(String judge, CandidateSet prompt) {
        return JudgmentKey.of(judge, prompt, rowId -> "item " + rowId);
    }
}
