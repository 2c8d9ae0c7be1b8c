package dev.discern.training.backbone.history;

import org.jspecify.annotations.Nullable;

/**
 * What the history model sees of texts: principal components of the encoder's vectors, along the axes of a {@link TextBasis}.
 *
 * @param wide (items, {@code wideDim}) half-whitened, component c divided by {@code λ_c^¼}, of mean square length 1; zeros for an
 *     item without a text
 * @param narrow (items, {@code narrowDim}) of length 1; zeros for an item without a text
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record TextFeatures(int wideDim, float[] wide, int narrowDim, float[] narrow) {

    /** Features of items none of which has a text. */
    public static TextFeatures none(int items, int wideDim, int narrowDim) {
        return new TextFeatures(wideDim, new float[items * wideDim], narrowDim, new float[items * narrowDim]);
    }

    /**
     * Of the vectors of a catalogue, along its own axes.
     *
     * @param vectors (items) each of the same length, or null where there is no text
     */
    public static TextFeatures of(float[] @Nullable [] vectors, int wideDim, int narrowDim) {
        return TextBasis.of(vectors, wideDim, narrowDim).features(vectors);
    }
}
