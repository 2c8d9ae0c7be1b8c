package dev.discern.common.judgment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgmentTests {

    @Test
    void standardizesWithinThePrompt() {
        float[] z = new Judgment.Scored(List.of(0.2f, 0.4f, 0.6f), 1).standardized();

        assertThat(z[0]).isEqualTo(-1.2247f, within(1e-4f));
        assertThat(z[1]).isEqualTo(0, within(1e-4f));
        assertThat(z[2]).isEqualTo(1.2247f, within(1e-4f));
    }

    @Test
    void aJudgeThatScoresAllAlikeSaysNothing() {
        assertThat(new Judgment.Scored(List.of(0.3f, 0.3f, 0.3f), 1).standardized())
                .containsExactly(0, 0, 0);
    }

    @Test
    void refusesScoresOutsideZeroToOneAndNoNumbers() {
        assertThatThrownBy(() -> new Judgment.Scored(List.of(0.5f, 1.01f), 1))
                .hasMessage("a soft score must be in [0, 1], not 1.01");
        assertThatThrownBy(() -> new Judgment.Scored(List.of(Float.NaN), 1))
                .hasMessage("a soft score must be in [0, 1], not NaN");
    }

    @Test
    void aCandidateSetHasNoRepeatsAndAtMostOneAuditItem() {
        Candidate audit = new Candidate(1, CandidateSource.AUDIT, 1);
        Candidate other = new Candidate(2, CandidateSource.UNIFORM, 0.1);

        assertThat(new CandidateSet(7, List.of(), 0, List.of(other, audit)).auditPosition())
                .hasValue(1);
        assertThatThrownBy(() -> new CandidateSet(7, List.of(), 0, List.of(other, other)))
                .hasMessage("a candidate of user 7 appears twice");
        assertThatThrownBy(() ->
                        new CandidateSet(7, List.of(), 0, List.of(audit, new Candidate(3, CandidateSource.AUDIT, 1))))
                .hasMessage("user 7 has more than one audit item");
        assertThatThrownBy(() -> new Candidate(2, CandidateSource.UNIFORM, 0))
                .hasMessage("inclusion probability of item 2 must be in (0, 1], not 0.0");
    }
}
