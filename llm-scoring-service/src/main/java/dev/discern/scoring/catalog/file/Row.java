package dev.discern.scoring.catalog.file;

/** What became of a row of a file. */
public sealed interface Row<T> {

    /** The line the row begins at, from 1. */
    long line();

    /** A row that can be used. */
    record Accepted<T>(long line, T value) implements Row<T> {}

    /** A row that cannot. */
    record Rejected<T>(Reject reject) implements Row<T> {

        @Override
        public long line() {
            return reject.line();
        }
    }
}
