package dev.discern.training.trainer;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.lightgcn.InteractionGraph;
import dev.discern.training.backbone.lightgcn.LightGcn;
import dev.discern.training.dataset.CounterRandom;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.optimizer.RowAdam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LightGCN in training: each epoch all training interactions in random order, each beside an item drawn uniformly from those the
 * user has not. On one thread, so a run is the same to the bit for the same seed.
 */
public final class LightGcnFitting implements Fitting {

    private static final float EPSILON = 1e-8f;
    private static final int MAX_TRIES = 100;

    private final TrainingData data;
    private final Seeds seeds;
    private final Guidance guidance;
    private final @Nullable Regularizer regularizer;
    private final float learningRate;
    private final VectorKernels kernels;
    private final LightGcn model;
    private final LightGcnBatch batch;
    private final RowAdam adam;
    private final int[] order; // (training interactions) shuffled
    private final int rows;
    private final int[] user; // (rows)
    private final int[] positive; // (rows)
    private final int[] negative; // (rows)
    private final int[] examples; // (judged)

    /**
     * Fits a fresh model.
     *
     * @param seeds of initial values and samples
     */
    public LightGcnFitting(
            TrainingData data, LightGcnParameters parameters, Seeds seeds, Guidance guidance, VectorKernels kernels) {
        if (data.interactions() == 0) {
            throw new IllegalArgumentException("there are no interactions to train on");
        }
        this.data = data;
        this.seeds = seeds;
        this.guidance = guidance;
        this.regularizer = guidance.regularizer().orElse(null);
        this.learningRate = parameters.learningRate();
        this.kernels = kernels;
        this.model = LightGcn.random(
                InteractionGraph.of(data.split().train()), parameters.dim(), parameters.layers(), seeds);
        this.batch = new LightGcnBatch(model, parameters.decay(), kernels);
        this.adam = new RowAdam(model.embeddings(), EPSILON, kernels);
        this.order = new int[data.interactions()];
        this.rows = Math.min(parameters.batch(), order.length);
        this.user = new int[rows];
        this.positive = new int[rows];
        this.negative = new int[rows];
        this.examples = new int[parameters.judged() == 0 ? rows : parameters.judged()];
    }

    @Override
    public Epoch epoch(int number, Place from) {
        return new LightGcnEpoch(number, from);
    }

    /** An epoch whose parts are its batches. */
    private final class LightGcnEpoch implements Epoch {

        private final int number;
        private final CounterRandom random;
        private final CounterRandom judgedRandom;
        private final int batches = Math.ceilDiv(order.length, rows);
        private int done;
        private double loss;

        LightGcnEpoch(int number, Place from) {
            this.number = number;
            CounterRandom begun = new CounterRandom(seeds.of("epoch", number));
            shuffle(begun);
            boolean fresh = from.isStart();
            this.random = fresh ? begun : new CounterRandom(from.streams().get(0));
            this.judgedRandom = new CounterRandom(
                    fresh ? seeds.of("judged", number) : from.streams().get(1));
            this.loss = fresh ? 0 : from.losses().get(0);
            this.done = from.parts();
        }

        @Override
        public boolean isDone() {
            return done == batches;
        }

        @Override
        public void advance() {
            int size = draw(done * rows, random);
            batch.forward();
            loss += batch.pairs(user, positive, negative, size);
            if (regularizer != null) {
                for (int n = 0; n < examples.length; n++) {
                    examples[n] = judgedRandom.below(regularizer.examples());
                }
                batch.judged(regularizer, examples);
            }
            done++;
            adam.step(
                    batch.backward(user, positive, negative, size), learningRate, (long) (number - 1) * batches + done);
        }

        @Override
        public Place place() {
            return new Place(done, List.of(loss), List.of(random.state(), judgedRandom.state()));
        }

        @Override
        public Pass pass() {
            int samples = (int) Math.min((long) done * rows, order.length);
            return new Pass(loss / samples, samples);
        }
    }

    private void shuffle(CounterRandom random) {
        for (int k = 0; k < order.length; k++) {
            order[k] = k;
        }
        for (int k = order.length - 1; k > 0; k--) {
            int other = random.below(k + 1);
            int swapped = order[k];
            order[k] = order[other];
            order[other] = swapped;
        }
    }

    /** Takes the interactions from {@code from} on, as many as a batch has or are left; returns how many. */
    private int draw(int from, CounterRandom random) {
        int size = Math.min(rows, order.length - from);
        for (int n = 0; n < size; n++) {
            int at = order[from + n];
            user[n] = data.userOf()[at];
            positive[n] = data.split().train().columns()[at];
            negative[n] = random.below(data.items());
            for (int tries = 0; data.seen().contains(user[n], negative[n]) && tries < MAX_TRIES; tries++) {
                negative[n] = random.below(data.items());
            }
        }
        return size;
    }

    @Override
    public DotProductModel model() {
        return model.vectors(kernels);
    }

    @Override
    public List<float[]> parameters() {
        return List.of(model.embeddings());
    }

    /** Users' rows, and after them items'. */
    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "embeddings", "embeddings of users and items", RowsOf.USERS_AND_ITEMS, data.users() + data.items()));
    }

    @Override
    public List<float[]> optimizerState() {
        return adam.state();
    }

    @Override
    public Guidance guidance() {
        return guidance;
    }
}
