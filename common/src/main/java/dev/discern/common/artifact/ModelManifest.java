package dev.discern.common.artifact;

import dev.discern.common.data.ItemTrend;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: what a model is and what its files must be.
 *
 * @param formatVersion of the folder's layout; readers refuse newer ones
 * @param similarity how a user and an item meet: {@code dot}
 * @param foldIn how a vector is made for somebody who was not in training: {@code ridge} or {@code history}
 * @param history how the vectors of a {@code history} model are put together; null for others; filled in by the writer
 * @param trend how the tensor {@code item_trend} counts; null where there is none; filled in by the writer
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
        @Nullable History history,
        @Nullable Trend trend,
        Provenance provenance,
        Map<String, Double> metrics,
        Map<String, String> sha256) {

    /**
     * The parts of a user's vector; with the tensors {@code context} and {@code recency} they are {@link HistoryTables}.
     *
     * @param parts in the order of the dimensions
     */
    public record History(List<Part> parts) {

        /**
         * One of them.
         *
         * @param length how many dimensions
         * @param gain the length of the user's vector in them
         */
        public record Part(int length, float gain) {}

        public History {
            require("history.parts", parts);
            parts.forEach(part -> require("history.parts without null", part));
            parts = List.copyOf(parts);
        }

        static @Nullable History of(@Nullable HistoryTables tables) {
            return tables == null
                    ? null
                    : new History(tables.parts().stream()
                            .map(part -> new Part(part.length(), part.gain()))
                            .toList());
        }
    }

    /**
     * How the tensor {@code item_trend} counts; with it this is an {@link ItemTrend}.
     *
     * @param day up to which the data go
     * @param halfLifeDays after how many days a touch counts half
     */
    public record Trend(LocalDate day, double halfLifeDays) {

        public Trend {
            require("trend.day", day);
        }

        static @Nullable Trend of(@Nullable ItemTrend trend) {
            return trend == null ? null : new Trend(trend.day(), trend.halfLifeDays());
        }
    }

    /** The layout that this code writes. */
    public static final int FORMAT_VERSION = 1;

    /** {@link #similarity()}: the dot product plus the item's bias. */
    public static final String DOT = "dot";

    /** {@link #foldIn()}: ridge regression on the item table. */
    public static final String RIDGE = "ridge";

    /** {@link #foldIn()}: from what somebody has, by {@link HistoryTables}. */
    public static final String HISTORY = "history";

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

    /** What training knows of a model; the writer adds how its files are laid out. */
    public ModelManifest(
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
        this(
                formatVersion,
                version,
                backbone,
                regularizer,
                dim,
                users,
                items,
                similarity,
                foldIn,
                null,
                null,
                provenance,
                metrics,
                sha256);
    }

    /** What is read from a file may lack members, whatever their types say. */
    private static void require(String member, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a manifest needs a member '%s'".formatted(member));
        }
    }

    /** Whether what a later training can begin with is beside the model. */
    public boolean hasTrainingState() {
        return sha256.containsKey(ArtifactFiles.STATE);
    }

    /** The same with what the writer knows. */
    ModelManifest with(@Nullable History parts, @Nullable Trend counted, Map<String, String> hashes) {
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
                parts,
                counted,
                provenance,
                metrics,
                hashes);
    }
}
