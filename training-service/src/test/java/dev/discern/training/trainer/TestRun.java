package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.gate.CalibratedGate;
import dev.discern.training.gate.Uncertainty;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.testing.PlantedData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** A run on planted data, with a fresh trainer and regularizer at each fit as after a restart. */
final class TestRun {

    static final String FINGERPRINT = "planted";

    /** So that an epoch of the small data has four parts, whose losses are not counted from the beginning of a part. */
    private static final int PART = 160;

    private final TrainingData data;
    private final Judgments judgments;
    private final RegularizerKind kind;
    private final BprMfParameters parameters;
    private long seed = 1;
    private int threads = 1;
    private Duration interval = Duration.ZERO;
    private BooleanSupplier stop = () -> false;
    private int stopAfter = Integer.MAX_VALUE;
    private String fingerprint = FINGERPRINT;
    private VectorKernels kernels = Kernels.best();
    private Consumer<EpochReport> listener = epoch -> {};

    private TestRun(PlantedData planted, RegularizerKind kind, BprMfParameters parameters) {
        this.data = planted.data();
        this.judgments = planted.judgments(6);
        this.kind = kind;
        this.parameters = parameters;
    }

    static TestRun of(RegularizerKind kind, BprMfParameters parameters) {
        return of(PlantedData.small(), kind, parameters);
    }

    static TestRun of(PlantedData planted, RegularizerKind kind, BprMfParameters parameters) {
        return new TestRun(planted, kind, parameters);
    }

    TestRun seed(long other) {
        seed = other;
        return this;
    }

    TestRun threads(int count) {
        threads = count;
        return this;
    }

    /** Asks to stop after the epoch of this number. */
    TestRun stopAfter(int epoch) {
        stopAfter = epoch;
        return this;
    }

    /** Asked at each place whether to stop there. */
    TestRun stop(BooleanSupplier other) {
        stop = other;
        return this;
    }

    /** Of checkpoints within an epoch. */
    TestRun interval(Duration other) {
        interval = other;
        return this;
    }

    TestRun fingerprint(String other) {
        fingerprint = other;
        return this;
    }

    TestRun kernels(VectorKernels other) {
        kernels = other;
        return this;
    }

    TestRun listener(Consumer<EpochReport> other) {
        listener = other;
        return this;
    }

    TrainedModel fit(Path checkpoint) {
        return fit(checkpoint, model -> Evaluator.validationNdcg(model, data.split()));
    }

    TrainedModel fit(Path checkpoint, ToDoubleFunction<DotProductModel> validation) {
        AtomicInteger epoch = new AtomicInteger();
        return trainer()
                .fit(
                        checkpoint,
                        fingerprint,
                        validation,
                        report -> {
                            epoch.set(report.epoch());
                            listener.accept(report);
                        },
                        () -> epoch.get() >= stopAfter || stop.getAsBoolean());
    }

    Trainer trainer() {
        return new Trainer(
                new BprMfFitting(data, parameters, threads, new Seeds(seed), guidance(), kernels, PART),
                parameters,
                interval);
    }

    private Guidance guidance() {
        return PlantedGuidance.of(kind, PlantedData.small(), data, judgments, parameters, this::gate);
    }

    private CalibratedGate gate() {
        Seeds seeds = new Seeds(seed);
        DotProductModel warmedUp = new Trainer(
                        new BprMfFitting(data, parameters, 1, seeds, Guidance.none(), Kernels.scalar()), parameters)
                .warmUp(parameters.warmUpEpochs(), epoch -> {});
        return CalibratedGate.fit(
                judgments.audits(),
                data,
                warmedUp,
                Uncertainty.of(UncertaintyKind.SCORE_ENTROPY, warmedUp, null, data, seeds),
                seeds);
    }

    static void assertEqual(TrainedModel found, TrainedModel expected) {
        assertThat(found.model().users()).isEqualTo(expected.model().users());
        assertThat(found.model().items()).isEqualTo(expected.model().items());
        assertThat(found.model().itemBias()).isEqualTo(expected.model().itemBias());
        assertThat(found.epochs()).isEqualTo(expected.epochs());
        assertThat(found.bestEpoch()).isEqualTo(expected.bestEpoch());
        assertThat(found.validation()).isEqualTo(expected.validation());
        assertThat(found.warnings()).isEqualTo(expected.warnings());
    }

    /** How often the model prefers an item of the user's taste to its neighbour of the other. */
    static double tasteAccuracy(PlantedData planted, DotProductModel model) {
        int right = 0;
        for (int user = 0; user < planted.users(); user++) {
            for (int item = 0; item < planted.items(); item += 2) {
                float difference = model.difference(user, item, item + 1, Kernels.scalar());
                right += difference > 0 == planted.likes(user, item) ? 1 : 0;
            }
        }
        return 2.0 * right / (planted.users() * planted.items());
    }
}
