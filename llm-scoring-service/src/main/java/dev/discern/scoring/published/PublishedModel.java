package dev.discern.scoring.published;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.db.Snapshot;
import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/**
 * A model as training published it,
 *
 * <pre>
 *   s(u, i) = p_u · q_i + b_i
 * </pre>
 *
 * It never changes, and it has learned from the training part of its own snapshot alone. Its users and items have dense indices of
 * their own; what meets today's data does so by external ids.
 */
public final class PublishedModel {

    private final Artifact artifact;
    private final VectorKernels kernels;

    /** A model; the artifact's arrays are shared, not copied. */
    public PublishedModel(Artifact artifact, VectorKernels kernels) {
        this.artifact = artifact;
        this.kernels = kernels;
    }

    public String version() {
        return artifact.manifest().version();
    }

    /** Where it came from. */
    public Provenance provenance() {
        return artifact.manifest().provenance();
    }

    /** Whether it was trained on exactly these data. */
    public boolean knowsJust(Snapshot snapshot) {
        return provenance().dataHash().equals(snapshot.hash());
    }

    /** The model laid onto these data. */
    public Scores on(Snapshot snapshot) {
        return new Scores(snapshot);
    }

    /** What the model says of the users and items of a snapshot, where it knows them. Immutable. */
    public final class Scores {

        private static final int NONE = -1;

        /** Rows scored at a time: their scores stay in the first-level cache until they have been looked at. */
        private static final int BLOCK_ROWS = 1024;

        private final Snapshot.RowIdIndex users;
        private final Snapshot.RowIdIndex items;
        private final int[] userOf; // (snapshot's users) the model's index, or NONE
        private final int[] itemOf; // (snapshot's items) the model's index, or NONE
        private final int[] back; // (model's items) the snapshot's index, or NONE

        private Scores(Snapshot snapshot) {
            this.users = snapshot.userByRowId();
            this.items = snapshot.itemByRowId();
            this.userOf = places(snapshot.users(), artifact.userIds());
            this.itemOf = places(snapshot.items(), artifact.itemIds());
            this.back = places(artifact.itemIds(), snapshot.items());
        }

        /** The version that speaks. */
        public String version() {
            return PublishedModel.this.version();
        }

        /** Whether the model knows the snapshot's user. */
        public boolean knows(int userIdx) {
            return userOf[userIdx] != NONE;
        }

        /** The score of an item for a user, both by row id; empty when the model does not know one of them. */
        public OptionalDouble score(long userRowId, long itemRowId) {
            int userIdx = users.idx(userRowId);
            int itemIdx = items.idx(itemRowId);
            if (userIdx < 0 || itemIdx < 0 || userOf[userIdx] == NONE || itemOf[itemIdx] == NONE) {
                return OptionalDouble.empty();
            }
            int item = itemOf[itemIdx];
            int dim = artifact.items().dim();
            float dot = kernels.dot(
                    artifact.users().values(),
                    userOf[userIdx] * dim,
                    artifact.items().values(),
                    item * dim,
                    dim);
            return OptionalDouble.of(dot + artifact.itemBias()[item]);
        }

        /**
         * The snapshot's items that the model would recommend to a user.
         *
         * @param userIdx the snapshot's index
         * @param allowed which of the snapshot's items count
         * @return dense indices of the snapshot, best first, at most {@code limit}; empty when the model does not know the user
         */
        public int[] top(int userIdx, int limit, IntPredicate allowed) {
            BestItems best = new BestItems(limit);
            if (!knows(userIdx)) {
                return best.items();
            }
            int rows = artifact.items().rows();
            int dim = artifact.items().dim();
            float[] scores = new float[Math.min(BLOCK_ROWS, rows)];
            for (int first = 0; first < rows; first += BLOCK_ROWS) {
                int count = Math.min(BLOCK_ROWS, rows - first);
                kernels.scores(
                        artifact.users().values(),
                        userOf[userIdx] * dim,
                        artifact.items().values(),
                        first,
                        count,
                        dim,
                        scores,
                        0);
                for (int row = 0; row < count; row++) {
                    int item = back[first + row];
                    float score = scores[row] + artifact.itemBias()[first + row];
                    if (item != NONE && best.wouldKeep(item, score) && allowed.test(item)) {
                        best.add(item, score);
                    }
                }
            }
            return best.items();
        }

        /** Where each id of one index stands in another: (from). */
        private static int[] places(IdIndex from, IdIndex to) {
            int[] places = new int[from.size()];
            Arrays.setAll(places, idx -> to.idx(from.id(idx)));
            return places;
        }
    }
}
