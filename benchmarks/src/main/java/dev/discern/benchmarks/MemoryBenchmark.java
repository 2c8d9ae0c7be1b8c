package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.trainer.BprMfFitting;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One epoch of BPR-MF on data as large as it is meant for, with its best epoch kept and its checkpoint written: what it holds
 * against {@link BprMfMemory}, and the most that the heap had against its limit.
 */
@Command(
        name = "memory",
        description = {
            "Trains one epoch of BPR-MF on large synthetic data: what it holds in memory",
            "against what the formula says, and the heap's limit against its peak, in MB."
        },
        footer = {"", "Example:", "  discern bench memory --users 200000 --items 100000 --interactions 2000000"})
final class MemoryBenchmark extends Benchmark {

    private static final int MIN_PER_USER = 3;
    private static final double MEGABYTE = 1 << 20;
    private static final Seeds SEEDS = new Seeds(1);
    private static final BprMfParameters DEFAULTS = BprMfParameters.defaults(RegularizerKind.OFF);

    @Option(names = "--users", defaultValue = "2000000", description = "users (default: ${DEFAULT-VALUE})")
    private int users;

    @Option(names = "--items", defaultValue = "1000000", description = "items (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(
            names = "--interactions",
            defaultValue = "20000000",
            description = "interactions (default: ${DEFAULT-VALUE})")
    private int interactions;

    /** {@inheritDoc} One epoch, whatever {@code turns} says: memory does not change from one to the next. */
    @Override
    List<Measurement> measure(Turns turns) {
        if (users < 1 || interactions / users < MIN_PER_USER || items < 2 * Math.ceilDiv(interactions, users)) {
            throw badUsage(
                    "--interactions must be at least %d for each of --users, and --items twice as many as a user has"
                            .formatted(MIN_PER_USER));
        }
        long before = held();
        InteractionMatrix histories = histories();
        TrainingData data = TrainingData.of(histories);
        BprMfParameters parameters =
                new BprMfParameters(DEFAULTS.dim(), 1, 1, 1, DEFAULTS.learningRate(), DEFAULTS.decay(), 0, 1, 0, 1);
        BprMfFitting fitting = new BprMfFitting(data, parameters, 1, SEEDS, Guidance.none(), Kernels.best());
        AtomicLong held = new AtomicLong();
        fit(new Trainer(fitting, parameters), held, before);
        double model = new BprMfMemory(users, items, histories.columns().length, parameters.dim()).bytes() / MEGABYTE;
        double measured = held.get() / MEGABYTE;
        double limit = Runtime.getRuntime().maxMemory() / MEGABYTE;
        double peak = peak() / MEGABYTE;
        return List.of(
                new Measurement("bpr-mf formula / held", "MB", new Turns.Medians(model, measured)),
                new Measurement("heap limit / peak", "MB", new Turns.Medians(limit, peak)));
    }

    private static void fit(Trainer trainer, AtomicLong held, long before) {
        try {
            Path folder = Files.createTempDirectory("discern-memory");
            Path checkpoint = folder.resolve("checkpoint");
            try {
                trainer.fit(
                        checkpoint,
                        "memory",
                        model -> {
                            held.set(held() - before); // live and best parameters are both there now
                            return 1;
                        },
                        epoch -> {},
                        () -> false);
            } finally {
                Files.deleteIfExists(checkpoint);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the heap that are reachable. */
    static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The most bytes that the heap's pools ever had, garbage included. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Histories without repeats, equally long but for the last, items by a power law. */
    private InteractionMatrix histories() {
        SplittableRandom random = SEEDS.random("histories");
        int[] rowStart = new int[users + 1];
        for (int user = 0; user <= users; user++) {
            rowStart[user] = (int) ((long) user * interactions / users);
        }
        int[] columns = new int[interactions];
        for (int user = 0; user < users; user++) {
            int from = rowStart[user];
            for (int next = from; next < rowStart[user + 1]; ) {
                double x = random.nextDouble();
                int item = (int) (items * x * x * x);
                if (Arrays.stream(columns, from, next).noneMatch(own -> own == item)) {
                    columns[next++] = item;
                }
            }
        }
        return new InteractionMatrix(items, rowStart, columns);
    }
}
