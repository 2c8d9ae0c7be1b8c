package dev.discern.training.publish;

import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.Item;
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
     * @param model its users as they are without what training held out
     * @param history what makes users' vectors of their histories; null where they are learned
     */
    public void publish(
            Name name,
            DotProductModel model,
            @Nullable HistoryTables history,
            Snapshot snapshot,
            Provenance provenance,
            Map<String, Double> metrics) {
        if (Files.isDirectory(aliases.modelFolder(name.version()))) {
            ModelManifest there =
                    ArtifactReader.read(aliases.modelFolder(name.version())).manifest();
            if (there.regularizer().equals(name.regularizer()) && same(there.provenance(), provenance)) {
                return;
            }
        }
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                name.version(),
                name.backbone(),
                name.regularizer(),
                model.dim(),
                model.userCount(),
                model.itemCount(),
                ModelManifest.DOT,
                history == null ? ModelManifest.RIDGE : ModelManifest.HISTORY,
                provenance,
                metrics,
                Map.of());
        writer.write(new Artifact(
                manifest,
                snapshot.users(),
                snapshot.items(),
                new EmbeddingTable(model.userCount(), model.dim(), model.users()),
                new EmbeddingTable(model.itemCount(), model.dim(), model.items()),
                model.itemBias(),
                snapshot.histories(),
                catalog(snapshot),
                history));
    }

    /** Whether two models came from the same work, whenever and wherever it was done. */
    private static boolean same(Provenance a, Provenance b) {
        return a.dataHash().equals(b.dataHash())
                && Objects.equals(a.scoringRun(), b.scoringRun())
                && a.seed() == b.seed()
                && a.parameters().equals(b.parameters());
    }

    /** How a model is called. */
    public record Name(String version, String backbone, String regularizer) {}

    /** The snapshot's items in index order; an item that was deleted since keeps its place, unavailable. */
    private List<Item> catalog(Snapshot snapshot) {
        Map<String, Item> byId = new HashMap<>();
        items.forEach((item, rowId) -> byId.put(item.id(), item));
        List<Item> catalog = new ArrayList<>(snapshot.items().size());
        for (String id : snapshot.items().ids()) {
            Item item = byId.get(id);
            catalog.add(item == null ? new Item(id, "", List.of(), "", Map.of(), false) : item);
        }
        return catalog;
    }
}
