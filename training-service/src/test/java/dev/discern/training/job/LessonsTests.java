package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.Fitting;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LessonsTests {

    private static final int WARM_UP = 5;
    private static final BprMfParameters PARAMETERS =
            new BprMfParameters(4, 10, 10, WARM_UP, 1, 0.01f, 0.3f, 1, 0.01f, 20);

    private final PlantedData planted = PlantedData.small();

    /** A job that was killed before its gate was written warms up again. */
    @ParameterizedTest
    @EnumSource(UncertaintyKind.class)
    void aGateThatIsFittedAgainIsTheSame(UncertaintyKind uncertainty) throws IOException {
        Calibration first = lessons(uncertainty, 1).calibrate(this::warmUp);
        Calibration again = lessons(uncertainty, 1).calibrate(this::warmUp);

        assertThat(again.report()).isEqualTo(first.report());
        assertThat(again.targets()).isEqualTo(first.targets());
        assertThat(first.report().uncertainty()).isEqualTo(uncertainty.label());
        assertThat(lessons(uncertainty, 2).calibrate(this::warmUp).targets()).isNotEqualTo(first.targets());
    }

    @Test
    void onlyAnEnsembleWarmsUpASecondModel() throws IOException {
        assertThat(warmUps(UncertaintyKind.CANDIDATES))
                .isEqualTo(Stream.of(1, 2, 3, 4, 5).map(epoch -> "1: " + epoch).toList());
        assertThat(warmUps(UncertaintyKind.ENSEMBLE))
                .hasSize(2 * WARM_UP)
                .startsWith("1: 1", "1: 2")
                .endsWith("2: 4", "2: 5");
    }

    private DotProductModel warmUp(int number, Fitting fitting) {
        return new Trainer(fitting, PARAMETERS).warmUp(WARM_UP, epoch -> {});
    }

    private List<String> warmUps(UncertaintyKind uncertainty) throws IOException {
        List<String> epochs = new ArrayList<>();
        lessons(uncertainty, 1)
                .calibrate((number, fitting) -> new Trainer(fitting, PARAMETERS)
                        .warmUp(WARM_UP, epoch -> epochs.add("%d: %d".formatted(number, epoch.epoch()))));
        return epochs;
    }

    private Lessons lessons(UncertaintyKind uncertainty, long seed) {
        return new Lessons(
                new TrainingPlan(
                        BackboneKind.BPR_MF,
                        RegularizerKind.GATED,
                        seed,
                        1L,
                        1,
                        null,
                        uncertainty,
                        PARAMETERS,
                        "planted"),
                planted.data(),
                null,
                planted.judgments(6),
                null);
    }
}
