package dev.discern.training.trainer;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.HistoryGradients;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.HistoryVectors;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.CounterRandom;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.optimizer.RowAdam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The history model in training: what a user had before each training item is to find that item among the batch's. A run is the
 * same to the bit for the same seed, on however many threads its kernels work.
 */
public final class HistoryFitting implements Fitting {

    private static final float EPSILON = 1e-4f;
    private static final double FINAL_RATE = 0.05;

    private final TrainingData data;
    private final HistoryParameters parameters;
    private final Seeds seeds;
    private final Guidance guidance;
    private final VectorKernels kernels;
    private final HistoryModel model;
    private final int[] example; // places in the training interactions that have one of the same user before them
    private final int[] order; // the same, shuffled
    private final int rows;
    private final HistoryBatch batch;
    private final @Nullable JudgedBatch judged;
    private final HistoryGradients gradients;
    private final List<RowAdam> steps; // in the order of HistoryModel.parameters()

    /**
     * Fits a fresh model.
     *
     * @param text of the data's items
     * @param seeds of initial values and samples
     * @param kernels {@link VectorKernels#on} as many threads as it may use
     */
    public HistoryFitting(
            TrainingData data,
            TextFeatures text,
            HistoryParameters parameters,
            Seeds seeds,
            Guidance guidance,
            VectorKernels kernels) {
        this.data = data;
        this.parameters = parameters;
        this.seeds = seeds;
        this.guidance = guidance;
        this.kernels = kernels;
        this.model = HistoryModel.random(data.items(), text, seeds);
        this.example = examples(data);
        if (example.length == 0) {
            throw new IllegalArgumentException(
                    "no user has two training items, so there is nothing that follows a history; train bpr-mf instead");
        }
        this.order = example.clone();
        this.rows = Math.min(parameters.batch(), example.length);
        this.batch = new HistoryBatch(model, rows, rows + parameters.negatives(), logExpected(), kernels);
        this.judged = guidance.regularizer()
                .map(regularizer -> new JudgedBatch(
                        model,
                        regularizer,
                        data.split().train(),
                        parameters.judged() == 0 ? rows : parameters.judged(),
                        JudgedBatch.Guided.of(parameters),
                        kernels))
                .orElse(null);
        this.gradients = HistoryGradients.of(model, kernels);
        this.steps = model.parameters().stream()
                .map(values -> new RowAdam(values, EPSILON, kernels))
                .toList();
    }

    private static int[] examples(TrainingData data) {
        return IntStream.range(1, data.interactions())
                .filter(at -> data.userOf()[at] == data.userOf()[at - 1])
                .toArray();
    }

    /** {@code log( negatives / items + rows · share of examples with the item as target )}. */
    private float[] logExpected() {
        int[] columns = data.split().train().columns();
        int[] targets = new int[data.items()];
        for (int at : example) {
            targets[columns[at]]++;
        }
        float[] log = new float[data.items()];
        for (int item = 0; item < log.length; item++) {
            log[item] = (float) Math.log(
                    (double) parameters.negatives() / data.items() + (double) rows * targets[item] / example.length);
        }
        return log;
    }

    @Override
    public Epoch epoch(int number, Place from) {
        return new HistoryEpoch(number, from);
    }

    /** An epoch whose parts are its batches. */
    private final class HistoryEpoch implements Epoch {

        private final int number;
        private final SplittableRandom random;
        private final CounterRandom judgedRandom;
        private final int batches = example.length / rows;
        private int done;
        private double loss;

        HistoryEpoch(int number, Place from) {
            this.number = number;
            this.random = seeds.random("epoch", number);
            shuffle(random);
            // A stream of this kind tells no state, so it is brought there; to draw is a small part of a batch's work.
            for (int b = 0; b < from.parts(); b++) {
                draw(b * rows, random);
            }
            boolean fresh = from.isStart();
            this.judgedRandom = new CounterRandom(
                    fresh ? seeds.of("judged", number) : from.streams().get(0));
            this.loss = fresh ? 0 : from.losses().get(0);
            this.done = from.parts();
        }

        @Override
        public boolean isDone() {
            return done == batches;
        }

        @Override
        public void advance() {
            draw(done * rows, random);
            gradients.clear();
            loss += batch.loss();
            batch.backward(gradients);
            if (judged != null) {
                judged.run(judgedRandom, gradients);
            }
            done++;
            step((long) (number - 1) * batches + done, (long) parameters.epochs() * batches);
        }

        @Override
        public Place place() {
            return new Place(done, List.of(loss), List.of(judgedRandom.state()));
        }

        @Override
        public Pass pass() {
            return new Pass(loss / done, done * rows);
        }
    }

    private void shuffle(SplittableRandom random) {
        System.arraycopy(example, 0, order, 0, example.length);
        for (int k = order.length - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int swapped = order[k];
            order[k] = order[other];
            order[other] = swapped;
        }
    }

    private void draw(int from, SplittableRandom random) {
        InteractionMatrix train = data.split().train();
        batch.items().clear();
        for (int r = 0; r < rows; r++) {
            int at = order[from + r];
            int first = train.rowStart()[data.userOf()[at]];
            batch.histories().put(r, train.columns(), first, at, parameters.historyDropout(), random);
            batch.items().add(train.columns()[at], random.nextDouble() < parameters.itemDropout());
        }
        for (int n = 0; n < parameters.negatives(); n++) {
            batch.items().add(random.nextInt(data.items()), random.nextDouble() < parameters.itemDropout());
        }
    }

    /** The step of this number of so many: its size falls in a straight line. */
    private void step(long time, long all) {
        float rate = (float) (parameters.learningRate() * (1 - (1 - FINAL_RATE) * ((double) time / all)));
        steps.get(0).step(gradients.item(), rate, time);
        steps.get(1).step(gradients.context(), rate, time);
        steps.get(2).step(gradients.itemText(), rate, time);
        steps.get(3).step(gradients.contextText(), rate, time);
        steps.get(4).step(gradients.recency(), rate, time);
        steps.get(5).step(gradients.contentRecency(), rate, time);
        steps.get(6).step(gradients.contentGain(), rate, time);
    }

    @Override
    public DotProductModel model() {
        DotProductModel trained = new DotProductModel(
                model.vectorDim(),
                HistoryVectors.of(data.split().train(), model.tables(kernels), kernels),
                model.itemVectors(kernels),
                new float[data.items()]);
        return parameters.gain().on(trained, model.dim(), data.popularity());
    }

    @Override
    public Optional<HistoryTables> history() {
        return Optional.of(model.tables(kernels));
    }

    @Override
    public List<float[]> parameters() {
        return model.parameters();
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table("item", "item vectors", RowsOf.ITEMS, data.items()),
                new Table("context", "context vectors", RowsOf.ITEMS, data.items()),
                whole("item_text", "weights of items' texts"),
                whole("context_text", "weights of contexts' texts"),
                whole("recency", "recency weights"),
                whole("content_recency", "recency weights of the texts"),
                whole("content_gain", "gains of the texts"));
    }

    private static Table whole(String key, String name) {
        return new Table(key, name, RowsOf.MODEL, 1);
    }

    @Override
    public List<float[]> optimizerState() {
        List<float[]> moments = new ArrayList<>();
        steps.forEach(adam -> moments.addAll(adam.state()));
        return moments;
    }

    @Override
    public Guidance guidance() {
        return guidance;
    }
}
