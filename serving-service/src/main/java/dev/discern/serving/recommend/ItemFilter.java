package dev.discern.serving.recommend;

import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which items may be in an answer. It is asked during the search, so that k items come back whenever there are k. */
final class ItemFilter implements IntPredicate {

    private final ServingModel model;
    private final BitSet excluded;
    private final @Nullable BitSet required; // null: no category was asked for
    private final List<String> unknownCategories;

    private ItemFilter(ServingModel model, BitSet excluded, @Nullable BitSet required, List<String> unknownCategories) {
        this.model = model;
        this.excluded = excluded;
        this.required = required;
        this.unknownCategories = List.copyOf(unknownCategories);
    }

    /**
     * The filter of a query.
     *
     * @param had dense indices of what the audience has touched
     */
    static ItemFilter of(ServingModel model, Query query, int[] had) {
        BitSet excluded = new BitSet(model.items());
        if (query.excludeSeen()) {
            for (int item : had) {
                excluded.set(item);
            }
        }
        for (String itemId : query.excludeItems()) {
            int item = model.itemIdx(itemId);
            if (item >= 0) {
                excluded.set(item);
            }
        }
        BitSet required = null;
        List<String> unknown = new ArrayList<>();
        for (String category : query.categories()) {
            BitSet items = model.categories().items(category).orElseGet(() -> {
                unknown.add(category);
                return new BitSet();
            });
            if (required == null) {
                required = items;
            } else if (query.categoryMode() == CategoryMode.ALL) {
                required.and(items);
            } else {
                required.or(items);
            }
        }
        return new ItemFilter(model, excluded, required, unknown);
    }

    /** Categories of the query that no item has. */
    List<String> unknownCategories() {
        return unknownCategories;
    }

    @Override
    public boolean test(int itemIdx) {
        return !excluded.get(itemIdx)
                && (required == null || required.get(itemIdx))
                && model.item(itemIdx).available();
    }
}
