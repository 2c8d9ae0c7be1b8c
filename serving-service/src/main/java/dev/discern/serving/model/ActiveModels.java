package dev.discern.serving.model;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.serving.live.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The models that the aliases name: all of them behind one reference. The aliases are looked at twice a second; when one names another
 * version, that model is loaded and verified beside the old one and then takes its place. A model that cannot be loaded changes nothing
 * but the health report.
 */
@Component
public final class ActiveModels {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveModels.class);
    private static final long LOOK_MILLIS = 500;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ModelLoader loader;
    private final LiveFeed feed;
    private final Clock clock;
    private final Timer loaded;
    private final Timer failed;
    private volatile Map<Alias, ServingModel> models = Map.of();
    private volatile Map<Alias, Failure> failures = Map.of();

    /**
     * Why the model that an alias names does not answer.
     *
     * @param version null when the alias itself could not be read
     * @param message names the file, what was expected and what was found
     */
    public record Failure(@Nullable String version, String message, Instant at) {}

    ActiveModels(ModelLoader loader, LiveFeed feed, Clock clock, MeterRegistry meters) {
        this.loader = loader;
        this.feed = feed;
        this.clock = clock;
        this.loaded = timer(meters, "loaded");
        this.failed = timer(meters, "failed");
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("discern.model.load")
                .description("Loads of a model that an alias names")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** The whole models that answer now, each a version of its own or shared by aliases. Take it once for each request. */
    public Map<Alias, ServingModel> all() {
        return models;
    }

    /** The model that answers now; empty until the first was loaded. Take it once for each request. */
    public Optional<ServingModel> champion() {
        return Optional.ofNullable(models.get(Alias.CHAMPION));
    }

    /** Why the versions that aliases name now are not the ones that answer. */
    public Map<Alias, Failure> failures() {
        return failures;
    }

    /** Looks at the aliases, and loads what they name if that is new. */
    @Scheduled(fixedDelay = LOOK_MILLIS)
    synchronized void refresh() {
        for (Alias alias : Alias.values()) {
            refresh(alias);
        }
    }

    private void refresh(Alias alias) {
        Optional<String> named;
        try {
            named = loader.aliases().version(alias);
        } catch (ArtifactException e) {
            fail(alias, null, e);
            return;
        }
        ServingModel current = models.get(alias);
        if (named.isEmpty()) {
            failures = without(failures, alias);
            if (current != null && alias != Alias.CHAMPION) { // somebody must answer
                replace(alias, null);
            }
        } else if (current != null && current.version().equals(named.get())) {
            failures = without(failures, alias);
        } else if (mayTry(alias, named.get())) {
            load(alias, named.get());
        }
    }

    private boolean mayTry(Alias alias, String version) {
        Failure last = failures.get(alias);
        return last == null
                || !version.equals(last.version())
                || !clock.instant().isBefore(last.at().plus(RETRY));
    }

    private void load(Alias alias, String version) {
        long start = System.nanoTime();
        try {
            Optional<ServingModel> shared = models.values().stream()
                    .filter(other -> other.version().equals(version))
                    .findFirst();
            ServingModel model = shared.isPresent() ? shared.get() : loader.load(version);
            if (shared.isEmpty()) {
                loaded.record(Duration.ofNanos(System.nanoTime() - start));
            }
            replace(alias, model);
            failures = without(failures, alias);
            LOG.info("{} is {} now: {} users, {} items", alias.label(), version, model.users(), model.items());
        } catch (ArtifactException | UnsupportedModelException e) {
            failed.record(Duration.ofNanos(System.nanoTime() - start));
            fail(alias, version, e);
        }
    }

    /** The new set of models is there at once and whole. */
    private void replace(Alias alias, @Nullable ServingModel model) {
        Map<Alias, ServingModel> next = without(models, alias);
        if (model != null) {
            next = with(next, alias, model);
        }
        models = next;
        feed.follow(ServingModel.oldestSnapshot(next.values()));
    }

    private void fail(Alias alias, @Nullable String version, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        Failure last = failures.get(alias);
        if (last == null || !last.message().equals(message)) {
            ServingModel current = models.get(alias);
            LOG.error(
                    "the {} cannot be loaded, {}: {}",
                    alias.label(),
                    current == null ? "and there is none to answer" : current.version() + " goes on answering",
                    message);
        }
        failures = with(failures, alias, new Failure(version, message, clock.instant()));
    }

    private static <T> Map<Alias, T> with(Map<Alias, T> map, Alias alias, T value) {
        Map<Alias, T> copy = new EnumMap<>(Alias.class);
        copy.putAll(map);
        copy.put(alias, value);
        return Collections.unmodifiableMap(copy);
    }

    private static <T> Map<Alias, T> without(Map<Alias, T> map, Alias alias) {
        if (!map.containsKey(alias)) {
            return map;
        }
        Map<Alias, T> copy = new EnumMap<>(Alias.class);
        copy.putAll(map);
        copy.remove(alias);
        return Collections.unmodifiableMap(copy);
    }
}
