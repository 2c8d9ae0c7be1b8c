package dev.discern.common.artifact;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: what a model is and what its files must be.
 *
 * @param formatVersion of the folder's layout; readers refuse newer ones
 * @param similarity how a user and an item meet: {@code dot}
 * @param foldIn how a vector is made for somebody who was not in training: {@code ridge}
 * @param metrics figures of training, such as {@code validation.ndcg@10}
 * @param sha256 hexadecimal SHA-256 of each file by name; filled in by the writer
 */
public record ModelManifest(
        int formatVersion,
        String version,
        String backbone,
        String regularizer,
        int dim,
        int users,
        int items,
        String similarity,
        String foldIn,
        Provenance provenance,
        Map<String, Double> metrics,
        Map<String, String> sha256) {

    /** The layout that this code writes. */
    public static final int FORMAT_VERSION = 1;

    /** {@link #similarity()}: the dot product plus the item's bias. */
    public static final String DOT = "dot";

    /** {@link #foldIn()}: ridge regression on the item table. */
    public static final String RIDGE = "ridge";

    public ModelManifest {
        require("version", version);
        require("backbone", backbone);
        require("regularizer", regularizer);
        require("similarity", similarity);
        require("foldIn", foldIn);
        require("provenance", provenance);
        require("metrics", metrics);
        require("sha256", sha256);
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
        sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
    }

    /** What is read from a file may lack members, whatever their types say. */
    private static void require(String member, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a manifest needs a member '%s'".formatted(member));
        }
    }

    ModelManifest withSha256(Map<String, String> hashes) {
        return new ModelManifest(
                formatVersion,
                version,
                backbone,
                regularizer,
                dim,
                users,
                items,
                similarity,
                foldIn,
                provenance,
                metrics,
                hashes);
    }
}
