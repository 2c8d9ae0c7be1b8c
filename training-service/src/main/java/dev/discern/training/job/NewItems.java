package dev.discern.training.job;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The items of the catalogue that a model does not know.
 *
 * @param vectors text vectors by external id, of the items that have one
 * @param withoutVector how many have a text that is not encoded yet
 * @param withoutText how many have no text: only a training can teach them
 */
record NewItems(SortedMap<String, float[]> vectors, int withoutVector, int withoutText) {

    /**
     * Reads them.
     *
     * @param known the items that the model knows
     * @param encoder whose vectors
     */
    static NewItems read(IdIndex known, String encoder, ItemStore items, ItemVectorStore store) {
        Map<String, String> hashes = new HashMap<>();
        int[] withoutText = {0};
        items.forEach((item, rowId) -> {
            if (known.idx(item.id()) < 0) {
                ItemText text = ItemText.of(item);
                if (text.isEmpty()) {
                    withoutText[0]++;
                } else {
                    hashes.put(item.id(), text.hash());
                }
            }
        });
        Map<String, float[]> byHash =
                store.find(encoder, hashes.values().stream().distinct().toList());
        SortedMap<String, float[]> vectors = new TreeMap<>(IdIndex.ORDER);
        hashes.forEach((id, hash) -> {
            float[] vector = byHash.get(hash);
            if (vector != null) {
                vectors.put(id, vector);
            }
        });
        return new NewItems(vectors, hashes.size() - vectors.size(), withoutText[0]);
    }
}
