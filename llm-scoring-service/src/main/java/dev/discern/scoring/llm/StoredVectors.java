package dev.discern.scoring.llm;

import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The free judge over the vectors that earlier runs have left; nothing is encoded here. */
@Component
public class StoredVectors {

    /** Vectors are centred on their mean, which that of nearly all texts is near enough. */
    private static final double NEARLY_ALL = 0.9;

    private final ItemStore items;
    private final ItemVectorStore store;

    StoredVectors(ItemStore items, ItemVectorStore store) {
        this.items = items;
        this.store = store;
    }

    /** The judge of the first encoder that has encoded nearly all texts of the catalogue; empty when none has. */
    public Optional<EmbeddedJudge> judge() {
        Map<Long, String> hashes = new HashMap<>();
        items.forEach((item, rowId) -> {
            ItemText text = ItemText.of(item);
            if (!text.isEmpty()) {
                hashes.put(rowId, text.hash());
            }
        });
        for (EncoderModel model : EncoderModel.values()) {
            Map<String, float[]> byHash = store.find(
                    model.label(), hashes.values().stream().distinct().toList());
            Map<Long, float[]> byItem = new HashMap<>();
            hashes.forEach((rowId, hash) -> {
                float[] vector = byHash.get(hash);
                if (vector != null) {
                    byItem.put(rowId, vector);
                }
            });
            if (!byItem.isEmpty() && byItem.size() >= NEARLY_ALL * hashes.size()) {
                return Optional.of(new EmbeddedJudge(model.label(), new ItemVectors(byItem)));
            }
        }
        return Optional.empty();
    }
}
