package dev.discern.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedInformationTests {

    /** Fitted where the popular item is chosen and the judge is right about users with long histories only. */
    private static final PilotGate GATE = gate();

    @Test
    void isTheSumOverPairsOfDrawnCandidatesByToken() {
        Evidence evidence = evidence(3, 0.1f, -0.4f, 1, 0);
        double sum = 0;
        for (int[] pair : new int[][] {{0, 2}, {0, 3}, {2, 3}}) { // the audit item is at 1
            sum += Evidence.entropy(GATE.free(evidence, pair[0], pair[1])) * GATE.gate(evidence, pair[0], pair[1]);
        }
        assertThat(sum).isPositive();
        assertThat(ExpectedInformation.perToken(GATE, evidence, 1, 1)).isEqualTo(sum, within(1e-12));
        assertThat(ExpectedInformation.perToken(GATE, evidence, 1, 50)).isEqualTo(sum / 50, within(1e-12));
    }

    @Test
    void prefersWhatIsOpenToWhatIsKnown() {
        assertThat(ExpectedInformation.perToken(GATE, evidence(3, 0, 0, 0, 0), -1, 1))
                .isGreaterThan(ExpectedInformation.perToken(GATE, evidence(3, -2, -0.7f, 0.7f, 2), -1, 1));
    }

    @Test
    void prefersWhomTheJudgeKnows() {
        assertThat(ExpectedInformation.perToken(GATE, evidence(3, 0, 0, 0, 0), -1, 1))
                .isGreaterThan(2 * ExpectedInformation.perToken(GATE, evidence(1, 0, 0, 0, 0), -1, 1));
    }

    @Test
    void whereTheGateIsShutNothingIsExpected() {
        Evidence unknown = evidence(-5, 0.1f, -0.4f, 1, 0);
        assertThat(GATE.gate(unknown, 0, 1)).isNegative();

        assertThat(ExpectedInformation.perToken(GATE, unknown, -1, 1)).isZero();
    }

    private static Evidence evidence(double logHistory, float... popularity) {
        return new Evidence(logHistory, popularity, new boolean[popularity.length], null, null);
    }

    private static PilotGate gate() {
        SplittableRandom random = new Seeds(1).random("order");
        List<PilotGate.Exam> exams = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            boolean known = n % 2 == 0;
            float margin = (float) random.nextGaussian();
            boolean right = random.nextDouble() < 1 / (1 + Math.exp(-2 * Math.abs(margin)));
            float popular = random.nextDouble() < 0.75 ? 1 : -1;
            exams.add(new PilotGate.Exam(
                    evidence(known ? 3 : 0, popular, 0),
                    0,
                    new float[] {known ? (right ? Math.abs(margin) : -Math.abs(margin)) : margin, 0},
                    new double[] {1, 0.5},
                    1));
        }
        return PilotGate.fit(exams);
    }
}
