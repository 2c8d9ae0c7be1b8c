package dev.discern.scoring.chat;

/** How full a batch is. A line counts with its line break. */
final class BatchSize {

    private final int maxLines;
    private final long maxBytes;
    private int lines;
    private long bytes;

    BatchSize(int maxLines, long maxBytes) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds a line of so many bytes; false when the batch has no room for it.
     *
     * @throws IllegalStateException when no batch has
     */
    boolean add(int lineBytes) {
        long added = lineBytes + 1L;
        if (added > maxBytes) {
            throw new IllegalStateException(
                    "a prompt's line has %d bytes, and a batch at most %d: raise discern.llm.batch.max-bytes"
                            .formatted(added, maxBytes));
        }
        if (lines == maxLines || bytes + added > maxBytes) {
            return false;
        }
        lines++;
        bytes += added;
        return true;
    }
}
