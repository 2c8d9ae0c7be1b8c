package dev.discern.serving.live;

import java.util.Arrays;

/**
 * How many users first touched an item on which day. It never changes.
 *
 * @param days UTC, in days since 1970-01-01, ascending
 * @param counts above 0, as long as {@code days}
 */
@SuppressWarnings("ArrayRecordComponent") // one for each item: kept small; never compared
public record DailyCounts(int[] days, int[] counts) {

    static final DailyCounts NONE = new DailyCounts(new int[0], new int[0]);

    /** How many in all. */
    public int total() {
        return Arrays.stream(counts).sum();
    }

    /** The same and one more. */
    DailyCounts with(int day) {
        int place = Arrays.binarySearch(days, day);
        if (place >= 0) {
            int[] more = counts.clone();
            more[place]++;
            return new DailyCounts(days, more);
        }
        int at = -place - 1;
        int[] longer = new int[days.length + 1];
        int[] more = new int[longer.length];
        System.arraycopy(days, 0, longer, 0, at);
        System.arraycopy(counts, 0, more, 0, at);
        longer[at] = day;
        more[at] = 1;
        System.arraycopy(days, at, longer, at + 1, days.length - at);
        System.arraycopy(counts, at, more, at + 1, days.length - at);
        return new DailyCounts(longer, more);
    }

    /** The same without one of this day; the last of a day takes the day with it. */
    DailyCounts without(int day) {
        int place = Arrays.binarySearch(days, day);
        if (place < 0) {
            return this;
        }
        if (counts[place] > 1) {
            int[] fewer = counts.clone();
            fewer[place]--;
            return new DailyCounts(days, fewer);
        }
        int[] shorter = Arrays.copyOf(days, days.length - 1);
        int[] fewer = Arrays.copyOf(counts, shorter.length);
        System.arraycopy(days, place + 1, shorter, place, shorter.length - place);
        System.arraycopy(counts, place + 1, fewer, place, shorter.length - place);
        return new DailyCounts(shorter, fewer);
    }
}
