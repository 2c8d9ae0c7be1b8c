package dev.discern.serving.traffic;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.live.LiveFeed;
import dev.discern.serving.model.ActiveModels;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.RecommendedItem;
import dev.discern.serving.recommend.Recommender;
import dev.discern.serving.recommend.TrafficProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Has the shadow answer what champion or challenger have answered, after they did, and compares. Few threads work off a short queue; what does
 * not fit into it is dropped and counted, so that no request waits and none fails. Nothing of users or items is kept or logged.
 */
@Component
public final class ShadowAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowAnswers.class);

    private static final int WAITING = 256;

    /** Queries that name more items are dropped: those that wait shall not fill the memory. */
    private static final int NAMED_ITEMS = 1_000;

    private static final int PROCESSORS_PER_THREAD = 4;

    private final Supplier<Optional<ServingModel>> shadow;
    private final BiFunction<ServingModel, Query, Answer> question;
    private final double share;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Counter dropped;
    private final Counter failures;
    private final ThreadPoolExecutor threads;
    private volatile ShadowTally tally;

    @Autowired
    ShadowAnswers(ActiveModels models, LiveFeed feed, TrafficProperties traffic, Clock clock, MeterRegistry meters) {
        this(
                () -> Optional.ofNullable(models.all().get(Alias.SHADOW)),
                (model, query) -> new Recommender(model, feed.data()).recommend(query),
                traffic.shadowShare(),
                clock,
                meters);
    }

    /**
     * Over these models.
     *
     * @param shadow the model that is compared; empty while there is none
     * @param question how a model is asked
     * @param share of the answers that are compared, in [0, 1]
     */
    ShadowAnswers(
            Supplier<Optional<ServingModel>> shadow,
            BiFunction<ServingModel, Query, Answer> question,
            double share,
            Clock clock,
            MeterRegistry meters) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("discern.traffic.shadow-share: expected 0 to 1, got " + share);
        }
        this.shadow = shadow;
        this.question = question;
        this.share = share;
        this.clock = clock;
        this.meters = meters;
        this.dropped = Counter.builder("discern.shadow.dropped")
                .description("Answers that the shadow was not asked for because it is too slow")
                .register(meters);
        this.failures = Counter.builder("discern.shadow.failures")
                .description("Answers at which the shadow failed")
                .register(meters);
        int processors = Runtime.getRuntime().availableProcessors();
        int size = Math.max(1, processors / PROCESSORS_PER_THREAD);
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("shadow-", 0).factory());
        this.tally = new ShadowTally("", clock.instant(), meters);
    }

    /**
     * Asks the shadow the same, later, if there is one and if this answer is in the share. Never fails, never waits.
     *
     * @param given what the model under {@code by} has answered
     */
    public void compare(Query query, Alias by, Answer given) {
        Optional<ServingModel> model = by == Alias.SHADOW ? Optional.empty() : shadow.get();
        if (model.isEmpty() || ThreadLocalRandom.current().nextDouble() >= share) {
            return;
        }
        ShadowTally of = tally(model.get());
        if (namedItems(query) > NAMED_ITEMS) {
            drop(of);
            return;
        }
        try {
            threads.execute(() -> answer(model.get(), of, query.explained(false), by, given));
        } catch (RejectedExecutionException e) {
            drop(of);
        }
    }

    private void drop(ShadowTally of) {
        of.drop();
        dropped.increment();
    }

    private static int namedItems(Query query) {
        int session = query.audience() instanceof Audience.Session named
                ? named.itemIds().size()
                : 0;
        return session
                + query.excludeItems().size()
                + (query.onlyItems() == null ? 0 : query.onlyItems().size());
    }

    private ShadowTally tally(ServingModel model) {
        ShadowTally current = tally;
        if (current.version().equals(model.version())) {
            return current;
        }
        synchronized (this) {
            if (!tally.version().equals(model.version())) {
                tally = new ShadowTally(model.version(), clock.instant(), meters);
            }
            return tally;
        }
    }

    private void answer(ServingModel model, ShadowTally of, Query query, Alias by, Answer given) {
        long start = System.nanoTime();
        try {
            Answer answer = question.apply(model, query);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            of.add(by, given.strategy(), answer.strategy(), overlap(given, answer), time);
        } catch (RuntimeException e) {
            failures.increment();
            if (of.fail()) { // the message may tell of a user
                LOG.warn(
                        "the shadow {} fails at answers, which are those of others all the same; the first time: {} at {}",
                        model.version(),
                        e.getClass().getName(),
                        e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0]);
            }
        }
    }

    /** Which share of the items two answers have in common, of the longer one; 1 where both are empty. */
    static double overlap(Answer given, Answer other) {
        Set<String> common = new HashSet<>();
        given.items().stream().map(RecommendedItem::itemId).forEach(common::add);
        Set<String> others = new HashSet<>();
        other.items().stream().map(RecommendedItem::itemId).forEach(others::add);
        int longer = Math.max(common.size(), others.size());
        common.retainAll(others);
        return longer == 0 ? 1 : (double) common.size() / longer;
    }

    /** What this process has seen of the shadow that there is now; empty where there is none. */
    public Optional<ShadowReport> report() {
        return shadow.get().map(model -> tally(model).report());
    }

    /** What waits is not answered any more. */
    @PreDestroy
    void end() {
        threads.shutdownNow();
    }
}
