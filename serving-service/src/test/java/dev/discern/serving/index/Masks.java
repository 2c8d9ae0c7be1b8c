package dev.discern.serving.index;

import java.util.function.IntPredicate;

/** Masks from predicates. */
final class Masks {

    private Masks() {}

    /** Whose words tell exactly what is allowed; behind the last item they tell nonsense. */
    static ItemMask exactly(int items, IntPredicate allowed) {
        ItemSet.Builder builder = new ItemSet.Builder();
        for (int item = 0; item < items + 200; item++) {
            if (item >= items || allowed.test(item)) {
                builder.add(item);
            }
        }
        ItemSet set = builder.build();
        return of(set, allowed);
    }

    /** Whose words rule nothing out. */
    static ItemMask late(IntPredicate allowed) {
        return new ItemMask() {
            @Override
            public long word(int group) {
                return -1;
            }

            @Override
            public boolean test(int item) {
                return allowed.test(item);
            }
        };
    }

    private static ItemMask of(ItemSet words, IntPredicate allowed) {
        return new ItemMask() {
            @Override
            public long word(int group) {
                return words.word(group);
            }

            @Override
            public boolean test(int item) {
                return allowed.test(item);
            }
        };
    }
}
