package dev.discern.scoring.candidate;

/**
 * A stretch of the catalogue in order of popularity. All pools of a catalogue share its two arrays, so that a user's draw costs what
 * it draws and not what there is.
 */
final class Pool {

    private final int[] order; // (items) dense indices
    private final int[] place; // (items) where each stands in the order
    private final int from;
    private final int to;

    private Pool(int[] order, int[] place, int from, int to) {
        this.order = order;
        this.place = place;
        this.from = from;
        this.to = to;
    }

    /** All items, in this order. */
    static Pool of(int[] order) {
        int[] place = new int[order.length];
        for (int at = 0; at < order.length; at++) {
            place[order[at]] = at;
        }
        return new Pool(order.clone(), place, 0, order.length);
    }

    /** The items from place {@code low} to before place {@code high} of this pool. */
    Pool range(int low, int high) {
        return new Pool(order, place, from + low, from + high);
    }

    int size() {
        return to - from;
    }

    /** The item at a place of this pool. */
    int item(int at) {
        return order[from + at];
    }

    boolean contains(int item) {
        return place[item] >= from && place[item] < to;
    }
}
