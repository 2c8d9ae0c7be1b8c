package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.RecommendedItem;
import dev.discern.serving.recommend.Strategy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of answers. Each meter is kept: to find it in the registry takes its tags anew, each time. */
final class AnswerMeters {

    private final MeterRegistry meters;
    private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Alias, Counter> explored = new ConcurrentHashMap<>();

    AnswerMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Tags(String kind, Strategy strategy, Alias alias) {}

    /**
     * Records an answer.
     *
     * @param kind of the question: {@code recommend} or {@code similar}
     * @param alias under which the model answered
     * @param time to make the answer
     */
    void record(String kind, Alias alias, Answer answer, Duration time) {
        timers.computeIfAbsent(new Tags(kind, answer.strategy(), alias), this::timer)
                .record(time);
        for (RecommendedItem item : answer.items()) {
            if (item.exploration() != null) {
                explored.computeIfAbsent(alias, this::explored).increment();
            }
        }
    }

    private Timer timer(Tags tags) {
        return Timer.builder("discern.recommend")
                .description("Time to make an answer, without HTTP")
                .publishPercentileHistogram()
                .tag("kind", tags.kind)
                .tag("strategy", tags.strategy.name())
                .tag("alias", tags.alias.label())
                .register(meters);
    }

    private Counter explored(Alias alias) {
        return Counter.builder("discern.recommend.explored")
                .description("Places of answers that new items had to be tried out")
                .tag("alias", alias.label())
                .register(meters);
    }
}
