package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.testing.PlantedData;
import org.junit.jupiter.api.Test;

class GuidanceTests {

    private final PlantedData planted = PlantedData.small();

    @Test
    void nothingToLearnFromIsToldAtOnce() {
        String message = "the scoring run has no judgments to learn from";
        BprMfParameters parameters = BprMfParameters.defaults(RegularizerKind.GATED);
        assertThatThrownBy(() -> Guidance.global(PlantedData.NO_PAIRS, parameters))
                .hasMessage(message);
        assertThatThrownBy(() -> Guidance.pointwise(new SoftScores(new int[0], new int[0], new float[0]), parameters))
                .hasMessage(message);
        assertThatThrownBy(() -> Guidance.paper(PlantedData.NO_PAIRS, planted.data(), parameters))
                .hasMessage(message);
        assertThatThrownBy(() -> Guidance.calibrated(PlantedData.NO_PAIRS, new float[0], parameters))
                .hasMessage(message);
    }

    @Test
    void thePaperKeepsEachUsersWidestMargins() {
        JudgedPairs pairs = new JudgedPairs(
                new int[] {0, 0, 0, 2, 2},
                new int[] {10, 11, 12, 13, 14},
                new int[5],
                new float[] {1, 3, 2, 0.5f, 0.1f},
                new float[5]);
        BprMfParameters two = new BprMfParameters(8, 1, 1, 1, 0.1f, 0, 1, 1, 0.1f, 2);

        Regularizer paper =
                Guidance.paper(pairs, planted.data(), two).regularizer().orElseThrow();

        assertThat(paper.examples()).isEqualTo(4);
        assertThat(new int[] {paper.user(0), paper.user(1), paper.user(2), paper.user(3)})
                .containsExactly(0, 0, 2, 2);
    }
}
