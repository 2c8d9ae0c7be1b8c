package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.data.TemporalSplit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestTimeModelTests {

    private static final int ITEMS = 4;

    /** One user of three items and more, one of two. */
    private static final InteractionMatrix HISTORIES =
            new InteractionMatrix(ITEMS, new int[] {0, 4, 6}, new int[] {2, 0, 3, 1, 1, 0});

    private static final TemporalSplit SPLIT = TemporalSplit.leaveLastTwoOut(HISTORIES);

    /** Each item is an axis, so a vector tells of what it was made. */
    @Test
    void usersAreMadeOfTrainingAndValidationItemsAndNeverOfTheTestItem() {
        float[] axes = new float[ITEMS * ITEMS];
        IntStream.range(0, ITEMS).forEach(item -> axes[item * ITEMS + item] = 1);
        HistoryTables history = new HistoryTables(
                new EmbeddingTable(ITEMS, ITEMS, axes),
                List.of(new HistoryTables.Part(ITEMS, 3, new float[] {1, 1, 1, 1})));

        float[] users = TestTimeModel.of(artifact(history), SPLIT).users();

        float third = (float) Math.sqrt(3);
        float half = 3 / (float) Math.sqrt(2);
        assertThat(users).containsExactly(new float[] {third, 0, third, third, half, half, 0, 0}, within(1e-6f));
    }

    @Test
    void learnedUsersAreThePublishedOnes() {
        assertThat(TestTimeModel.of(artifact(null), SPLIT).users()).containsOnly(7);
    }

    private static Artifact artifact(@Nullable HistoryTables history) {
        List<String> items = List.of("a", "b", "c", "d");
        float[] published = new float[2 * ITEMS];
        Arrays.fill(published, 7);
        return new Artifact(
                new ModelManifest(
                        1,
                        "v",
                        "history",
                        "off",
                        ITEMS,
                        2,
                        ITEMS,
                        ModelManifest.DOT,
                        history == null ? ModelManifest.RIDGE : ModelManifest.HISTORY,
                        new Provenance("hash", null, null, 1, Map.of(), "test", Instant.EPOCH, "here"),
                        Map.of(),
                        Map.of()),
                IdIndex.of(List.of("u", "v")),
                IdIndex.of(items),
                new EmbeddingTable(2, ITEMS, published),
                new EmbeddingTable(ITEMS, ITEMS, new float[ITEMS * ITEMS]),
                new float[ITEMS],
                HISTORIES,
                items.stream()
                        .map(id -> new Item(id, "", List.of(), "", Map.of(), true))
                        .toList(),
                history);
    }
}
