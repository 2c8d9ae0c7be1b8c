package dev.discern.training.trainer;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.BprMf;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.CounterRandom;
import dev.discern.training.dataset.SeenItems;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.BprLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * BPR-MF in training, by stochastic gradient: for each sample an interaction drawn uniformly and an item drawn uniformly from those
 * the user has not, and beside it one step of the regularizer. With one thread a run is the same to the bit for the same seed; with
 * more, threads own their users and share the items without locks (Niu et al., Hogwild!, 2011).
 */
public final class BprMfFitting implements Fitting {

    private static final int MAX_TRIES = 100;
    private static final int LOSS_EVERY = 64;

    /** Samples of a thread in one part: a fraction of a second, beside which it does not count that threads wait for each other. */
    private static final int PART = 1 << 20;

    private final TrainingData data;
    private final Seeds seeds;
    private final Guidance guidance;
    private final @Nullable Regularizer regularizer;
    private final List<Shard> shards;
    private final int part;
    private final GradientSteps steps;
    private final BprLoss loss = new BprLoss();

    /**
     * Fits a fresh model.
     *
     * @param threads 1 for repeatable results
     * @param seeds of initial values and samples
     */
    public BprMfFitting(
            TrainingData data,
            BprMfParameters parameters,
            int threads,
            Seeds seeds,
            Guidance guidance,
            VectorKernels kernels) {
        this(data, parameters, threads, seeds, guidance, kernels, PART);
    }

    /**
     * The same in parts of another size.
     *
     * @param part samples of a thread in one part, a multiple of {@value Samples#BLOCK}
     */
    BprMfFitting(
            TrainingData data,
            BprMfParameters parameters,
            int threads,
            Seeds seeds,
            Guidance guidance,
            VectorKernels kernels,
            int part) {
        if (data.interactions() == 0) {
            throw new IllegalArgumentException("there are no interactions to train on");
        }
        this.data = data;
        this.seeds = seeds;
        this.guidance = guidance;
        this.regularizer = guidance.regularizer().orElse(null);
        this.shards = Shard.split(data, regularizer, threads);
        this.part = part;
        BprMf model = BprMf.random(data.users(), data.items(), parameters.dim(), seeds);
        this.steps = new GradientSteps(model, kernels, parameters.learningRate(), parameters.decay());
    }

    /** One pass: as many samples as there are interactions. */
    @Override
    public Epoch epoch(int number, Place from) {
        List<Run> runs = new ArrayList<>();
        for (int thread = 0; thread < shards.size(); thread++) {
            runs.add(
                    from.isStart()
                            ? new Run(shards.get(thread), new CounterRandom(seeds.of("epoch-" + number, thread)), 0)
                            : new Run(
                                    shards.get(thread),
                                    new CounterRandom(from.streams().get(thread)),
                                    from.losses().get(thread)));
        }
        return new BprMfEpoch(runs, from.parts());
    }

    /** An epoch of all shards, each on a thread of its own during a part. */
    private static final class BprMfEpoch implements Epoch {

        private final List<Run> runs;
        private int done;

        BprMfEpoch(List<Run> runs, int done) {
            this.runs = runs;
            this.done = done;
        }

        @Override
        public boolean isDone() {
            return runs.stream().allMatch(run -> run.end(done) == run.shard.interactions());
        }

        @Override
        public void advance() {
            if (runs.size() == 1) {
                runs.get(0).part(done);
            } else {
                together();
            }
            done++;
        }

        private void together() {
            try (ExecutorService executor = Executors.newFixedThreadPool(runs.size())) {
                List<Future<?>> running = new ArrayList<>();
                for (Run run : runs) {
                    running.add(executor.submit(() -> run.part(done)));
                }
                for (Future<?> shard : running) {
                    shard.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("training was interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a training thread failed", e.getCause());
            }
        }

        @Override
        public Place place() {
            return new Place(
                    done,
                    runs.stream().map(run -> run.lossSum).toList(),
                    runs.stream().map(run -> run.random.state()).toList());
        }

        @Override
        public Pass pass() {
            double sum = 0;
            long count = 0;
            int samples = 0;
            for (Run run : runs) {
                int end = run.end(done);
                sum += run.lossSum;
                count += Math.ceilDiv(end, LOSS_EVERY);
                samples += end;
            }
            return new Pass(sum / count, samples);
        }
    }

    @Override
    public DotProductModel model() {
        return steps.model().tables();
    }

    @Override
    public List<float[]> parameters() {
        BprMf model = steps.model();
        return List.of(model.userTable(), model.itemTable(), model.itemBias());
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table("user", "user vectors", RowsOf.USERS, data.users()),
                new Table("item", "item vectors", RowsOf.ITEMS, data.items()),
                new Table("item_bias", "item biases", RowsOf.ITEMS, data.items()));
    }

    @Override
    public List<float[]> optimizerState() {
        return List.of(steps.userSteps().accumulator(), steps.itemSteps().accumulator());
    }

    @Override
    public Guidance guidance() {
        return guidance;
    }

    /** One shard's way through an epoch. */
    private final class Run {

        private final Shard shard;
        private final CounterRandom random;
        private final @Nullable Regularizer beside;
        private final Samples samples = new Samples();
        private double lossSum; // of every LOSS_EVERY-th sample

        Run(Shard shard, CounterRandom random, double lossSum) {
            this.shard = shard;
            this.random = random;
            this.beside = shard.hasExamples() ? regularizer : null;
            this.lossSum = lossSum;
        }

        /** How many samples so many parts have. */
        int end(int parts) {
            return (int) Math.min((long) parts * part, shard.interactions());
        }

        /** Trains the part after {@code done} parts. */
        void part(int done) {
            int end = end(done + 1);
            double sum = lossSum;
            for (int first = end(done); first < end; first += Samples.BLOCK) {
                samples.draw(shard, random, Math.min(Samples.BLOCK, end - first));
                if (beside != null) {
                    samples.drawExamples(shard, random, beside);
                }
                for (int k = 0; k < samples.count; k++) {
                    float difference = steps.difference(samples.user[k], samples.positive[k], samples.negative[k]);
                    steps.base(
                            samples.user[k],
                            samples.positive[k],
                            samples.negative[k],
                            loss.ascent(samples.at[k], difference));
                    if ((first + k) % LOSS_EVERY == 0) {
                        sum += loss.loss(samples.at[k], difference);
                    }
                    if (beside != null) {
                        beside.step(steps, samples.example[k]);
                    }
                }
            }
            lossSum = sum;
        }
    }

    /**
     * The next samples of a thread. Drawn a block at a time, and their rows read, before any of them is used: so the waits for memory of a
     * block overlap.
     */
    private final class Samples {

        static final int BLOCK = 32;

        private final int[] at = new int[BLOCK];
        private final int[] user = new int[BLOCK];
        private final int[] positive = new int[BLOCK];
        private final int[] negative = new int[BLOCK];
        private final int[] example = new int[BLOCK]; // of the regularizer
        private int count;

        @SuppressWarnings("UnusedVariable") // written, so that the compiler keeps the reads that it sums
        private float read;

        void draw(Shard shard, CounterRandom random, int count) {
            int[] columns = data.split().train().columns();
            int[] userOf = data.userOf();
            int items = data.items();
            this.count = count;
            for (int k = 0; k < count; k++) {
                int index = shard.from() + random.below(shard.interactions());
                at[k] = index;
                user[k] = userOf[index];
                positive[k] = columns[index];
                negative[k] = random.below(items);
            }
            SeenItems seen = data.seen();
            long suspects = 0; // bit k for sample k; nearly always few, so that no branch is taken for each sample
            for (int k = 0; k < count; k++) {
                suspects |= seen.mayContain(user[k], negative[k]) << k;
            }
            for (; suspects != 0; suspects &= suspects - 1) {
                int k = Long.numberOfTrailingZeros(suspects);
                for (int tries = 0; seen.contains(user[k], negative[k]) && tries < MAX_TRIES; tries++) {
                    negative[k] = random.below(items);
                }
            }
            for (int k = 0; k < count; k++) {
                read += steps.fetch(user[k], positive[k], negative[k]);
            }
        }

        /** An example of the regularizer for each sample. */
        void drawExamples(Shard shard, CounterRandom random, Regularizer regularizer) {
            int examples = shard.exampleTo() - shard.exampleFrom();
            for (int k = 0; k < count; k++) {
                example[k] = shard.exampleFrom() + random.below(examples);
            }
            for (int k = 0; k < count; k++) {
                read += steps.fetch(
                        regularizer.user(example[k]), regularizer.item(example[k]), regularizer.other(example[k]));
            }
        }
    }
}
