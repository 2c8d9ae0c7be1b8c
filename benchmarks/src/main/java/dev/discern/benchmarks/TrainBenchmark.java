package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.trainer.BprMfFitting;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.EpochReport;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.Trainer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * BPR-MF epochs with the best kernels against the scalar ones: the same trainer, samples and start. A batch of the history model,
 * loss and gradient, against one large matrix product, which is as fast as it can get.
 */
@Command(
        name = "train",
        description = {
            "On one thread: BPR-MF, 64 dimensions, vector kernels against scalar ones;",
            "a batch of the history model against a large matrix product."
        },
        footer = {"", "Example:", "  discern bench train --json"})
final class TrainBenchmark extends Benchmark {

    private static final int INTERACTIONS_PER_USER = 9;
    private static final int SMALL_BATCH = 48;
    private static final double LOSS_TOLERANCE = 1e-3;
    private static final Seeds SEEDS = new Seeds(1);
    private static final BprMfParameters PARAMETERS = BprMfParameters.defaults(RegularizerKind.OFF);

    @Option(names = "--users", defaultValue = "22000", description = "users (default: ${DEFAULT-VALUE})")
    private int users;

    @Option(names = "--items", defaultValue = "12000", description = "items (default: ${DEFAULT-VALUE})")
    private int items;

    @Override
    List<Measurement> measure(Turns turns) {
        if (users < 1 || items <= INTERACTIONS_PER_USER) {
            throw badUsage("--users must be at least 1 and --items more than " + INTERACTIONS_PER_USER);
        }
        TrainingData data = TrainingData.of(histories());
        Contestant best = new Contestant(data, Kernels.best());
        Contestant scalar = new Contestant(data, Kernels.scalar());
        Turns.Medians medians = turns.run(best::epoch, scalar::epoch);
        requireAlike(best.loss(), scalar.loss());
        String name = "bpr-mf-d%d %s".formatted(PARAMETERS.dim(), Kernels.best().name());
        return List.of(new Measurement(name, "samples/s", medians), history(data, turns));
    }

    private static Measurement history(TrainingData data, Turns turns) {
        requireAlike(
                new HistoryWork(data, SMALL_BATCH, SMALL_BATCH, Kernels.best()).loss(),
                new HistoryWork(data, SMALL_BATCH, SMALL_BATCH, Kernels.scalar()).loss());
        HistoryParameters parameters = HistoryParameters.defaults(RegularizerKind.OFF);
        HistoryWork work = new HistoryWork(data, parameters.batch(), parameters.negatives(), Kernels.best());
        MatrixProduct product = new MatrixProduct(parameters.batch(), Kernels.best());
        Turns.Medians medians = turns.run(work::gigaflops, product::gigaflops);
        String name = "history-d%d batch %s"
                .formatted(
                        parameters.dim() + parameters.contentDim(),
                        Kernels.best().name());
        return new Measurement(name, "GFLOP/s", medians);
    }

    /** The models went the same way when they lose alike after as many epochs, up to what rounding does on the way. */
    static void requireAlike(double loss, double reference) {
        if (!(Math.abs(loss - reference) <= LOSS_TOLERANCE * reference)) {
            throw new IllegalStateException("the kernels train different models: loss %.5f, with scalar kernels %.5f"
                    .formatted(loss, reference));
        }
    }

    /** Histories without repeats, items by a power law. */
    private InteractionMatrix histories() {
        SplittableRandom random = SEEDS.random("histories");
        int[] rowStart = IntStream.rangeClosed(0, users)
                .map(user -> user * INTERACTIONS_PER_USER)
                .toArray();
        int[] columns = IntStream.range(0, users)
                .flatMap(user -> random.doubles()
                        .mapToInt(x -> (int) (items * x * x * x))
                        .distinct()
                        .limit(INTERACTIONS_PER_USER))
                .toArray();
        return new InteractionMatrix(items, rowStart, columns);
    }

    /** A model in training. */
    private static final class Contestant {

        private final Trainer trainer;
        private double loss;

        Contestant(TrainingData data, VectorKernels kernels) {
            trainer = new Trainer(new BprMfFitting(data, PARAMETERS, 1, SEEDS, Guidance.none(), kernels), PARAMETERS);
        }

        /** Trains one epoch more; returns samples a second. */
        double epoch() {
            AtomicReference<EpochReport> last = new AtomicReference<>();
            trainer.warmUp(1, last::set);
            EpochReport report = last.get();
            loss = report.loss();
            return report.samplesPerSecond();
        }

        double loss() {
            return loss;
        }
    }
}
