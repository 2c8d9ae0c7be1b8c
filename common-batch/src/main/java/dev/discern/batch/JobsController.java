package dev.discern.batch;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Jobs as resources: list, look, watch, stop, restart, abandon. */
@RestController
@RequestMapping("/v1/admin/jobs")
final class JobsController {

    private static final Logger LOG = LoggerFactory.getLogger(JobsController.class);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(500);
    private static final Set<String> RUNNING =
            Set.of(BatchStatus.STARTING.name(), BatchStatus.STARTED.name(), BatchStatus.STOPPING.name());

    private final Jobs jobs;

    JobsController(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * A page of jobs, newest first.
     *
     * @param nextCursor for the next page; null on the last
     */
    record Page(List<JobResource> jobs, @Nullable Long nextCursor) {}

    @GetMapping
    Page list(
            @RequestParam(required = false) @Nullable Long cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        List<JobResource> page = jobs.newest(cursor == null ? Long.MAX_VALUE : cursor, limit);
        return new Page(
                page, page.size() < limit ? null : page.get(page.size() - 1).id());
    }

    @GetMapping("/{id}")
    JobResource get(@PathVariable long id) {
        return jobs.get(id);
    }

    @PostMapping("/{id}:stop")
    ResponseEntity<JobResource> stop(@PathVariable long id) {
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(jobs.stop(id));
    }

    @PostMapping("/{id}:restart")
    ResponseEntity<JobResource> restart(@PathVariable long id) {
        return Jobs.answer(jobs.restartAgain(id));
    }

    @PostMapping("/{id}:abandon")
    JobResource abandon(@PathVariable long id) {
        return jobs.abandon(id);
    }

    /** Server-sent events {@code progress} with the job resource, until the job ends. */
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable long id) {
        jobs.get(id);
        SseEmitter emitter = new SseEmitter(0L);
        Thread.ofVirtual().name("watch-job-" + id).start(() -> watch(id, emitter));
        return emitter;
    }

    private void watch(long id, SseEmitter emitter) {
        try {
            JobResource job;
            do {
                job = jobs.get(id);
                emitter.send(SseEmitter.event().name("progress").data(job, MediaType.APPLICATION_JSON));
                Thread.sleep(WATCH_INTERVAL);
            } while (RUNNING.contains(job.status()));
            emitter.complete();
        } catch (IOException e) {
            LOG.debug("the watcher of job {} went away", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        }
    }
}
