package dev.discern.serving.live;

import java.util.ArrayList;
import java.util.List;

/**
 * What one user touched, each item once, at its first time: oldest first, and of equal times in the order of arrival, as training orders
 * histories. It never changes.
 *
 * @param items external ids
 * @param micros since 1970, as long as {@code items}
 */
@SuppressWarnings("ArrayRecordComponent") // one for each user: kept small; never compared
record Touched(String[] items, long[] micros) {

    static final Touched NOTHING = new Touched(new String[0], new long[0]);

    /** The same and one more. */
    Touched with(String item, long at) {
        int before = indexOf(item);
        if (before >= 0 && micros[before] <= at) {
            return this;
        }
        List<String> newItems = new ArrayList<>(List.of(items));
        List<Long> newMicros = new ArrayList<>();
        for (long time : micros) {
            newMicros.add(time);
        }
        if (before >= 0) {
            newItems.remove(before);
            newMicros.remove(before);
        }
        int place = newItems.size();
        while (place > 0 && newMicros.get(place - 1) > at) {
            place--;
        }
        newItems.add(place, item);
        newMicros.add(place, at);
        return new Touched(
                newItems.toArray(String[]::new),
                newMicros.stream().mapToLong(Long::longValue).toArray());
    }

    private int indexOf(String item) {
        for (int k = 0; k < items.length; k++) {
            if (items[k].equals(item)) {
                return k;
            }
        }
        return -1;
    }
}
