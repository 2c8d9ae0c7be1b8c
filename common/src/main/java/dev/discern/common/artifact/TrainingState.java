package dev.discern.common.artifact;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model has learned before it is made into the vectors that serving reads: what a later training can begin with. Kept beside
 * the model in a file of its own, which only training reads.
 *
 * @param tables by name; what they mean is the backbone's
 * @param notes what else has to be known of them, by name
 */
public record TrainingState(Map<String, EmbeddingTable> tables, Map<String, String> notes) {

    public TrainingState {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables)); // the order is that of the file
        notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    }
}
