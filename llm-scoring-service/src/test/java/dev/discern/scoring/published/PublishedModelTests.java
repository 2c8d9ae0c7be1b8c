package dev.discern.scoring.published;

import static dev.discern.scoring.testing.Snapshots.itemRowId;
import static dev.discern.scoring.testing.Snapshots.range;
import static dev.discern.scoring.testing.Snapshots.userRowId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.data.IdIndex;
import dev.discern.common.db.Snapshot;
import dev.discern.common.vector.Kernels;
import dev.discern.scoring.testing.Models;
import dev.discern.scoring.testing.Snapshots;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedModelTests {

    /** The model has u001 and u002 and the items i001, i003 and one that the data no longer has. */
    private final PublishedModel.Scores scores = new PublishedModel(
                    Models.of(
                            "v",
                            IdIndex.of(List.of("u001", "u002")),
                            IdIndex.of(List.of("i001", "i003", "i002-gone")),
                            new EmbeddingTable(2, 2, new float[] {1, 0, 0, 1}),
                            new EmbeddingTable(3, 2, new float[] {3, 4, 9, 9, 5, 6}),
                            new float[] {0.5f, 0, -0.5f},
                            null),
                    Kernels.scalar())
            .on(Snapshots.of(5, range(0, 3), range(0, 3), range(0, 3)));

    @Test
    void aScoreIsTheDotProductAndTheItemsBias() {
        assertThat(scores.score(userRowId(1), itemRowId(1))).hasValue(3.5);
        assertThat(scores.score(userRowId(2), itemRowId(1))).hasValue(4.5);
        assertThat(scores.score(userRowId(1), itemRowId(3))).hasValue(4.5);
        assertThat(scores.score(userRowId(2), itemRowId(3))).hasValue(5.5);
    }

    @Test
    void ofUsersAndItemsThatItDoesNotKnowItSaysNothing() {
        assertThat(scores.score(userRowId(0), itemRowId(1))).isEmpty();
        assertThat(scores.score(userRowId(1), itemRowId(0))).isEmpty();
        assertThat(scores.score(77, itemRowId(1))).as("no such user").isEmpty();
        assertThat(scores.score(userRowId(1), 77)).as("no such item").isEmpty();
        assertThat(scores.knows(0)).isFalse();
        assertThat(scores.knows(1)).isTrue();
        assertThat(scores.top(0, 10, item -> true)).isEmpty();
    }

    @Test
    void theTopListHasTheDatasItemsAlone() {
        assertThat(scores.top(1, 10, item -> true)).containsExactly(3, 1);
        assertThat(scores.top(1, 1, item -> true)).containsExactly(3);
        assertThat(scores.top(1, 10, item -> item != 3)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 207, 1024, 2_500})
    void theTopListIsTheCatalogueSortedByScore(int items) {
        SplittableRandom random = new SplittableRandom(items);
        Snapshot snapshot = Snapshots.of(items, new int[0], new int[0]);
        Artifact artifact = Models.random("v", snapshot.users(), snapshot.items(), 13, random);
        PublishedModel.Scores laid = new PublishedModel(artifact, Kernels.best()).on(snapshot);

        int[] top = laid.top(1, 100, item -> item % 5 != 2);

        double[] naive = IntStream.range(0, items)
                .mapToDouble(item -> naive(artifact, 1, item))
                .toArray();
        double[] expected = IntStream.range(0, items)
                .filter(item -> item % 5 != 2)
                .mapToDouble(item -> -naive[item])
                .sorted()
                .limit(100)
                .map(score -> -score)
                .toArray();
        assertThat(top).hasSize(expected.length).doesNotHaveDuplicates();
        for (int place = 0; place < top.length; place++) {
            assertThat(top[place] % 5).isNotEqualTo(2);
            assertThat(naive[top[place]]).isEqualTo(expected[place], within(1e-4));
        }
        assertThat(laid.score(userRowId(1), itemRowId(items - 1)).orElseThrow())
                .isEqualTo(naive[items - 1], within(1e-4));
    }

    private static double naive(Artifact artifact, int user, int item) {
        int dim = artifact.users().dim();
        double sum = artifact.itemBias()[item];
        for (int k = 0; k < dim; k++) {
            sum += (double) artifact.users().values()[user * dim + k]
                    * artifact.items().values()[item * dim + k];
        }
        return sum;
    }
}
