package dev.discern.common.db;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All users, items and histories of the database at one moment, in dense indices (order of {@link IdIndex}).
 *
 * @param users external user ids
 * @param items external item ids
 * @param userRowIds (users) row id of each user
 * @param itemRowIds (items) row id of each item
 * @param histories each user's distinct items, oldest first; a repeated item counts at its first time, ties stand in order of
 *     arrival
 * @param hash SHA-256 of the ids and histories in hexadecimal: equal data, equal hash
 * @param transactions those that had committed, as {@link ChangeReader} takes it: what came later is not in here; null where nobody noted it
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record Snapshot(
        IdIndex users,
        IdIndex items,
        long[] userRowIds,
        long[] itemRowIds,
        InteractionMatrix histories,
        String hash,
        @Nullable String transactions) {

    /** Of data that is in no database. */
    public Snapshot(
            IdIndex users,
            IdIndex items,
            long[] userRowIds,
            long[] itemRowIds,
            InteractionMatrix histories,
            String hash) {
        this(users, items, userRowIds, itemRowIds, histories, hash, null);
    }

    /** Maps row ids back to dense indices. */
    public static final class RowIdIndex {

        private final long[] sortedRowIds;
        private final int[] idx;

        RowIdIndex(long[] rowIds) {
            Integer[] order = new Integer[rowIds.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Long.compare(rowIds[a], rowIds[b]));
            sortedRowIds = new long[rowIds.length];
            idx = new int[rowIds.length];
            for (int i = 0; i < order.length; i++) {
                sortedRowIds[i] = rowIds[order[i]];
                idx[i] = order[i];
            }
        }

        /** The dense index of the row with this id, or -1 when the snapshot does not have it. */
        public int idx(long rowId) {
            int found = Arrays.binarySearch(sortedRowIds, rowId);
            return found < 0 ? -1 : idx[found];
        }
    }

    public RowIdIndex userByRowId() {
        return new RowIdIndex(userRowIds);
    }

    public RowIdIndex itemByRowId() {
        return new RowIdIndex(itemRowIds);
    }

    static Snapshot of(
            IdIndex users,
            IdIndex items,
            long[] userRowIds,
            long[] itemRowIds,
            InteractionMatrix histories,
            @Nullable String transactions) {
        return new Snapshot(
                users, items, userRowIds, itemRowIds, histories, hash(users, items, histories), transactions);
    }

    /** The same users and items with other histories, and so with another hash. */
    public Snapshot withHistories(InteractionMatrix others) {
        return of(users, items, userRowIds, itemRowIds, others, transactions);
    }

    /** SHA-256 of ids and histories in hexadecimal. */
    public static String hash(IdIndex users, IdIndex items, InteractionMatrix histories) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (IdIndex index : List.of(users, items)) {
                for (int idx = 0; idx < index.size(); idx++) {
                    digest.update(index.id(idx).getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) '\n');
                }
                digest.update((byte) 0);
            }
            update(digest, histories.rowStart());
            update(digest, histories.columns());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        digest.update(bytes);
    }
}
