package dev.discern.scoring.job;

import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.llm.ItemVectors;
import dev.discern.scoring.llm.SentenceEncoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.stereotype.Component;

/** The vectors of the catalogue's texts: encoded once, kept in Postgres by the hash of the text. */
@Component
class Encoding {

    /** Told of each batch: how many texts are done, of how many. */
    interface Listener {
        void encoded(long done, long total) throws JobInterruptedException;
    }

    private static final int BATCH = 512;

    private final ItemVectorStore store;

    Encoding(ItemVectorStore store) {
        this.store = store;
    }

    /** Encodes the texts that have no vector yet; each batch is kept as it comes. Returns how many texts there were to encode. */
    int encodeMissing(EncoderModel model, ItemTexts texts, Listener listener) throws JobInterruptedException {
        Map<String, String> textByHash = new LinkedHashMap<>();
        texts.present().values().forEach(text -> textByHash.put(text.hash(), text.text()));
        textByHash
                .keySet()
                .removeAll(store.find(model.label(), textByHash.keySet()).keySet());
        if (textByHash.isEmpty()) {
            return 0;
        }
        // Batches of like length: short texts are not padded to long ones.
        List<String> hashes = textByHash.keySet().stream()
                .sorted(java.util.Comparator.comparingInt(
                        hash -> textByHash.getOrDefault(hash, "").length()))
                .toList();
        try (SentenceEncoder encoder =
                new SentenceEncoder(model, Runtime.getRuntime().availableProcessors())) {
            for (int from = 0; from < hashes.size(); from += BATCH) {
                List<String> batch = hashes.subList(from, Math.min(from + BATCH, hashes.size()));
                float[][] vectors = encoder.encode(batch.stream()
                        .map(hash -> textByHash.getOrDefault(hash, ""))
                        .toList());
                Map<String, float[]> byHash = new LinkedHashMap<>();
                for (int k = 0; k < vectors.length; k++) {
                    byHash.put(batch.get(k), vectors[k]);
                }
                store.add(model.label(), byHash);
                listener.encoded(from + batch.size(), hashes.size());
            }
        }
        return hashes.size();
    }

    /** The vectors of all items with a text, which must have been encoded. */
    ItemVectors vectors(EncoderModel model, ItemTexts texts) {
        Map<Long, ItemText> present = texts.present();
        Map<String, float[]> byHash = store.find(
                model.label(),
                present.values().stream().map(ItemText::hash).distinct().toList());
        Map<Long, float[]> byItem = new HashMap<>();
        present.forEach((rowId, text) -> {
            float[] vector = byHash.get(text.hash());
            if (vector != null) {
                byItem.put(rowId, vector);
            }
        });
        return new ItemVectors(byItem);
    }
}
