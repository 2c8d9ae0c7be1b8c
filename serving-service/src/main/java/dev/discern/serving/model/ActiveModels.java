package dev.discern.serving.model;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.ArtifactException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The model that answers: one atomic reference. The alias {@code champion} is looked at twice a second; when it names another
 * version, that model is loaded and verified beside the old one and then takes its place. A model that cannot be loaded changes
 * nothing but the health report.
 */
@Component
public final class ActiveModels {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveModels.class);
    private static final long LOOK_MILLIS = 500;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ModelLoader loader;
    private final Clock clock;
    private final Timer loaded;
    private final Timer failed;
    private final AtomicReference<@Nullable ServingModel> champion = new AtomicReference<>();
    private volatile @Nullable Failure failure;

    /**
     * Why the champion that the alias names does not answer.
     *
     * @param version null when the alias itself could not be read
     * @param message names the file, what was expected and what was found
     */
    public record Failure(@Nullable String version, String message, Instant at) {}

    ActiveModels(ModelLoader loader, Clock clock, MeterRegistry meters) {
        this.loader = loader;
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

    /** The whole model that answers now; empty until the first was loaded. Take it once for each request. */
    public Optional<ServingModel> champion() {
        return Optional.ofNullable(champion.get());
    }

    /** Why the version that the alias names now is not the one that answers; empty when it is, and while no alias is set. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Looks at the alias, and loads what it names if that is new. */
    @Scheduled(fixedDelay = LOOK_MILLIS)
    synchronized void refresh() {
        Optional<String> named;
        try {
            named = loader.aliases().version(Alias.CHAMPION);
        } catch (ArtifactException e) {
            fail(null, e);
            return;
        }
        if (named.isEmpty()) {
            failure = null;
            return;
        }
        String version = named.get();
        ServingModel current = champion.get();
        if (current != null && current.version().equals(version)) {
            failure = null;
        } else if (mayTry(version)) {
            load(version);
        }
    }

    private boolean mayTry(String version) {
        Failure last = failure;
        return last == null
                || !version.equals(last.version())
                || !clock.instant().isBefore(last.at().plus(RETRY));
    }

    private void load(String version) {
        long start = System.nanoTime();
        try {
            ServingModel model = loader.load(version);
            champion.set(model);
            failure = null;
            loaded.record(Duration.ofNanos(System.nanoTime() - start));
            LOG.info("model {} answers now: {} users, {} items", version, model.users(), model.items());
        } catch (ArtifactException | UnsupportedModelException e) {
            failed.record(Duration.ofNanos(System.nanoTime() - start));
            fail(version, e);
        }
    }

    private void fail(@Nullable String version, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        Failure last = failure;
        if (last == null || !last.message().equals(message)) {
            ServingModel current = champion.get();
            LOG.error(
                    "the champion cannot be loaded, {}: {}",
                    current == null ? "and there is no model to answer with" : current.version() + " goes on answering",
                    message);
        }
        failure = new Failure(version, message, clock.instant());
    }
}
