package dev.discern.training.dataset;

import dev.discern.common.data.InteractionMatrix;

/**
 * Whether a user has an item in training: the user's sorted items are searched, after a filter (Bloom, 1970, with one hash) that
 * answers most questions alone. The filter has about eight bits for each item of a user of mean length, so that it stays in the
 * caches where a bit for each pair of user and item would not.
 */
public final class SeenItems {

    private static final int BITS_PER_ITEM = 8;
    private static final int MIN_BITS = 64;
    private static final int MAX_BITS = 1 << 16;

    /** 2³² by the golden ratio: neighbours are spread over the whole filter. */
    private static final int SPREAD = 0x9e3779b9;

    private final InteractionMatrix sorted;
    private final int shift; // 32 − log2 of a user's bits
    private final int words; // of a user's bits
    private final long[] filter; // (users, words)

    public SeenItems(InteractionMatrix train) {
        sorted = train.sorted();
        int bits = bits(train.users(), train.columns().length);
        shift = Integer.SIZE - Integer.numberOfTrailingZeros(bits);
        words = bits / Long.SIZE;
        filter = new long[Math.multiplyExact(train.users(), words)];
        for (int user = 0; user < train.users(); user++) {
            for (int k = train.rowStart()[user]; k < train.rowStart()[user + 1]; k++) {
                int hash = (train.columns()[k] * SPREAD) >>> shift;
                filter[user * words + (hash >>> 6)] |= 1L << hash;
            }
        }
    }

    /** Of a user: a power of two. */
    private static int bits(int users, int interactions) {
        long wanted = (long) BITS_PER_ITEM * interactions / Math.max(1, users);
        return Integer.highestOneBit(Math.clamp(2 * wanted - 1, MIN_BITS, MAX_BITS));
    }

    public boolean contains(int userIdx, int itemIdx) {
        return mayContain(userIdx, itemIdx) != 0 && sorted.contains(userIdx, itemIdx);
    }

    /** The filter's answer: 0 if the user has not the item, else 1. Without a branch, for loops over many. */
    public long mayContain(int userIdx, int itemIdx) {
        int hash = (itemIdx * SPREAD) >>> shift;
        return (filter[userIdx * words + (hash >>> 6)] >>> hash) & 1;
    }
}
