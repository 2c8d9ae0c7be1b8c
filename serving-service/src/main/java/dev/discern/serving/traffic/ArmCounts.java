package dev.discern.serving.traffic;

import dev.discern.common.db.ArmStore;
import dev.discern.common.db.ArmStore.Total;
import dev.discern.common.db.DatabaseException;
import dev.discern.serving.live.Database;
import dev.discern.serving.live.LiveFeed;
import dev.discern.serving.recommend.Arm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts answers by arm and day. Counts are kept in memory, and this process's totals are written every few seconds and when the service ends:
 * a killed process loses the last seconds, an outage of the database nothing. No request waits for it.
 */
@Component
public final class ArmCounts {

    private static final Logger LOG = LoggerFactory.getLogger(ArmCounts.class);

    private final UUID process = UUID.randomUUID();
    private final Map<Key, Count> counts = new ConcurrentHashMap<>();
    private final Database database;
    private final LiveFeed feed;
    private final Clock clock;
    private final MeterRegistry meters;
    private boolean failing; // whether the last writing failed; guarded by this

    ArmCounts(Database database, LiveFeed feed, Clock clock, MeterRegistry meters) {
        this.database = database;
        this.feed = feed;
        this.clock = clock;
        this.meters = meters;
    }

    private record Key(LocalDate day, Arm arm) {}

    private static final class Count {
        private final LongAdder answers = new LongAdder();
        private final LongAdder items = new LongAdder();
        private final Counter answersMeter;
        private final Counter itemsMeter;
        private long written; // answers; guarded by the whole

        Count(Counter answersMeter, Counter itemsMeter) {
            this.answersMeter = answersMeter;
            this.itemsMeter = itemsMeter;
        }
    }

    /** Counts an answer that showed so many items. */
    public void count(Arm arm, int items) {
        Count count = counts.computeIfAbsent(new Key(today(), arm), _ -> newCount(arm));
        count.items.add(items); // before the answer: who sees the answer writes its items, too
        count.answers.increment();
        count.answersMeter.increment();
        count.itemsMeter.increment(items);
    }

    private Count newCount(Arm arm) {
        return new Count(
                meter("discern.answers", "Answers that were given", arm),
                meter("discern.answers.items", "Items in answers that were given", arm));
    }

    private Counter meter(String name, String description, Arm arm) {
        return Counter.builder(name)
                .description(description)
                .tag("alias", arm.alias().label())
                .tag("version", arm.version())
                .tag("drawn", Boolean.toString(arm.drawn()))
                .register(meters);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Writes what is new, unless the database is known to be away: it is then written when it is back. */
    @Scheduled(fixedDelayString = "${discern.traffic.write-interval:5s}")
    synchronized void write() {
        if (feed.outage().isEmpty()) {
            database.stores().ifPresent(stores -> write(stores.arms()));
        }
        LocalDate yesterday = today().minusDays(1); // a request may have begun on it
        counts.entrySet()
                .removeIf(entry -> entry.getKey().day.isBefore(yesterday)
                        && (database.stores().isEmpty()
                                || entry.getValue().written
                                        == entry.getValue().answers.sum()));
    }

    /** Writes the rest, when no request is left. */
    @PreDestroy
    synchronized void end() {
        database.stores().ifPresent(stores -> write(stores.arms()));
        if (failing) {
            LOG.error("answers of the time since the database went away were counted and could not be written");
        }
    }

    private void write(ArmStore store) {
        List<Total> totals = new ArrayList<>();
        List<Runnable> afterwards = new ArrayList<>();
        counts.forEach((key, count) -> {
            long answers = count.answers.sum();
            if (answers != count.written) {
                Arm arm = key.arm;
                totals.add(new Total(
                        key.day,
                        new ArmStore.Arm(arm.alias().label(), arm.version(), arm.drawn()),
                        answers,
                        count.items.sum()));
                afterwards.add(() -> count.written = answers);
            }
        });
        if (totals.isEmpty()) {
            return;
        }
        try {
            store.put(process, totals);
            afterwards.forEach(Runnable::run);
            failing = false;
        } catch (DatabaseException e) {
            if (!failing) {
                LOG.warn("the counts of answers are kept and written later: {}", e.getMessage());
            }
            failing = true;
        }
    }
}
