package dev.discern.training.trainer;

import dev.discern.training.backbone.DotProductModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Trains a backbone epoch by epoch, keeps its best epoch and a checkpoint of everything. A run that was broken off, in the middle of an
 * epoch too, goes on from its checkpoint.
 */
public final class Trainer {

    private final Fitting fitting;
    private final TrainingParameters parameters;
    private final @Nullable Regularizer regularizer;
    private final Duration interval;

    /** Of a fresh model, with checkpoints after epochs alone. */
    public Trainer(Fitting fitting, TrainingParameters parameters) {
        this(fitting, parameters, Duration.ZERO);
    }

    /**
     * Of a fresh model.
     *
     * @param interval after so much time there is a checkpoint within an epoch too; zero for none
     */
    public Trainer(Fitting fitting, TrainingParameters parameters, Duration interval) {
        this.fitting = fitting;
        this.parameters = parameters;
        this.regularizer = fitting.guidance().regularizer().orElse(null);
        this.interval = interval;
    }

    /**
     * Trains a fixed number of epochs, all at once, and returns the live model.
     *
     * @throws DivergenceException when a value is no longer finite
     */
    public DotProductModel warmUp(int epochs, Consumer<EpochReport> listener) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            Pace pace = new Pace(0);
            Fitting.Pass pass = fitting.epoch(epoch);
            requireFinite(epoch);
            listener.accept(pace.report(epoch, epochs, pass));
        }
        return fitting.model();
    }

    /**
     * Trains a fixed number of epochs and returns the live model. Where a checkpoint of the same run exists, goes on from it.
     *
     * @param fingerprint names data, parameters and seed: a checkpoint of another run is refused
     * @param listener called after each epoch
     * @param stop asked after each part of an epoch
     * @throws TrainingStoppedException when {@code stop} said so
     * @throws DivergenceException when a value is no longer finite
     */
    public DotProductModel warmUp(
            Path checkpointFile, String fingerprint, int epochs, Consumer<EpochReport> listener, BooleanSupplier stop) {
        Saved saved = new Saved(new Checkpoint(checkpointFile, fingerprint), List.of());
        Checkpoint.Position at = saved.load();
        while (at.epoch() < epochs) {
            EpochReport report = epoch(at, epochs, saved, stop);
            at = at.next(List.of());
            saved.save(at);
            listener.accept(report);
            if (stop.getAsBoolean()) {
                throw TrainingStoppedException.after(at.epoch());
            }
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
     * @param stop asked after each part of an epoch
     * @throws TrainingStoppedException when {@code stop} said so
     * @throws DivergenceException when a value is no longer finite
     */
    public TrainedModel fit(
            Path checkpointFile,
            String fingerprint,
            ToDoubleFunction<DotProductModel> validation,
            Consumer<EpochReport> listener,
            BooleanSupplier stop) {
        List<float[]> best =
                fitting.parameters().stream().map(values -> values.clone()).toList();
        Saved saved = new Saved(new Checkpoint(checkpointFile, fingerprint), best);
        Checkpoint.Position at = saved.load();
        while (at.epoch() < parameters.maxEpochs() && at.epoch() - at.bestEpoch() < parameters.patience()) {
            EpochReport report = epoch(at, parameters.maxEpochs(), saved, stop);
            double metric = validation.applyAsDouble(fitting.model());
            at = at.next(regularizer == null ? List.of() : regularizer.warnings());
            if (metric > at.bestValidation()) {
                copy(fitting.parameters(), best);
                at = at.best(metric);
            }
            saved.save(at);
            listener.accept(new EpochReport(
                    at.epoch(),
                    parameters.maxEpochs(),
                    report.samplesPerSecond(),
                    report.loss(),
                    metric,
                    at.bestEpoch(),
                    regularizer == null ? OptionalDouble.empty() : regularizer.meanAlpha()));
            if (stop.getAsBoolean()) {
                throw TrainingStoppedException.after(at.epoch());
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

    /** Trains the epoch after {@code at}, or the rest of it; the report knows no validation. */
    private EpochReport epoch(Checkpoint.Position at, int epochs, Saved saved, BooleanSupplier stop) {
        int number = at.epoch() + 1;
        Fitting.Epoch epoch = fitting.epoch(number, at.place());
        Pace pace = new Pace(epoch.pass().samples());
        while (!epoch.isDone()) {
            epoch.advance();
            if (!epoch.isDone()) {
                boolean stopped = stop.getAsBoolean();
                if (stopped || saved.isDue()) {
                    requireFinite(number);
                    saved.save(at.within(epoch.place()));
                }
                if (stopped) {
                    throw TrainingStoppedException.within(number);
                }
            }
        }
        requireFinite(number);
        return pace.report(number, epochs, epoch.pass());
    }

    /** How fast an epoch, or the rest of one, is trained. */
    private static final class Pace {

        private final int before;
        private final long start = System.nanoTime();

        /** From now on, with so many samples of the epoch trained before. */
        Pace(int before) {
            this.before = before;
        }

        EpochReport report(int epoch, int epochs, Fitting.Pass pass) {
            double seconds = (System.nanoTime() - start) / 1e9;
            return new EpochReport(
                    epoch, epochs, (pass.samples() - before) / seconds, pass.loss(), 0, 0, OptionalDouble.empty());
        }
    }

    /** Where a run is saved, and all that is. */
    private final class Saved {

        private final Checkpoint checkpoint;
        private final List<float[]> whole = new ArrayList<>();
        private long last = System.nanoTime();

        Saved(Checkpoint checkpoint, List<float[]> besides) {
            this.checkpoint = checkpoint;
            whole.addAll(fitting.parameters());
            whole.addAll(fitting.optimizerState());
            whole.addAll(besides);
        }

        /** Takes over what is saved, if something is. */
        Checkpoint.Position load() {
            if (!checkpoint.exists()) {
                return Checkpoint.Position.START;
            }
            return checkpoint.load(whole, state -> {
                if (regularizer != null) {
                    regularizer.restore(state);
                }
            });
        }

        void save(Checkpoint.Position at) {
            checkpoint.save(at, whole, regularizer == null ? new double[0] : regularizer.state());
            last = System.nanoTime();
        }

        boolean isDue() {
            return interval.isPositive() && System.nanoTime() - last >= interval.toNanos();
        }
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
