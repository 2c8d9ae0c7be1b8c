package dev.discern.training.job;

import dev.discern.training.trainer.EpochReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Gauges of the models in training, tagged with job, backbone and regularizer. They are there while epochs are trained, and no longer. */
@Component
class TrainingMeters {

    private record Run(AtomicReference<EpochReport> last, List<Meter> meters) {}

    private final MeterRegistry registry;
    private final Map<Long, Run> runs = new ConcurrentHashMap<>();

    TrainingMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how an epoch of a job's {@code fit} step ended. */
    void report(long job, TrainingPlan plan, EpochReport epoch) {
        runs.computeIfAbsent(job, id -> run(id, plan, epoch)).last.set(epoch);
    }

    /** The job trains no more. */
    void end(long job) {
        Run run = runs.remove(job);
        if (run != null) {
            run.meters.forEach(registry::remove);
        }
    }

    private Run run(long job, TrainingPlan plan, EpochReport first) {
        AtomicReference<EpochReport> last = new AtomicReference<>(first);
        Tags tags = Tags.of(
                "job",
                Long.toString(job),
                "backbone",
                plan.backbone().label(),
                "regularizer",
                plan.regularizer().label());
        return new Run(
                last,
                List.of(
                        gauge("epochs", "Epochs done", tags, last, EpochReport::epoch),
                        gauge("samples.rate", "Samples a second", tags, last, EpochReport::samplesPerSecond),
                        gauge("loss", "Mean base loss of the last epoch, in nats", tags, last, EpochReport::loss),
                        gauge("validation", "NDCG@10 of the validation items", tags, last, EpochReport::validation)));
    }

    private Meter gauge(
            String name,
            String description,
            Tags tags,
            AtomicReference<EpochReport> last,
            ToDoubleFunction<EpochReport> value) {
        return Gauge.builder("discern.training." + name, last, report -> value.applyAsDouble(report.get()))
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
