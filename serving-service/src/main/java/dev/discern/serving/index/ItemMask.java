package dev.discern.serving.index;

/**
 * Which items may be in an answer: asked during the search, so that k items come back whenever k may. Implementations do not change
 * while they are asked, and may be asked by several threads.
 */
public interface ItemMask {

    /** Every item may. */
    ItemMask ALL = new ItemMask() {
        @Override
        public long word(int group) {
            return -1;
        }

        @Override
        public boolean test(int item) {
            return true;
        }
    };

    /**
     * Those of 64 items that may be in an answer, and perhaps some that may not: bit {@code n} stands for the item
     * {@code 64 · group + n}. Bits behind the last item mean nothing. A search passes whole groups over by it.
     */
    long word(int group);

    /** Whether an item may be in an answer; asked only where {@link #word} has its bit and its score may make the list. */
    boolean test(int item);
}
