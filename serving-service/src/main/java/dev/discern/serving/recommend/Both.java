package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;

/** The allowed ones of a set. */
record Both(ItemMask allowed, ItemSet items) implements ItemMask {

    @Override
    public long word(int group) {
        long word = items.word(group);
        return word == 0 ? 0 : word & allowed.word(group);
    }

    @Override
    public boolean test(int item) {
        return items.test(item) && allowed.test(item);
    }
}
