package dev.discern.training.dataset;

/**
 * A small, fast generator for sampling (SplitMix64; Steele, Lea and Flood, 2014): a counter whose every value is mixed. Its state
 * is one number, so a stream can be given to each epoch and thread.
 */
public final class CounterRandom {

    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    /** The stream of a seed, or the rest of a stream from its {@link #state} on. */
    public CounterRandom(long seed) {
        state = seed;
    }

    /** Where the stream is. */
    public long state() {
        return state;
    }

    /** A value in [0, bound), for bounds up to 2^31: the high half of a 32 x 32 bit product (Lemire, 2019). */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    private long next() {
        state += STEP;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
