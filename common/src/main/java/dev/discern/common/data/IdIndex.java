package dev.discern.common.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * External ids and their dense indices. Ids are opaque; they are ordered by their UTF-8 bytes, so that the same set of ids
 * always gets the same indices, whatever the machine's language.
 */
public final class IdIndex {

    /** The order of ids: unsigned comparison of their UTF-8 bytes, the same as Postgres' {@code COLLATE "C"}. */
    public static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final IdIndex EMPTY = new IdIndex(new String[0]);

    private final String[] ids;

    private IdIndex(String[] sorted) {
        this.ids = sorted;
    }

    /**
     * An index of these ids.
     *
     * @throws IllegalArgumentException if an id appears twice
     */
    public static IdIndex of(Collection<String> ids) {
        String[] sorted = ids.toArray(String[]::new);
        Arrays.sort(sorted, ORDER);
        for (int idx = 1; idx < sorted.length; idx++) {
            if (sorted[idx].equals(sorted[idx - 1])) {
                throw new IllegalArgumentException("id appears twice: " + sorted[idx]);
            }
        }
        return sorted.length == 0 ? EMPTY : new IdIndex(sorted);
    }

    public int size() {
        return ids.length;
    }

    /** The external id at {@code idx}, in {@code [0, size())}. */
    public String id(int idx) {
        return ids[idx];
    }

    /** The dense index of {@code id}, or -1 when it is unknown. */
    public int idx(String id) {
        int found = Arrays.binarySearch(ids, id, ORDER);
        return found < 0 ? -1 : found;
    }

    /** All ids in index order. */
    public List<String> ids() {
        return List.of(ids);
    }
}
