package dev.discern.scoring.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.scoring.job.EncodingJobs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Starts the jobs that encode items' texts. */
@RestController
final class EncodingJobsController {

    private final EncodingJobs jobs;

    EncodingJobsController(EncodingJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * By what to encode.
     *
     * @param encoder {@code e5-small-v2-q} or {@code all-minilm-l6-v2-q}; by default the one that has encoded most texts so far, and the
     *     former where there are none
     */
    record EncodingRequest(@Nullable String encoder) {}

    @PostMapping("/v1/admin/encoding-jobs")
    ResponseEntity<JobResource> encode(@RequestBody EncodingRequest request) {
        return Jobs.answer(jobs.encode(request.encoder()));
    }
}
