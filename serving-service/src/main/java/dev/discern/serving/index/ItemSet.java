package dev.discern.serving.index;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of items as words of 64 bits, shared by all queries. Where most words are empty, as for one of many categories, only the others
 * are held, 12 bytes each.
 */
public final class ItemSet implements ItemMask {

    /** No item. */
    public static final ItemSet EMPTY = new Builder().build();

    private static final int SPARSE =
            4; // words for each that is not empty: from there on holding those takes no longer

    private final int @Nullable [] groups; // of the words, ascending; null: the words are those of all groups
    private final long[] words;

    private ItemSet(int @Nullable [] groups, long[] words) {
        this.groups = groups;
        this.words = words;
    }

    @Override
    public long word(int group) {
        if (groups == null) {
            return group < words.length ? words[group] : 0;
        }
        int place = Arrays.binarySearch(groups, group);
        return place < 0 ? 0 : words[place];
    }

    /** Whether it holds an item. */
    @Override
    public boolean test(int item) {
        return ((word(item / Long.SIZE) >>> item) & 1) != 0;
    }

    /**
     * The same set but for these items, which are in it or not as {@code isIn} says.
     *
     * @param items in any order
     */
    public ItemSet with(int[] items, IntPredicate isIn) {
        int last = Arrays.stream(items).max().orElse(-1);
        long[] all = Arrays.copyOf(dense(), Math.max(groups(), last / Long.SIZE + 1));
        for (int item : items) {
            long bit = 1L << item;
            all[item / Long.SIZE] = isIn.test(item) ? all[item / Long.SIZE] | bit : all[item / Long.SIZE] & ~bit;
        }
        Builder builder = new Builder();
        for (int group = 0; group < all.length; group++) {
            for (long word = all[group]; word != 0; word &= word - 1) {
                builder.add(group * Long.SIZE + Long.numberOfTrailingZeros(word));
            }
        }
        return builder.build();
    }

    private int groups() {
        return groups == null ? words.length : groups.length == 0 ? 0 : groups[groups.length - 1] + 1;
    }

    private long[] dense() {
        if (groups == null) {
            return words;
        }
        long[] dense = new long[groups()];
        for (int n = 0; n < groups.length; n++) {
            dense[groups[n]] = words[n];
        }
        return dense;
    }

    /** Collects items in ascending order. */
    public static final class Builder {

        private int[] groups = new int[4];
        private long[] words = new long[4];
        private int used;

        /**
         * Adds an item; adding it again changes nothing.
         *
         * @throws IllegalArgumentException if it is before the last one's group of 64
         */
        public Builder add(int item) {
            int group = item / Long.SIZE;
            if (used == 0 || groups[used - 1] < group) {
                if (used == groups.length) {
                    groups = Arrays.copyOf(groups, 2 * used);
                    words = Arrays.copyOf(words, 2 * used);
                }
                groups[used++] = group;
            } else if (groups[used - 1] > group) {
                throw new IllegalArgumentException("item %d comes too late".formatted(item));
            }
            words[used - 1] |= 1L << item;
            return this;
        }

        /** The set of what was added. */
        public ItemSet build() {
            int all = used == 0 ? 0 : groups[used - 1] + 1;
            if (all >= SPARSE * used) {
                return new ItemSet(Arrays.copyOf(groups, used), Arrays.copyOf(words, used));
            }
            long[] dense = new long[all];
            for (int n = 0; n < used; n++) {
                dense[groups[n]] = words[n];
            }
            return new ItemSet(null, dense);
        }
    }
}
