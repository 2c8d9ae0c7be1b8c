package dev.discern.serving.foldin;

/** Makes a user vector from items alone. Implementations are immutable and may be shared by threads. */
public interface FoldIn {

    /**
     * The vector of somebody with these items.
     *
     * @param session dense item indices, oldest first, at least one
     * @return (dim)
     */
    float[] vector(int[] session);
}
