package dev.discern.cli.api;

import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.ProgressView;
import dev.discern.cli.terminal.ProgressView.Reading;
import dev.discern.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts jobs of one service and waits for them, showing their progress. */
final class Jobs {

    private static final Duration POLL = Duration.ofMillis(300);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServiceClient service;
    private final Terminal terminal;

    /** Jobs of a service, shown on a terminal. */
    Jobs(ServiceClient service, Terminal terminal) {
        this.service = service;
        this.terminal = terminal;
    }

    /** A job's id and what it says of its work. */
    record Completed<T>(long job, T result) {}

    /**
     * Starts a job, or finds the one that did the same work before, and waits until it has ended.
     *
     * @param task what to call it in progress and errors
     * @throws CliException when it did not complete
     */
    <T> Completed<T> run(String task, String path, Object request, Class<T> resultType) {
        Job job = service.post(path, request, Job.class);
        try (ProgressView view = terminal.progress(task)) {
            while (job.running()) {
                show(job, view);
                pause();
                job = service.get("/v1/admin/jobs/" + job.id(), Job.class);
            }
            if (job.completed()) {
                show(job, view);
            }
        }
        if (!job.completed()) {
            throw CliException.failed("%s failed (%s, job %d at %s): %s"
                    .formatted(task, job.name(), job.id(), service.endpoint().url(), job.reason()));
        }
        JsonNode result = job.result();
        if (result == null || result.isNull()) {
            throw CliException.failed("%s: job %d completed without a result".formatted(task, job.id()));
        }
        return new Completed<>(job.id(), JSON.treeToValue(result, resultType));
    }

    private static void show(Job job, ProgressView view) {
        Job.Progress progress = job.progress();
        if (progress == null) {
            return;
        }
        Duration eta = progress.etaSeconds() == null ? null : Duration.ofMillis((long) (1000 * progress.etaSeconds()));
        String unit = progress.unit() == null ? "" : progress.unit();
        view.show(new Reading(progress.step(), progress.done(), progress.total(), unit, eta, progress.detail()));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a job");
        }
    }
}
