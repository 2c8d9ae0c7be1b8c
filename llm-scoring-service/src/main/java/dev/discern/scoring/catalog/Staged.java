package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.Position;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How far a file has been read into its stage.
 *
 * @param read rows read, rejected ones among them
 * @param rejected rows rejected while reading
 * @param position where the next row begins
 * @param rejectBytes length of the step's reject file
 */
record Staged(long read, long rejected, Position position, long rejectBytes) {

    static final Staged NOTHING = new Staged(0, 0, Position.START, 0);

    static Staged in(ExecutionContext context) {
        return new Staged(
                context.getLong("read", 0),
                context.getLong("rejected", 0),
                new Position(context.getLong("offset", 0), context.getLong("line", 0)),
                context.getLong("rejectBytes", 0));
    }

    Staged plus(long moreRead, long moreRejected, Position newPosition, long newRejectBytes) {
        return new Staged(read + moreRead, rejected + moreRejected, newPosition, newRejectBytes);
    }

    void putInto(ExecutionContext context) {
        context.putLong("read", read);
        context.putLong("rejected", rejected);
        context.putLong("offset", position.offset());
        context.putLong("line", position.line());
        context.putLong("rejectBytes", rejectBytes);
    }
}
