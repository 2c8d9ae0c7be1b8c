package dev.discern.scoring.candidate;

/**
 * How many candidates each source draws for a prompt; the audit item comes on top. Two sources may draw the same item, which then
 * counts once, so a prompt may have a few less.
 *
 * @param uniform over the whole catalogue
 * @param popular from the 300 most popular items
 * @param tail from the bottom 10 % of items by training interactions
 * @param cold one from each of so many equal bands of popularity, for users with at most three training interactions; other users
 *     draw as many more uniformly
 */
public record Quotas(int uniform, int popular, int tail, int cold) {

    /** Twenty candidates with the audit item. */
    public static final Quotas DEFAULTS = new Quotas(12, 3, 2, 2);

    private static final int MAX_CANDIDATES = 19;

    public Quotas {
        if (uniform < 0 || popular < 0 || tail < 0 || cold < 0) {
            throw new IllegalArgumentException("quotas must not be negative");
        }
        long sum = (long) uniform + popular + tail + cold;
        if (sum < 1 || sum > MAX_CANDIDATES) {
            throw new IllegalArgumentException(
                    "quotas must add up to 1 to %d candidates, not %d".formatted(MAX_CANDIDATES, sum));
        }
    }
}
