package dev.discern.serving.index;

/**
 * When a search is shared out to threads: only where each has enough to read, since many queries come at once and then a thread for each is
 * best.
 *
 * @param most threads for one search, at least 1
 * @param bytesEach what a thread must have to read, at least 1
 */
public record ScanThreads(int most, long bytesEach) {

    /** About five milliseconds of memory traffic. */
    private static final long WORTH_A_THREAD = 64L << 20;

    public ScanThreads {
        if (most < 1 || bytesEach < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 thread and 1 byte for each, got %d and %d".formatted(most, bytesEach));
        }
    }

    /** At most so many. */
    public static ScanThreads upTo(int most) {
        return new ScanThreads(most, WORTH_A_THREAD);
    }

    int reading(long bytes) {
        return Math.clamp(bytes / bytesEach, 1, most);
    }
}
