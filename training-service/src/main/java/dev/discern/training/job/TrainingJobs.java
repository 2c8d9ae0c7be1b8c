package dev.discern.training.job;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Starts the jobs of this service. */
@Component
public class TrainingJobs {

    private final Jobs jobs;
    private final Job training;
    private final Job evaluation;

    TrainingJobs(Jobs jobs, @Qualifier("trainingJob") Job training, @Qualifier("evaluationJob") Job evaluation) {
        this.jobs = jobs;
        this.training = training;
        this.evaluation = evaluation;
    }

    /** Trains one model. */
    public JobResource train(TrainingPlan plan) {
        return jobs.start(training, plan.toJobParameters());
    }

    /** Compares published models; the first is the reference. */
    public JobResource evaluate(List<String> versions, long seed) {
        return jobs.start(evaluation, EvaluationSteps.parameters(versions, seed));
    }
}
