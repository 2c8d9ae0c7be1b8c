package dev.discern.training.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.training.job.SearchRequest;
import dev.discern.training.job.TrainingJobs;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Starts searches for parameters; what they find is the result of their job. */
@RestController
final class SearchJobsController {

    private final TrainingJobs jobs;

    SearchJobsController(TrainingJobs jobs) {
        this.jobs = jobs;
    }

    @PostMapping("/v1/admin/search-jobs")
    ResponseEntity<JobResource> search(@RequestBody SearchRequest request) {
        return Jobs.answer(jobs.search(request));
    }
}
