package dev.discern.training.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.training.job.TrainingJobs;
import dev.discern.training.job.TrainingRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Starts training. */
@RestController
final class TrainingJobsController {

    private final TrainingJobs jobs;

    TrainingJobsController(TrainingJobs jobs) {
        this.jobs = jobs;
    }

    @PostMapping("/v1/admin/training-jobs")
    ResponseEntity<JobResource> train(@RequestBody TrainingRequest request) {
        return Jobs.answer(jobs.train(request));
    }
}
