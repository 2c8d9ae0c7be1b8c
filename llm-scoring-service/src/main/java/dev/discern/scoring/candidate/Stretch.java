package dev.discern.scoring.candidate;

/**
 * A stretch of the catalogue in order of popularity. All stretches of a catalogue share its two arrays, so that a user's draw costs what
 * it draws and not what there is.
 */
final class Stretch implements Pool {

    private final int[] order; // (items) dense indices
    private final int[] place; // (items) where each stands in the order
    private final int from;
    private final int to;

    private Stretch(int[] order, int[] place, int from, int to) {
        this.order = order;
        this.place = place;
        this.from = from;
        this.to = to;
    }

    /** All items, in this order. */
    static Stretch of(int[] order) {
        int[] place = new int[order.length];
        for (int at = 0; at < order.length; at++) {
            place[order[at]] = at;
        }
        return new Stretch(order.clone(), place, 0, order.length);
    }

    /** The items from place {@code low} to before place {@code high} of this stretch. */
    Stretch range(int low, int high) {
        return new Stretch(order, place, from + low, from + high);
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public int item(int at) {
        return order[from + at];
    }

    @Override
    public boolean contains(int item) {
        return place[item] >= from && place[item] < to;
    }
}
