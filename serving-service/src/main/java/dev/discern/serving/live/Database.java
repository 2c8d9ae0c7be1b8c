package dev.discern.serving.live;

import dev.discern.common.db.ArmStore;
import dev.discern.common.db.EventStore;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.UserStore;
import dev.discern.web.problem.ProblemException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What this service writes and looks up. While the database is known to be away a request is refused at once: none waits in vain. */
public final class Database {

    private static final int RETRY_SECONDS = 5;

    private final @Nullable Stores stores; // null: none is configured
    private final LiveFeed feed;

    /**
     * Over a database and the feed that follows it.
     *
     * @param dataSource null where no database is configured
     */
    public Database(@Nullable DataSource dataSource, LiveFeed feed) {
        this.stores = dataSource == null
                ? null
                : new Stores(
                        new EventStore(dataSource),
                        new ItemStore(dataSource),
                        new UserStore(dataSource),
                        new ArmStore(dataSource));
        this.feed = feed;
    }

    /** Its tables. */
    public record Stores(EventStore events, ItemStore items, UserStore users, ArmStore arms) {}

    /**
     * Looks something up.
     *
     * @throws ProblemException 503 while the database is away, and where none is configured
     */
    public <T> T read(Function<Stores, T> work) {
        return work.apply(reachable());
    }

    /**
     * Changes something. What {@code work} committed is in the feed's data when this returns.
     *
     * @throws ProblemException 503 while the database is away, and where none is configured
     */
    public <T> T write(Function<Stores, T> work) {
        T result = work.apply(reachable());
        feed.catchUp();
        return result;
    }

    /**
     * Its tables, whether or not they can be reached now; for what can wait and try again. Empty where no database is configured.
     */
    public Optional<Stores> stores() {
        return Optional.ofNullable(stores);
    }

    private Stores reachable() {
        if (stores == null) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "NO_DATABASE",
                    "this service has no database, so it takes no events and no changes: DISCERN_JDBC_URL names one");
        }
        if (feed.outage().isPresent()) {
            throw new ProblemException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "DATABASE_UNAVAILABLE",
                            "the database does not answer; try again when it is back")
                    .retryAfter(RETRY_SECONDS);
        }
        return stores;
    }
}
