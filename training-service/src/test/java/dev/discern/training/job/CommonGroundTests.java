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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommonGroundTests {

    private static final int NONE = TemporalSplit.NONE;

    /** Users u, v, w of items a to e; user v had three items, w two. */
    private static final List<String> OLD_ITEMS = List.of("a", "b", "c", "d", "e");

    private static final Artifact OLD =
            artifact("old", 1, List.of("u", "v", "w"), OLD_ITEMS, new int[][] {{0, 1, 2, 3}, {4, 3, 2}, {0, 1}}, null);

    @Test
    void twoModelsOfTheSameDataMeetOnAllOfIt() {
        Artifact other = artifact(
                "other", 2, List.of("u", "v", "w"), OLD_ITEMS, new int[][] {{0, 1, 2, 3}, {4, 3, 2}, {0, 1}}, null);

        CommonGround ground = CommonGround.of(OLD, other);

        TemporalSplit split = TemporalSplit.leaveLastTwoOut(OLD.seen());
        assertThat(ground.split().train().columns()).isEqualTo(split.train().columns());
        assertThat(ground.split().train().rowStart()).isEqualTo(split.train().rowStart());
        assertThat(ground.split().validation()).isEqualTo(split.validation());
        assertThat(ground.split().test()).isEqualTo(split.test());
        assertThat(ground.first().users()).isEqualTo(OLD.users().values());
        assertThat(ground.second().items()).isEqualTo(other.items().values());
        assertThat(ground.second().itemBias()).isEqualTo(other.itemBias());
    }

    /**
     * The newer data lacks item a and user v, and has item Z (before all others) and user x. User u has Z and e more, so e is the test
     * item and Z the validation item, which the older model does not know. User w has d more.
     */
    @Test
    void twoModelsOfDifferentDataMeetOnWhatBothKnow() {
        Artifact newer = artifact(
                "new",
                2,
                List.of("u", "w", "x"),
                List.of("Z", "b", "c", "d", "e"),
                new int[][] {{1, 2, 3, 0, 4}, {1, 2, 3}, {0, 1, 2, 3}},
                null);

        for (CommonGround ground : List.of(CommonGround.of(newer, OLD), swapped(CommonGround.of(OLD, newer)))) {
            // In common: users u, w; items b, c, d, e.
            assertThat(ground.split().train().items()).isEqualTo(4);
            assertThat(ground.split().train().row(0)).containsExactly(0, 1, 2);
            assertThat(ground.split().train().row(1)).containsExactly(0);
            assertThat(ground.split().validation()).containsExactly(NONE, 1);
            assertThat(ground.split().test()).containsExactly(3, 2);
            assertThat(ground.first().users()).containsExactly(user("new", 0), user("new", 1));
            assertThat(ground.second().users()).containsExactly(user("old", 0), user("old", 2));
            assertThat(ground.first().items())
                    .containsExactly(item("new", 1), item("new", 2), item("new", 3), item("new", 4));
            assertThat(ground.second().items())
                    .containsExactly(item("old", 1), item("old", 2), item("old", 3), item("old", 4));
            assertThat(ground.second().itemBias()).containsExactly(-1, -2, -3, -4);
        }
    }

    /** Item a came to u's end again: the older model was trained on it, so it is no test of that model. */
    @Test
    void whatTheOlderModelWasTrainedOnIsNotTested() {
        Artifact newer = artifact(
                "new", 2, List.of("u", "v", "w"), OLD_ITEMS, new int[][] {{1, 2, 3, 0}, {4, 3, 2}, {0, 1}}, null);

        assertThat(CommonGround.of(newer, OLD).split().test()).containsExactly(NONE, 2, NONE);
    }

    @Test
    void whoHasNothingInCommonIsNotCompared() {
        Artifact newer = artifact("new", 2, List.of("y"), List.of("z"), new int[][] {{0}}, null);

        ModelComparison comparison = PromotionGuard.compare(newer, OLD);

        assertThat(comparison.users()).isZero();
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.sameData()).isFalse();
    }

    /** Each item is an axis, so a vector tells of what it was made: of all items that its own model knows, the test item apart. */
    @Test
    void usersOfHistoriesAreMadeOfWhatTheyHadBeforeTheTestItem() {
        Artifact newer = artifact(
                "new", 2, List.of("u"), List.of("Z", "b", "c", "d", "e"), new int[][] {{1, 2, 3, 0, 4}}, history());
        Artifact older = artifact("old", 1, List.of("u"), OLD_ITEMS, new int[][] {{0, 1, 2, 3}}, history());

        CommonGround ground = CommonGround.of(newer, older);

        assertThat(ground.first().users()).containsExactly(new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0}, within(1e-6f));
        float third = (float) Math.sqrt(1 / 3.0);
        assertThat(ground.second().users()).containsExactly(new float[] {0, third, third, third, 0}, within(1e-6f));
    }

    private static CommonGround swapped(CommonGround ground) {
        return new CommonGround(ground.split(), ground.second(), ground.first());
    }

    private static float user(String version, int user) {
        return version.hashCode() % 100 + user;
    }

    private static float item(String version, int item) {
        return version.hashCode() % 100 + 1000 + item;
    }

    private static HistoryTables history() {
        float[] axes = new float[25];
        IntStream.range(0, 5).forEach(item -> axes[item * 5 + item] = 1);
        return new HistoryTables(
                new EmbeddingTable(5, 5, axes), List.of(new HistoryTables.Part(5, 1, new float[] {1, 1, 1, 1, 1, 1})));
    }

    private static Artifact artifact(
            String version,
            int day,
            List<String> users,
            List<String> items,
            int[][] histories,
            @Nullable HistoryTables history) {
        int dim = history == null ? 1 : 5;
        float[] userTable = new float[users.size() * dim];
        IntStream.range(0, userTable.length).forEach(n -> userTable[n] = user(version, n));
        float[] itemTable = new float[items.size() * dim];
        IntStream.range(0, itemTable.length).forEach(n -> itemTable[n] = item(version, n));
        float[] bias = new float[items.size()];
        IntStream.range(0, bias.length).forEach(n -> bias[n] = -n);
        int[] rowStart = new int[histories.length + 1];
        for (int u = 0; u < histories.length; u++) {
            rowStart[u + 1] = rowStart[u] + histories[u].length;
        }
        int[] columns = IntStream.range(0, histories.length)
                .flatMap(u -> IntStream.of(histories[u]))
                .toArray();
        return new Artifact(
                new ModelManifest(
                        1,
                        version,
                        "history",
                        "off",
                        dim,
                        users.size(),
                        items.size(),
                        ModelManifest.DOT,
                        history == null ? ModelManifest.RIDGE : ModelManifest.HISTORY,
                        new Provenance(
                                version, null, null, 1, Map.of(), "test", Instant.EPOCH.plusSeconds(day), "here"),
                        Map.of(),
                        Map.of()),
                IdIndex.of(users),
                IdIndex.of(items),
                new EmbeddingTable(users.size(), dim, userTable),
                new EmbeddingTable(items.size(), dim, itemTable),
                bias,
                new InteractionMatrix(items.size(), rowStart, columns),
                items.stream()
                        .map(id -> new Item(id, "", List.of(), "", Map.of(), true))
                        .toList(),
                history);
    }
}
