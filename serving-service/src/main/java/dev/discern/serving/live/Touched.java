package dev.discern.serving.live;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
        if (before >= 0) {
            return micros[before] <= at ? this : without(before).with(item, at);
        }
        int place = items.length;
        while (place > 0 && micros[place - 1] > at) {
            place--;
        }
        String[] longer = Arrays.copyOf(items, items.length + 1);
        long[] times = Arrays.copyOf(micros, micros.length + 1);
        System.arraycopy(items, place, longer, place + 1, items.length - place);
        System.arraycopy(micros, place, times, place + 1, micros.length - place);
        longer[place] = item;
        times[place] = at;
        return new Touched(longer, times);
    }

    /** When the item was first touched, in microseconds since 1970; null when it was not. */
    @Nullable
    Long timeOf(String item) {
        int place = indexOf(item);
        return place < 0 ? null : micros[place];
    }

    private Touched without(int place) {
        int last = items.length - 1;
        String[] shorter = Arrays.copyOf(items, last);
        long[] times = Arrays.copyOf(micros, last);
        System.arraycopy(items, place + 1, shorter, place, last - place);
        System.arraycopy(micros, place + 1, times, place, last - place);
        return new Touched(shorter, times);
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
