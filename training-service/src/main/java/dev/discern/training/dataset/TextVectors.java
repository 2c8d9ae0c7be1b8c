package dev.discern.training.dataset;

import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a catalogue's texts that one encoder has left; the scoring service writes them.
 *
 * @param byItem (items) in the snapshot's order, null where there is none
 * @param texts how many items have a text
 * @param vectors how many of them have a vector
 * @param encoder whose vectors they are; null where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // large; the record is never compared
public record TextVectors(
        float[] @Nullable [] byItem,
        int texts,
        int vectors,
        @Nullable String encoder) {

    /** The scoring service's encoders, the better first. */
    private static final List<String> ENCODERS = List.of("e5-small-v2-q", "all-minilm-l6-v2-q");

    /**
     * Reads them.
     *
     * @param encoder whose; null for the encoder that has encoded most of the snapshot's items
     */
    public static TextVectors read(
            Snapshot snapshot, ItemStore items, ItemVectorStore store, @Nullable String encoder) {
        Map<Integer, String> hashes = new HashMap<>();
        items.forEach((item, rowId) -> {
            int idx = snapshot.items().idx(item.id());
            ItemText text = ItemText.of(item);
            if (idx >= 0 && !text.isEmpty()) {
                hashes.put(idx, text.hash());
            }
        });
        TextVectors best = new TextVectors(new float[snapshot.items().size()][], hashes.size(), 0, null);
        for (String candidate : encoder == null ? ENCODERS : List.of(encoder)) {
            TextVectors found = of(
                    hashes,
                    store.find(candidate, hashes.values().stream().distinct().toList()),
                    snapshot.items().size(),
                    candidate);
            best = found.vectors > best.vectors ? found : best;
        }
        return best;
    }

    private static TextVectors of(Map<Integer, String> hashes, Map<String, float[]> byHash, int items, String encoder) {
        float[][] byItem = new float[items][];
        int vectors = 0;
        for (Map.Entry<Integer, String> entry : hashes.entrySet()) {
            float[] vector = byHash.get(entry.getValue());
            if (vector != null) {
                byItem[entry.getKey()] = vector;
                vectors++;
            }
        }
        return new TextVectors(byItem, hashes.size(), vectors, encoder);
    }
}
