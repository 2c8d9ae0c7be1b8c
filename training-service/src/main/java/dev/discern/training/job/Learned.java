package dev.discern.training.job;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.TrainingState;
import dev.discern.training.backbone.history.TextBasis;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.Fitting;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version has learned, as a later job goes on with it.
 *
 * @param tables by their keys, {@link Fitting#learned}
 * @param texts how the version sees texts; null where it sees none
 */
record Learned(Map<String, EmbeddingTable> tables, @Nullable Texts texts) {

    /** Tables that a history model's items and users share, in the order of their place in the model. */
    private static final List<String> SHARED =
            List.of("item_text", "context_text", "recency", "content_recency", "content_gain");

    /** Tables of a history model that have a row for each item. */
    static final List<String> BY_ITEM = List.of("item", "context");

    static final String ENCODER = "encoder";
    private static final String DIM = "dim";
    private static final String CONTENT_DIM = "contentDim";
    private static final String MEAN = "text_mean"; // (1, width)
    private static final String AXES = "text_axes"; // (components, width)
    private static final String WHITENING = "text_whitening"; // (1, components)
    private static final String SCALE = "text_scale"; // (1, 1)

    /**
     * How texts are seen.
     *
     * @param encoder whose vectors
     * @param basis along which axes
     */
    record Texts(String encoder, TextBasis basis) {}

    Learned {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables)); // an order of its own: equal tables, equal files
    }

    /**
     * Of a version's folder; empty where it has no training state, but needs one.
     *
     * @throws dev.discern.common.artifact.ArtifactException if it cannot be read
     */
    static Optional<Learned> of(Path folder, Artifact artifact) {
        return artifact.manifest().backbone().equals(BackboneKind.BPR_MF.label())
                ? Optional.of(new Learned(
                        Map.of(
                                "user",
                                artifact.users(),
                                "item",
                                artifact.items(),
                                "item_bias",
                                new EmbeddingTable(artifact.itemBias().length, 1, artifact.itemBias())),
                        null))
                : ArtifactReader.state(folder).map(Learned::of);
    }

    /** Whether a version has a training state, or needs none. */
    static boolean isIn(ModelManifest manifest) {
        return manifest.backbone().equals(BackboneKind.BPR_MF.label()) || manifest.hasTrainingState();
    }

    static Learned of(TrainingState state) {
        String encoder = state.notes().get(ENCODER);
        if (encoder == null) {
            return new Learned(state.tables(), null);
        }
        EmbeddingTable axes = table(state.tables(), AXES);
        double[][] rows = new double[axes.rows()][];
        for (int c = 0; c < rows.length; c++) {
            rows[c] = numbers(axes.values(), c * axes.dim(), axes.dim());
        }
        TextBasis basis = new TextBasis(
                Integer.parseInt(state.notes().getOrDefault(DIM, "")),
                Integer.parseInt(state.notes().getOrDefault(CONTENT_DIM, "")),
                numbers(table(state.tables(), MEAN)),
                rows,
                numbers(table(state.tables(), WHITENING)),
                table(state.tables(), SCALE).values()[0]);
        Map<String, EmbeddingTable> tables = new TreeMap<>(state.tables());
        tables.keySet().removeAll(List.of(MEAN, AXES, WHITENING, SCALE));
        return new Learned(tables, new Texts(encoder, basis));
    }

    private static EmbeddingTable table(Map<String, EmbeddingTable> tables, String key) {
        EmbeddingTable table = tables.get(key);
        if (table == null) {
            throw new IllegalArgumentException("the training state lacks its table " + key);
        }
        return table;
    }

    private static double[] numbers(EmbeddingTable table) {
        return numbers(table.values(), 0, table.values().length);
    }

    private static double[] numbers(float[] values, int from, int length) {
        double[] numbers = new double[length];
        for (int k = 0; k < length; k++) {
            numbers[k] = values[from + k];
        }
        return numbers;
    }

    /** As it is kept beside a version. */
    TrainingState toState() {
        if (texts == null) {
            return new TrainingState(tables, Map.of());
        }
        TextBasis basis = texts.basis();
        Map<String, EmbeddingTable> all = new TreeMap<>(tables);
        all.put(MEAN, row(basis.mean()));
        float[] axes = new float[basis.axes().length * basis.width()];
        for (int c = 0; c < basis.axes().length; c++) {
            for (int d = 0; d < basis.width(); d++) {
                axes[c * basis.width() + d] = (float) basis.axes()[c][d];
            }
        }
        all.put(AXES, new EmbeddingTable(basis.axes().length, basis.width(), axes));
        all.put(WHITENING, row(basis.whitening()));
        all.put(SCALE, new EmbeddingTable(1, 1, new float[] {basis.scale()}));
        return new TrainingState(
                all,
                Map.of(
                        ENCODER,
                        texts.encoder(),
                        DIM,
                        Integer.toString(basis.wideDim()),
                        CONTENT_DIM,
                        Integer.toString(basis.narrowDim())));
    }

    private static EmbeddingTable row(double[] numbers) {
        float[] values = new float[numbers.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) numbers[k];
        }
        return new EmbeddingTable(1, values.length, values);
    }

    /** The table of this key, which must be there. */
    EmbeddingTable table(String key) {
        return table(tables, key);
    }

    /** What a history model's items share: W, Wc, w, w2 and g. */
    List<float[]> shared() {
        return SHARED.stream().map(key -> table(tables, key).values()).toList();
    }
}
