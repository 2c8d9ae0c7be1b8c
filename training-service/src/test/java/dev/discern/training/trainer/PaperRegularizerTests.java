package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperRegularizerTests {

    @TempDir
    private Path folder;

    /** The judge is right here, and the gate closes all the same. */
    @Test
    void itsGateCollapsesEvenForAJudgeWhoKnows() {
        TrainedModel trained =
                TestRun.of(RegularizerKind.PAPER, parameters(40, 0.3f)).fit(folder.resolve("paper"));

        assertThat(trained.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .matches(
                                "the paper's gate has collapsed: mean alpha 0\\.0[0-4]\\d\\d in the last epoch, so the judge"
                                        + " teaches nothing"));
    }

    @Test
    void anOpenGateIsNoReasonToWarn() {
        assertThat(TestRun.of(RegularizerKind.PAPER, parameters(2, 0))
                        .fit(folder.resolve("open"))
                        .warnings())
                .isEmpty();
    }

    private static BprMfParameters parameters(int epochs, float gateRate) {
        return new BprMfParameters(8, epochs, epochs, 2, 0.1f, 0.02f, 1, 1, gateRate, 3);
    }
}
