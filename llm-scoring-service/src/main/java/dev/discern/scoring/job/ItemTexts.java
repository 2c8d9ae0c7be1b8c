package dev.discern.scoring.job;

import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import java.util.HashMap;
import java.util.Map;

/** The texts of the catalogue by row id, and what identifies each item to a judge. */
final class ItemTexts {

    private final Map<Long, ItemText> texts = new HashMap<>();
    private final Map<Long, String> identities = new HashMap<>();

    ItemTexts(ItemStore items) {
        items.forEach((item, rowId) -> {
            ItemText text = ItemText.of(item);
            texts.put(rowId, text);
            identities.put(rowId, item.id() + "#" + text.hash());
        });
    }

    /** Texts that are not empty, by row id. */
    Map<Long, ItemText> present() {
        Map<Long, ItemText> present = new HashMap<>(texts);
        present.values().removeIf(ItemText::isEmpty);
        return present;
    }

    /** What judges see of an item; empty when it has no text. */
    String text(long rowId) {
        ItemText text = texts.get(rowId);
        return text == null ? "" : text.text();
    }

    /** External id and hash of the text: what an answer depends on. */
    String identity(long rowId) {
        return identities.getOrDefault(rowId, "?");
    }
}
