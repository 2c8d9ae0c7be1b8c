package dev.discern.training.publish;

import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.artifact.TrainingState;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.Snapshot;
import dev.discern.training.backbone.DotProductModel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes trained models as artifacts. */
@Component
public class Publisher {

    private final ArtifactWriter writer;
    private final Aliases aliases;
    private final ItemStore items;

    Publisher(ArtifactWriter writer, Aliases aliases, ItemStore items) {
        this.writer = writer;
        this.aliases = aliases;
        this.items = items;
    }

    /**
     * Writes a model. A restarted job may ask again for what it had written just before it was killed: a whole artifact of that
     * version and data is left as it is.
     *
     * @param name version, backbone and regularizer
     */
    public void publish(Name name, Model model, Data data, Provenance provenance, Map<String, Double> metrics) {
        if (Files.isDirectory(aliases.modelFolder(name.version()))) {
            ModelManifest there =
                    ArtifactReader.read(aliases.modelFolder(name.version())).manifest();
            if (there.regularizer().equals(name.regularizer()) && same(there.provenance(), provenance)) {
                return;
            }
        }
        DotProductModel vectors = model.vectors();
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                name.version(),
                name.backbone(),
                name.regularizer(),
                vectors.dim(),
                vectors.userCount(),
                vectors.itemCount(),
                ModelManifest.DOT,
                model.history() == null ? ModelManifest.RIDGE : ModelManifest.HISTORY,
                provenance,
                metrics,
                Map.of());
        writer.write(
                new Artifact(
                        manifest,
                        data.users(),
                        data.items(),
                        new EmbeddingTable(vectors.userCount(), vectors.dim(), vectors.users()),
                        new EmbeddingTable(vectors.itemCount(), vectors.dim(), vectors.items()),
                        vectors.itemBias(),
                        data.histories(),
                        catalog(data.items()),
                        model.history(),
                        model.judged(),
                        data.trend()),
                model.state());
    }

    /** Whether two models came from the same work, whenever and wherever it was done. */
    private static boolean same(Provenance a, Provenance b) {
        return a.dataHash().equals(b.dataHash())
                && Objects.equals(a.scoringRun(), b.scoringRun())
                && Objects.equals(a.warmStart(), b.warmStart())
                && Objects.equals(a.embeddedFrom(), b.embeddedFrom())
                && a.seed() == b.seed()
                && a.parameters().equals(b.parameters());
    }

    /** How a model is called. */
    public record Name(String version, String backbone, String regularizer) {}

    /**
     * What a model is.
     *
     * @param vectors its users as they are without what training held out
     * @param history what makes users' vectors of their histories; null where they are learned
     * @param judged what a judge taught of its items; null where it taught nothing
     * @param state what a later training can begin with; null where the vectors are enough
     */
    public record Model(
            DotProductModel vectors,
            @Nullable HistoryTables history,
            @Nullable JudgedItems judged,
            @Nullable TrainingState state) {}

    /**
     * Whom and what a model knows, and everything that users have.
     *
     * @param trend what they turned to lately; null where that is not known
     */
    public record Data(
            IdIndex users,
            IdIndex items,
            InteractionMatrix histories,
            @Nullable ItemTrend trend) {

        /** All of a snapshot. */
        public static Data of(Snapshot snapshot, @Nullable ItemTrend trend) {
            return new Data(snapshot.users(), snapshot.items(), snapshot.histories(), trend);
        }
    }

    /** These items as they are now, in index order; an item that was deleted keeps its place, unavailable. */
    private List<Item> catalog(IdIndex ids) {
        Map<String, Item> byId = new HashMap<>();
        items.forEach((item, rowId) -> byId.put(item.id(), item));
        List<Item> catalog = new ArrayList<>(ids.size());
        for (String id : ids.ids()) {
            Item item = byId.get(id);
            catalog.add(item == null ? new Item(id, "", List.of(), "", Map.of(), false) : item);
        }
        return catalog;
    }
}
