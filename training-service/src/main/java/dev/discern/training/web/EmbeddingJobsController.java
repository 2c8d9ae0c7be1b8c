package dev.discern.training.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.training.job.EmbeddingJobs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Starts the jobs that add new items to a published model without training it. */
@RestController
final class EmbeddingJobsController {

    private final EmbeddingJobs jobs;

    EmbeddingJobsController(EmbeddingJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * What to add new items to.
     *
     * @param version a version or {@code champion} (default)
     */
    record EmbeddingRequest(@Nullable String version) {}

    @PostMapping("/v1/admin/embedding-jobs")
    ResponseEntity<JobResource> embed(@RequestBody EmbeddingRequest request) {
        return Jobs.answer(jobs.embed(request.version()));
    }
}
