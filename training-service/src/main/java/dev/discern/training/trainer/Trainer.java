package dev.discern.training.trainer;

import dev.discern.training.backbone.DotProductModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Trains a backbone epoch by epoch, keeps its best epoch and a checkpoint of everything. */
public final class Trainer {

    private final Fitting fitting;
    private final TrainingParameters parameters;
    private final @Nullable Regularizer regularizer;

    /** Of a fresh model. */
    public Trainer(Fitting fitting, TrainingParameters parameters) {
        this.fitting = fitting;
        this.parameters = parameters;
        this.regularizer = fitting.guidance().regularizer().orElse(null);
    }

    /**
     * Trains a fixed number of epochs and returns the live model.
     *
     * @throws DivergenceException when a value is no longer finite
     */
    public DotProductModel warmUp(int epochs, Consumer<EpochReport> listener) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            EpochReport report = epoch(epoch);
            listener.accept(new EpochReport(
                    epoch, epochs, report.samplesPerSecond(), report.loss(), 0, 0, OptionalDouble.empty()));
        }
        return fitting.model();
    }

    /**
     * Trains until the validation metric has not risen for a while, and returns the model of the best epoch. Where a checkpoint of
     * the same run exists, goes on from it.
     *
     * @param fingerprint names data, parameters and seed: a checkpoint of another run is refused
     * @param validation the metric to maximize
     * @param listener called after each epoch
     * @param stop asked after each epoch
     * @throws TrainingStoppedException when {@code stop} said so
     * @throws DivergenceException when a value is no longer finite
     */
    public TrainedModel fit(
            Path checkpointFile,
            String fingerprint,
            ToDoubleFunction<DotProductModel> validation,
            Consumer<EpochReport> listener,
            BooleanSupplier stop) {
        Checkpoint checkpoint = new Checkpoint(checkpointFile, fingerprint);
        List<float[]> best =
                fitting.parameters().stream().map(values -> values.clone()).toList();
        List<float[]> whole = new ArrayList<>(fitting.parameters());
        whole.addAll(fitting.optimizerState());
        whole.addAll(best);
        Checkpoint.Position at = Checkpoint.Position.START;
        if (checkpoint.exists()) {
            at = checkpoint.load(whole, state -> {
                if (regularizer != null) {
                    regularizer.restore(state);
                }
            });
        }
        while (at.epoch() < parameters.maxEpochs() && at.epoch() - at.bestEpoch() < parameters.patience()) {
            int epoch = at.epoch() + 1;
            EpochReport report = epoch(epoch);
            double metric = validation.applyAsDouble(fitting.model());
            List<String> warnings = regularizer == null ? List.of() : regularizer.warnings();
            if (metric > at.bestValidation()) {
                copy(fitting.parameters(), best);
                at = new Checkpoint.Position(epoch, epoch, metric, warnings);
            } else {
                at = new Checkpoint.Position(epoch, at.bestEpoch(), at.bestValidation(), warnings);
            }
            checkpoint.save(at, whole, regularizer == null ? new double[0] : regularizer.state());
            listener.accept(new EpochReport(
                    epoch,
                    parameters.maxEpochs(),
                    report.samplesPerSecond(),
                    report.loss(),
                    metric,
                    at.bestEpoch(),
                    regularizer == null ? OptionalDouble.empty() : regularizer.meanAlpha()));
            if (stop.getAsBoolean()) {
                throw new TrainingStoppedException(epoch);
            }
        }
        copy(best, fitting.parameters());
        return new TrainedModel(
                fitting.model(),
                fitting.history().orElse(null),
                at.epoch(),
                at.bestEpoch(),
                at.bestValidation(),
                at.warnings());
    }

    private EpochReport epoch(int epoch) {
        long start = System.nanoTime();
        Fitting.Pass pass = fitting.epoch(epoch);
        double seconds = (System.nanoTime() - start) / 1e9;
        requireFinite(epoch);
        return new EpochReport(
                epoch, parameters.maxEpochs(), pass.samples() / seconds, pass.loss(), 0, 0, OptionalDouble.empty());
    }

    private void requireFinite(int epoch) {
        List<float[]> all = fitting.parameters();
        for (int n = 0; n < all.size(); n++) {
            float[] values = all.get(n);
            if (!isFinite(values)) {
                int at = 0;
                while (Float.isFinite(values[at])) {
                    at++;
                }
                throw new DivergenceException(epoch, fitting.tables().get(n), at, values.length, parameters);
            }
        }
    }

    private static void copy(List<float[]> from, List<float[]> to) {
        for (int n = 0; n < from.size(); n++) {
            System.arraycopy(from.get(n), 0, to.get(n), 0, from.get(n).length);
        }
    }

    private static boolean isFinite(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value * 0; // 0 for every finite value, NaN for the others
        }
        return sum == 0;
    }
}
