package dev.discern.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.db.ArmStore;
import dev.discern.common.db.ArmStore.Answers;
import dev.discern.common.db.ChangeReader;
import dev.discern.common.testing.TestDatabase;
import dev.discern.serving.live.Database;
import dev.discern.serving.live.LiveFeed;
import dev.discern.serving.recommend.Arm;
import dev.discern.serving.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArmCountsIntegrationTests {

    private static final LocalDate DAY = LocalDate.parse("2026-01-31");
    private static final Arm CHAMPION = new Arm(Alias.CHAMPION, "v1", true);
    private static final Arm CHALLENGER = new Arm(Alias.CHALLENGER, "v2", true);

    private final DataSource sound = TestDatabase.migrated().dataSource();
    private final ArmStore store = new ArmStore(sound);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock(DAY.atTime(12, 0).toInstant(ZoneOffset.UTC));
    private final DataSource fragile = fragile();
    private volatile boolean broken;
    private volatile boolean breakingAfterCommit;
    private final LiveFeed feed = new LiveFeed(new ChangeReader(fragile), clock);
    private final Database database = new Database(fragile, feed);

    @Test
    void whatManyThreadsCountIsWrittenWholeAndOnce() {
        ArmCounts counts = start();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int n = 0; n < 1_000; n++) {
                        counts.count(CHAMPION, 10);
                        counts.count(CHALLENGER, 3);
                        if (n % 100 == 0) {
                            counts.write();
                        }
                    }
                });
            }
        }
        counts.write();
        counts.write();

        assertThat(written())
                .containsExactly(
                        new Answers(of(CHALLENGER), DAY, DAY, 4_000, 12_000),
                        new Answers(of(CHAMPION), DAY, DAY, 4_000, 40_000));
        assertThat(meters.get("discern.answers")
                        .tags("alias", "challenger", "version", "v2", "drawn", "true")
                        .counter()
                        .count())
                .isEqualTo(4_000);
        assertThat(meters.get("discern.answers.items")
                        .tag("alias", "challenger")
                        .counter()
                        .count())
                .isEqualTo(12_000);
    }

    @Test
    void aRestartAddsToWhatWasCountedBefore() {
        ArmCounts before = start();
        before.count(CHAMPION, 10);
        before.count(CHAMPION, 10);
        before.end();
        ArmCounts after = start();
        after.count(CHAMPION, 5);
        after.end();

        assertThat(written()).containsExactly(new Answers(of(CHAMPION), DAY, DAY, 3, 25));
    }

    /** However the outage shows: known beforehand, or by a write that fails. */
    @Test
    void anOutageLosesNothing() {
        ArmCounts counts = start();
        counts.count(CHAMPION, 10);
        broken = true;
        counts.write(); // nobody knows yet
        feed.catchUp();
        assertThat(feed.outage()).isPresent();
        counts.count(CHAMPION, 10);
        counts.write();
        clock.advance(Duration.ofDays(3)); // a long one
        counts.count(CHALLENGER, 1);
        counts.write();
        assertThat(written()).isEmpty();

        broken = false;
        feed.catchUp();
        counts.write();

        assertThat(written())
                .containsExactly(
                        new Answers(of(CHALLENGER), DAY.plusDays(3), DAY.plusDays(3), 1, 1),
                        new Answers(of(CHAMPION), DAY, DAY, 2, 20));
        counts.write();
        assertThat(written()).hasSize(2);
    }

    /** A connection that breaks at the commit leaves open whether it was done. */
    @Test
    void aWriteWhoseOutcomeIsUnknownCountsOnce() {
        ArmCounts counts = start();
        counts.count(CHAMPION, 10);
        counts.write();
        counts.count(CHAMPION, 10);
        breakingAfterCommit = true;
        counts.write(); // is done, and looks as if it were not
        breakingAfterCommit = false;
        assertThat(written()).containsExactly(new Answers(of(CHAMPION), DAY, DAY, 2, 20));
        counts.write();

        assertThat(written()).containsExactly(new Answers(of(CHAMPION), DAY, DAY, 2, 20));
    }

    @Test
    void withoutADatabaseOnlyMetersCount() {
        ArmCounts counts =
                new ArmCounts(new Database(null, new LiveFeed(null, clock)), new LiveFeed(null, clock), clock, meters);
        counts.count(CHAMPION, 10);
        counts.write();
        counts.end();
        assertThat(meters.get("discern.answers").counter().count()).isEqualTo(1);
    }

    private ArmCounts start() {
        return new ArmCounts(database, feed, clock, meters);
    }

    private List<Answers> written() {
        return store.since(DAY.minusDays(1));
    }

    private static ArmStore.Arm of(Arm arm) {
        return new ArmStore.Arm(arm.alias().label(), arm.version(), arm.drawn());
    }

    /** Refuses connections while it is broken, and loses the answer to a commit on demand. */
    private DataSource fragile() {
        return proxy(DataSource.class, sound, (method, result) -> {
            if (broken) {
                throw new SQLTransientConnectionException("nobody answers");
            }
            return result instanceof Connection connection
                    ? proxy(Connection.class, connection, (call, done) -> {
                        if (breakingAfterCommit && call.equals("commit")) {
                            throw new SQLTransientConnectionException("the connection is gone");
                        }
                        return done;
                    })
                    : result;
        });
    }

    private interface Afterwards {
        @Nullable
        Object of(String method, @Nullable Object result) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Afterwards afterwards) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        return afterwards.of(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
