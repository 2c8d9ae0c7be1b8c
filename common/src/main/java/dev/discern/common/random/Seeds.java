package dev.discern.common.random;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Named substreams of one run seed: two parts of a run never share a stream, and adding a part does not change the
 * numbers that the others draw.
 *
 * @param seed the run's seed, any value
 */
public record Seeds(long seed) {

    /** The seed of the substream {@code name}. The same seed and name always give the same value. */
    public long of(String name) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bit
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return mix(seed ^ mix(hash));
    }

    /** The seed of the {@code index}-th stream under {@code name}: one for each user, epoch or thread. */
    public long of(String name, long index) {
        return mix(of(name) + index * 0x9e3779b97f4a7c15L);
    }

    /** A generator for the substream {@code name}. */
    public SplittableRandom random(String name) {
        return new SplittableRandom(of(name));
    }

    /** A generator for the {@code index}-th stream under {@code name}. */
    public SplittableRandom random(String name, long index) {
        return new SplittableRandom(of(name, index));
    }

    /** The SplitMix64 finalizer (Steele, Lea and Flood, 2014): every input bit moves every output bit. */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
