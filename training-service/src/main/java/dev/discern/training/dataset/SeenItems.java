package dev.discern.training.dataset;

import dev.discern.common.data.InteractionMatrix;

/** Whether a user has an item in training: a bit for each pair where that fits in memory, a binary search elsewhere. */
public final class SeenItems {

    /** 256 MB of bits. */
    private static final long MAX_BITS = 1L << 31;

    private final InteractionMatrix sorted;
    private final long items;
    private final long[] bits; // (users * items / 64), empty when too large

    public SeenItems(InteractionMatrix train) {
        sorted = train.sorted();
        items = train.items();
        long size = items * train.users();
        bits = size <= MAX_BITS ? new long[(int) Math.ceilDiv(size, 64L)] : new long[0];
        if (bits.length > 0) {
            for (int user = 0; user < train.users(); user++) {
                for (int k = train.rowStart()[user]; k < train.rowStart()[user + 1]; k++) {
                    long bit = user * items + train.columns()[k];
                    bits[(int) (bit >>> 6)] |= 1L << bit;
                }
            }
        }
    }

    public boolean contains(int userIdx, int itemIdx) {
        if (bits.length == 0) {
            return sorted.contains(userIdx, itemIdx);
        }
        long bit = userIdx * items + itemIdx;
        return ((bits[(int) (bit >>> 6)] >>> bit) & 1) != 0;
    }
}
