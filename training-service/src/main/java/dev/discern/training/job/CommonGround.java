package dev.discern.training.job;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.HistoryVectors;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Two published models where both can be tested fairly. The split is that of the newer one's data, since it holds the later
 * interactions. Of it remain the users and the items that both models know, and the held-out items that the older one was not
 * trained on. For two models of the same data that is everything. Nothing but the artifacts is read: they hold the histories.
 *
 * <p>A user's vector is what it would have been just before the test item came: of a model that makes users of histories, of all
 * earlier items that the model knows; elsewhere the published one.
 *
 * @param split in indices of its own, which both models share
 * @param first the first model on these indices
 * @param second the second model on these indices
 */
record CommonGround(TemporalSplit split, DotProductModel first, DotProductModel second) {

    /** The common ground of two models, whichever is newer. */
    static CommonGround of(Artifact first, Artifact second) {
        boolean firstIsNewer = !first.manifest()
                .provenance()
                .createdAt()
                .isBefore(second.manifest().provenance().createdAt());
        Artifact newer = firstIsNewer ? first : second;
        Artifact older = firstIsNewer ? second : first;
        Shared users = Shared.of(newer.userIds(), older.userIds());
        Shared items = Shared.of(newer.itemIds(), older.itemIds());
        TemporalSplit whole = TemporalSplit.leaveLastTwoOut(newer.seen());
        TemporalSplit split = restrict(whole, users, items, trainingOf(older));
        InteractionMatrix before = whole.beforeTest();
        DotProductModel ofNewer =
                model(newer, before, users.inNewer(), users.inNewer(), items.inNewer(), identity(newer));
        DotProductModel ofOlder =
                model(older, before, users.inNewer(), users.inOlder(), items.inOlder(), items.olderOfNewer());
        return firstIsNewer ? new CommonGround(split, ofNewer, ofOlder) : new CommonGround(split, ofOlder, ofNewer);
    }

    /**
     * Ids that two indices have in common, in the newer one's order.
     *
     * @param inNewer (common) index in the newer
     * @param inOlder (common) index in the older
     * @param olderOfNewer (newer) index in the older, or -1
     * @param placeOfNewer (newer) place among the common ones, or -1
     */
    @SuppressWarnings("ArrayRecordComponent") // read by loops; the record is never compared
    private record Shared(int[] inNewer, int[] inOlder, int[] olderOfNewer, int[] placeOfNewer) {

        static Shared of(IdIndex newer, IdIndex older) {
            int[] olderOfNewer = IntStream.range(0, newer.size())
                    .map(n -> older.idx(newer.id(n)))
                    .toArray();
            int[] inNewer = IntStream.range(0, newer.size())
                    .filter(n -> olderOfNewer[n] >= 0)
                    .toArray();
            int[] placeOfNewer = new int[newer.size()];
            Arrays.fill(placeOfNewer, -1);
            for (int place = 0; place < inNewer.length; place++) {
                placeOfNewer[inNewer[place]] = place;
            }
            return new Shared(
                    inNewer, Arrays.stream(inNewer).map(n -> olderOfNewer[n]).toArray(), olderOfNewer, placeOfNewer);
        }
    }

    private static InteractionMatrix trainingOf(Artifact artifact) {
        return TemporalSplit.leaveLastTwoOut(artifact.seen()).train().sorted();
    }

    private static int[] identity(Artifact artifact) {
        return IntStream.range(0, artifact.itemIds().size()).toArray();
    }

    private static TemporalSplit restrict(
            TemporalSplit whole, Shared users, Shared items, InteractionMatrix trainingOfOlder) {
        int[] validation = new int[users.inNewer().length];
        int[] test = new int[users.inNewer().length];
        for (int place = 0; place < test.length; place++) {
            int user = users.inNewer()[place];
            int tested = whole.test()[user];
            boolean known = tested != TemporalSplit.NONE
                    && items.olderOfNewer()[tested] >= 0
                    && !trainingOfOlder.contains(users.inOlder()[place], items.olderOfNewer()[tested]);
            test[place] = known ? items.placeOfNewer()[tested] : TemporalSplit.NONE;
            int validated = whole.validation()[user];
            validation[place] = validated == TemporalSplit.NONE || items.placeOfNewer()[validated] < 0
                    ? TemporalSplit.NONE
                    : items.placeOfNewer()[validated];
        }
        return new TemporalSplit(
                rows(whole.train(), users.inNewer(), items.placeOfNewer(), items.inNewer().length), validation, test);
    }

    /** Some rows of a matrix with its columns renamed; columns without a name are left out. */
    private static InteractionMatrix rows(InteractionMatrix matrix, int[] users, int[] columnName, int columns) {
        int[] rowStart = new int[users.length + 1];
        int[] kept = new int[matrix.columns().length];
        int next = 0;
        for (int row = 0; row < users.length; row++) {
            for (int k = matrix.rowStart()[users[row]]; k < matrix.rowStart()[users[row] + 1]; k++) {
                int name = columnName[matrix.columns()[k]];
                if (name >= 0) {
                    kept[next++] = name;
                }
            }
            rowStart[row + 1] = next;
        }
        return new InteractionMatrix(columns, rowStart, Arrays.copyOf(kept, next));
    }

    /**
     * The model of an artifact on the common users and items.
     *
     * @param before what the newer data's users had before their test items
     * @param usersOfBefore (common) rows of {@code before}
     * @param users (common) rows of the artifact's user table
     * @param items (common) rows of the artifact's item table
     * @param itemOfBefore (items of {@code before}) the artifact's index of each, or -1
     */
    private static DotProductModel model(
            Artifact artifact,
            InteractionMatrix before,
            int[] usersOfBefore,
            int[] users,
            int[] items,
            int[] itemOfBefore) {
        int dim = artifact.manifest().dim();
        HistoryTables history = artifact.history();
        float[] userTable = history == null
                ? rows(artifact.users().values(), users, dim)
                : HistoryVectors.of(
                        rows(
                                before,
                                usersOfBefore,
                                itemOfBefore,
                                artifact.itemIds().size()),
                        history,
                        Kernels.best());
        float[] bias = new float[items.length];
        for (int place = 0; place < items.length; place++) {
            bias[place] = artifact.itemBias()[items[place]];
        }
        return new DotProductModel(dim, userTable, rows(artifact.items().values(), items, dim), bias);
    }

    private static float[] rows(float[] table, int[] rows, int dim) {
        float[] picked = new float[Math.multiplyExact(rows.length, dim)];
        for (int place = 0; place < rows.length; place++) {
            System.arraycopy(table, rows[place] * dim, picked, place * dim, dim);
        }
        return picked;
    }
}
