package dev.discern.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvidenceTests {

    private static final Evidence FULL = new Evidence(
            2, new float[] {0.5f, -1}, new boolean[] {false, true}, new double[] {0, 3}, new float[] {1, -0.5f});

    @Test
    void hasTheTermsOfTheEquationUnderTheirNames() {
        assertThat(FULL.names()).containsExactly("a", "f1", "f2", "f3", "e", "g0", "g1", "g2", "g3");
        assertThat(FULL.free(0, 1)).containsExactly(-3, 1.5, 0.25 - 1, 0.125 + 1, 1.5);
        double[] gate = FULL.gate(0, 1);
        assertThat(gate).hasSize(4).startsWith(1, 2, 1);
        // σ(0) = ½ leaves one bit; σ(3) = .9526 leaves .2759
        assertThat(gate[3]).isEqualTo(1.2759, within(1e-3));
    }

    @Test
    void swappingThePairTurnsWhatIsFreeRoundAndLeavesTheGate() {
        double[] there = FULL.free(0, 1);
        double[] back = FULL.free(1, 0);
        for (int f = 0; f < there.length; f++) {
            assertThat(there[f]).isEqualTo(-back[f]);
        }
        assertThat(FULL.gate(0, 1)).isEqualTo(FULL.gate(1, 0));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        Evidence bare = new Evidence(2, new float[] {0.5f, -1}, new boolean[2], null, null);

        assertThat(bare.names()).containsExactly("f1", "f2", "f3", "g0", "g1", "g2");
        assertThat(bare.free(0, 1)).containsExactly(1.5, 0.25 - 1, 0.125 + 1);
        assertThat(bare.gate(0, 1)).containsExactly(1, 2, 0);
    }

    @Test
    void aFairCoinHasOneBit() {
        assertThat(Evidence.entropy(0.5)).isEqualTo(1, within(1e-12));
        assertThat(Evidence.entropy(0.11)).isEqualTo(0.49992, within(1e-4));
        assertThat(Evidence.entropy(0)).isZero();
        assertThat(Evidence.entropy(1)).isZero();
    }
}
