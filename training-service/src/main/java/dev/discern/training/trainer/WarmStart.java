package dev.discern.training.trainer;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.data.IdIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The parameters of an earlier version, for training to begin with in place of fresh ones. Users and items are the same where their
 * external ids are; those that the earlier version did not know begin fresh. The optimizer begins anew.
 */
public final class WarmStart {

    private static final int FRESH = -1;

    private final Map<String, EmbeddingTable> learned;
    private final int[] userThen; // (users) row in the earlier version, or FRESH
    private final int[] itemThen; // (items) row in the earlier version, or FRESH
    private final int usersThen;

    /**
     * From an earlier version to the data that is trained on.
     *
     * @param learned {@link Fitting#learned} of the earlier version
     */
    public WarmStart(
            Map<String, EmbeddingTable> learned, IdIndex usersThen, IdIndex itemsThen, IdIndex users, IdIndex items) {
        this.learned = learned;
        this.userThen = then(users, usersThen);
        this.itemThen = then(items, itemsThen);
        this.usersThen = usersThen.size();
    }

    private static int[] then(IdIndex now, IdIndex then) {
        return IntStream.range(0, now.size()).map(idx -> then.idx(now.id(idx))).toArray();
    }

    /** How many users begin with what was learned of them. */
    public int knownUsers() {
        return (int) Arrays.stream(userThen).filter(row -> row != FRESH).count();
    }

    /** How many items begin with what was learned of them. */
    public int knownItems() {
        return (int) Arrays.stream(itemThen).filter(row -> row != FRESH).count();
    }

    /**
     * Puts the parameters into a fresh fitting.
     *
     * @throws IllegalArgumentException if the earlier version has other tables, or of another width
     */
    public void into(Fitting fitting) {
        List<Fitting.Table> tables = fitting.tables();
        for (int n = 0; n < tables.size(); n++) {
            Fitting.Table table = tables.get(n);
            float[] now = fitting.parameters().get(n);
            EmbeddingTable then = learned.get(table.key());
            int dim = now.length / table.rows();
            if (then == null || then.dim() != dim) {
                throw new IllegalArgumentException("the earlier version's %s: expected rows of %d, found %s"
                        .formatted(table.name(), dim, then == null ? "none" : "rows of " + then.dim()));
            }
            copy(then, rows(table.of()), now);
        }
    }

    /** The row of the earlier version for each row of a table. */
    private int[] rows(Fitting.RowsOf of) {
        return switch (of) {
            case USERS -> userThen;
            case ITEMS -> itemThen;
            case USERS_AND_ITEMS ->
                IntStream.concat(
                                Arrays.stream(userThen),
                                Arrays.stream(itemThen).map(row -> row == FRESH ? FRESH : usersThen + row))
                        .toArray();
            case MODEL -> new int[] {0};
        };
    }

    private static void copy(EmbeddingTable then, int[] rows, float[] now) {
        int dim = then.dim();
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] != FRESH) {
                System.arraycopy(then.values(), rows[row] * dim, now, row * dim, dim);
            }
        }
    }
}
