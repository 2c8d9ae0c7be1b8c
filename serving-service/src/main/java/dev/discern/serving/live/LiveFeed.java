package dev.discern.serving.live;

import dev.discern.common.db.ChangeReader;
import dev.discern.common.db.DatabaseException;
import dev.discern.common.db.SnapshotOfOtherDatabaseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link LiveData} up with the database. While the database does not answer, what is known stays as it is; when it is back,
 * everything is read again from the beginning. Going on would not do: a database that crashed gives numbers of transactions anew that it had
 * given before and lost, so that what is written under them looks as if it had been read.
 */
public final class LiveFeed {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private final @Nullable ChangeReader reader; // null: no database is configured
    private final Clock clock;
    private volatile LiveData data;
    private volatile @Nullable Outage outage;
    private volatile @Nullable String warning;
    private Origin wanted = new Origin(null);
    private @Nullable Origin origin; // of data; null until the database was read
    private String beginning = ""; // from where data goes, once it has an origin
    private String position = ""; // up to where

    /**
     * Where data begins.
     *
     * @param snapshot null where the models do not say: whenever the database is first read
     */
    private record Origin(@Nullable String snapshot) {}

    /** Since when the database does not answer, and what it said last. */
    public record Outage(Instant since, String message) {}

    /**
     * A feed that follows nothing yet.
     *
     * @param reader null where no database is configured
     */
    public LiveFeed(@Nullable ChangeReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
        this.data = new LiveData(clock);
    }

    /** What is known now. */
    public LiveData data() {
        return data;
    }

    /** Whether there is a database at all. */
    public boolean hasDatabase() {
        return reader != null;
    }

    /** Why the database cannot be reached; empty when it can, and where there is none. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /** What the operator should know of what this feed cannot know. */
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    /**
     * Follows from this snapshot on, the oldest of the models that answer. What was collected from another one stays until the database
     * was read anew.
     *
     * @param snapshot null where the models do not say: from now on
     */
    public synchronized void follow(@Nullable String snapshot) {
        wanted = new Origin(snapshot);
        if (!wanted.equals(origin)) {
            catchUp();
        }
    }

    /** Reads what changed. A caller whose own change is committed finds it in {@link #data()} afterwards, if the database answers. */
    public synchronized void catchUp() {
        if (reader == null) {
            return;
        }
        try {
            if (!wanted.equals(origin)) {
                begin(reader, wanted.snapshot() == null ? reader.snapshot() : wanted.snapshot());
            } else if (outage != null) {
                begin(reader, beginning);
            } else {
                goOn(reader);
            }
            if (outage != null) {
                LOG.info("the database answers again");
            }
            outage = null;
        } catch (DatabaseException e) {
            Outage before = outage;
            if (before == null) {
                LOG.warn("the database does not answer; answers go on from what is known: {}", e.getMessage());
            }
            outage = new Outage(before == null ? clock.instant() : before.since(), String.valueOf(e.getMessage()));
        }
    }

    private void goOn(ChangeReader database) {
        try {
            position = database.since(position, data);
        } catch (SnapshotOfOtherDatabaseException e) {
            LOG.warn(
                    "the database knows less than it did: it crashed or was restored, and is read again ({})",
                    e.getMessage());
            begin(database, beginning);
        }
    }

    private void begin(ChangeReader database, String from) {
        LiveData fresh = new LiveData(clock);
        database.likes(fresh); // of any time; models hold none
        try {
            position = database.since(from, fresh);
            beginning = from;
            if (!wanted.equals(origin)) {
                warning = null;
            }
        } catch (SnapshotOfOtherDatabaseException e) {
            warning = "the model was trained on another database: what happened since then is not known";
            LOG.warn("{} ({})", warning, e.getMessage());
            position = database.snapshot();
            beginning = position;
        }
        data = fresh;
        origin = wanted;
    }
}
