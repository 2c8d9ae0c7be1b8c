package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.RegularizerKind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * BPR-MF epochs with the best kernels against the same trainer with the scalar ones and against {@link PlainBprMf}; a step of the
 * regularizer against one of the base loss; two threads against one, and two runs at once against one, which is as much as the
 * machine can give. A batch of the history model, loss and gradient, on two threads against one, and against one large matrix
 * product, which is as fast as it can get.
 */
@Command(
        name = "train",
        description = {
            "BPR-MF, 64 dimensions: vector kernels against scalar ones and against a plain",
            "scalar trainer; a regularizer's step against a step of the base loss; two threads",
            "against one. A batch of the history model: two threads against one, and against a",
            "large matrix product."
        },
        footer = {"", "Example:", "  discern bench train --json"})
final class TrainBenchmark extends Benchmark {

    private static final int INTERACTIONS_PER_USER = 9;
    private static final int PAIRS_PER_USER = 4;
    private static final int SMALL_BATCH = 48;
    private static final double ROUNDING = 1e-3;

    /** Of losses after other samples. */
    private static final double SAMPLING = 0.1;

    private static final Seeds SEEDS = new Seeds(1);
    private static final BprMfParameters PARAMETERS = BprMfParameters.defaults(RegularizerKind.GATED);
    private static final HistoryParameters HISTORY = HistoryParameters.defaults(RegularizerKind.OFF);
    private static final String HISTORY_NAME = "history-d%d".formatted(HISTORY.dim() + HISTORY.contentDim());
    private static final String NAME = "bpr-mf-d%d".formatted(PARAMETERS.dim());

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
        // Those with scalar kernels last: until then the JVM knows one kind of kernels, as in the service.
        return List.of(
                plain(data, turns),
                regularizer(data, turns),
                threads(data, turns),
                twoRuns(data, turns),
                historyThreads(data, turns),
                kernels(data, turns),
                history(data, turns));
    }

    private static BprMfRun run(TrainingData data, int threads, Guidance guidance, VectorKernels kernels) {
        return new BprMfRun(data, PARAMETERS, threads, guidance, kernels);
    }

    private static BprMfRun run(TrainingData data, int threads) {
        return run(data, threads, Guidance.none(), Kernels.best());
    }

    private static Measurement kernels(TrainingData data, Turns turns) {
        BprMfRun best = run(data, 1);
        BprMfRun scalar = run(data, 1, Guidance.none(), Kernels.scalar());
        Turns.Medians medians = turns.run(best::epoch, scalar::epoch);
        requireAlike(BprMfRun.loss(best.model(), data), BprMfRun.loss(scalar.model(), data), ROUNDING);
        return new Measurement(
                "%s %s / scalar kernels".formatted(NAME, Kernels.best().name()), "samples/s", medians);
    }

    private static Measurement plain(TrainingData data, Turns turns) {
        BprMfRun best = run(data, 1);
        PlainBprMf plain = new PlainBprMf(data, PARAMETERS);
        Turns.Medians medians = turns.run(best::epoch, plain::epoch);
        requireAlike(BprMfRun.loss(best.model(), data), BprMfRun.loss(plain.model(), data), SAMPLING);
        return new Measurement("%s %s / plain".formatted(NAME, Kernels.best().name()), "samples/s", medians);
    }

    /** A guided epoch has a step of the regularizer beside each base step: what it takes longer are the regularizer's. */
    private static Measurement regularizer(TrainingData data, Turns turns) {
        BprMfRun guided = run(data, 1, guidance(data), Kernels.best());
        BprMfRun base = run(data, 1);
        Turns.Medians both = turns.run(guided::epoch, base::epoch);
        double steps = 1 / (1 / both.contender() - 1 / both.reference());
        return new Measurement(NAME + " regularizer / base", "steps/s", new Turns.Medians(steps, both.reference()));
    }

    private static Guidance guidance(TrainingData data) {
        SplittableRandom random = SEEDS.random("pairs");
        int size = PAIRS_PER_USER * data.users();
        int[] user = new int[size];
        int[] preferred = new int[size];
        int[] other = new int[size];
        float[] target = new float[size];
        for (int n = 0; n < size; n++) {
            user[n] = n / PAIRS_PER_USER;
            preferred[n] = random.nextInt(data.items());
            other[n] = random.nextInt(data.items());
            target[n] = (float) random.nextDouble();
        }
        JudgedPairs pairs = new JudgedPairs(user, preferred, other, new float[size], new float[size]);
        return Guidance.calibrated(pairs, target, PARAMETERS);
    }

    private static Measurement threads(TrainingData data, Turns turns) {
        BprMfRun two = run(data, 2);
        BprMfRun one = run(data, 1);
        Turns.Medians medians = turns.run(two::epoch, one::epoch);
        requireAlike(BprMfRun.loss(two.model(), data), BprMfRun.loss(one.model(), data), SAMPLING);
        return new Measurement(NAME + " 2 threads / 1", "samples/s", medians);
    }

    /** Two runs that share nothing: what a second core can add at most. */
    private static Measurement twoRuns(TrainingData data, Turns turns) {
        BprMfRun first = run(data, 1);
        BprMfRun second = run(data, 1);
        BprMfRun alone = run(data, 1);
        Turns.Medians medians = turns.run(
                () -> {
                    CompletableFuture<Double> beside = CompletableFuture.supplyAsync(second::epoch);
                    return first.epoch() + beside.join();
                },
                alone::epoch);
        return new Measurement(NAME + " 2 runs at once / 1", "samples/s", medians);
    }

    private static HistoryWork historyWork(TrainingData data, VectorKernels kernels) {
        return new HistoryWork(data, HISTORY.batch(), HISTORY.negatives(), kernels);
    }

    private static Measurement historyThreads(TrainingData data, Turns turns) {
        HistoryWork two = historyWork(data, Kernels.best().on(2));
        HistoryWork one = historyWork(data, Kernels.best());
        Turns.Medians medians = turns.run(two::gigaflops, one::gigaflops);
        requireAlike(two.loss(), one.loss(), 0);
        return new Measurement(HISTORY_NAME + " batch 2 threads / 1", "GFLOP/s", medians);
    }

    private static Measurement history(TrainingData data, Turns turns) {
        requireAlike(
                new HistoryWork(data, SMALL_BATCH, SMALL_BATCH, Kernels.best()).loss(),
                new HistoryWork(data, SMALL_BATCH, SMALL_BATCH, Kernels.scalar()).loss(),
                ROUNDING);
        HistoryWork work = historyWork(data, Kernels.best());
        MatrixProduct product = new MatrixProduct(HISTORY.batch(), Kernels.best());
        Turns.Medians medians = turns.run(work::gigaflops, product::gigaflops);
        return new Measurement(
                "%s batch %s / product".formatted(HISTORY_NAME, Kernels.best().name()), "GFLOP/s", medians);
    }

    /** The models went the same way when they lose alike after as many epochs. */
    static void requireAlike(double loss, double reference, double tolerance) {
        if (!(Math.abs(loss - reference) <= tolerance * reference)) {
            throw new IllegalStateException(
                    "different models are trained: loss %.5f, of the reference %.5f".formatted(loss, reference));
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
}
