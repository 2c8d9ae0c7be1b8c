package dev.discern.serving.recommend;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.ServingModels;
import dev.discern.serving.testing.TestModels;
import java.util.List;
import java.util.Map;

/**
 * A model whose answers can be told in the head: two directions, east and north.
 *
 * <pre>
 *   item  vector   bias  categories     users   available
 *   a     ( 4, 0)  0     east, first    ann     yes
 *   b     ( 3, 0)  0     east           ann,bob yes      no title
 *   c     ( 2, 1)  0     east, north    -       yes
 *   d     ( 0, 3)  0     north          bob     yes
 *   e     ( 0, 1)  0.5   north, first   bob     yes
 *   f     ( 9, 9)  9     east, north    ann     no
 *   user ann = (1, 0), bob = (0, 1), zoe = (1, 1) who has nothing
 *   ann has f, b, a and bob has b, e, d, oldest first
 * </pre>
 */
final class PlantedModel {

    private PlantedModel() {}

    static ServingModel make() {
        return ServingModels.of(artifact());
    }

    /**
     * The same, folding in by history: who has a, b or c last wants the north, who has d, e or f the east, and the one before counts half
     * as much. Users' vectors have length 2.
     */
    static ServingModel history() {
        EmbeddingTable context = new EmbeddingTable(6, 2, new float[] {0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0});
        return ServingModels.of(TestModels.history(
                artifact(), new HistoryTables(context, List.of(new HistoryTables.Part(2, 2, new float[] {1, 0.5f})))));
    }

    /** The same, and what a judge taught. */
    static Artifact judged(JudgedItems judged) {
        return TestModels.judged(artifact(), judged);
    }

    private static Artifact artifact() {
        return TestModels.artifact(
                "planted",
                IdIndex.of(List.of("ann", "bob", "zoe")),
                List.of(
                        item("a", "Title a", true, "east", "first"),
                        item("b", "", true, "east"),
                        item("c", "Title c", true, "east", "north"),
                        item("d", "Title d", true, "north"),
                        item("e", "Title e", true, "north", "first"),
                        item("f", "Title f", false, "east", "north")),
                new EmbeddingTable(3, 2, new float[] {1, 0, 0, 1, 1, 1}),
                new EmbeddingTable(6, 2, new float[] {4, 0, 3, 0, 2, 1, 0, 3, 0, 1, 9, 9}),
                new float[] {0, 0, 0, 0, 0.5f, 9},
                new InteractionMatrix(6, new int[] {0, 3, 6, 6}, new int[] {5, 1, 0, 1, 4, 3}));
    }

    private static Item item(String id, String title, boolean available, String... categories) {
        return new Item(id, title, List.of(categories), "", Map.of(), available);
    }
}
