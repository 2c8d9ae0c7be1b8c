package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.db.Snapshot;
import dev.discern.training.trainer.WarmStart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version of one user, whose items were a, b, c, d and e: it has learned a, b and c. */
class BeginningTests {

    private static final IdIndex ITEMS = IdIndex.of(List.of("a", "b", "c", "d", "e", "f"));
    private static final IdIndex USER = IdIndex.of(List.of("u"));

    private static final Artifact VERSION = new Artifact(
            new ModelManifest(
                    ModelManifest.FORMAT_VERSION,
                    "v1",
                    "bpr-mf",
                    "off",
                    1,
                    1,
                    6,
                    ModelManifest.DOT,
                    ModelManifest.RIDGE,
                    new Provenance("hash", null, null, 1, Map.of(), "test", Instant.EPOCH, "here"),
                    Map.of(),
                    Map.of()),
            USER,
            ITEMS,
            new EmbeddingTable(1, 1, new float[1]),
            new EmbeddingTable(6, 1, new float[6]),
            new float[6],
            new InteractionMatrix(6, new int[] {0, 5}, new int[] {0, 1, 2, 3, 4}),
            ITEMS.ids().stream()
                    .map(id -> new Item(id, "", List.of(), "", Map.of(), true))
                    .toList());

    private static int usersAhead(IdIndex users, int... history) {
        return Beginning.usersAhead(
                VERSION,
                new Snapshot(
                        users,
                        ITEMS,
                        new long[1],
                        new long[6],
                        new InteractionMatrix(6, new int[] {0, history.length}, history),
                        "now"));
    }

    @Test
    void aHistoryThatHasGrownHoldsNothingOutThatWasLearned() {
        assertThat(usersAhead(USER, 0, 1, 2, 3, 4)).isZero();
        assertThat(usersAhead(USER, 0, 1, 2, 3, 4, 5)).isZero();
        assertThat(usersAhead(IdIndex.of(List.of("somebody else")), 0, 1, 2)).isZero();
    }

    @Test
    void whereAnInteractionIsGoneWhatIsHeldOutMovesBackToIt() {
        assertThat(usersAhead(USER, 0, 1, 2, 3)).isOne();

        WarmStart start = new WarmStart(Map.of(), USER, ITEMS, USER, ITEMS);
        assertThat(new Beginning("v1", start, null, 0).warnings()).isEmpty();
        assertThat(new Beginning("v1", start, null, 1).warnings())
                .containsExactly("v1, with which training began, has learned items of 1 users that are held out now;"
                        + " for them the figures of this model are too good");
    }
}
