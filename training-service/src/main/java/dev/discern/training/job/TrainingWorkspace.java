package dev.discern.training.job;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.batch.core.job.JobExecution;

/** The folder of one training job, kept until its model is registered: what its steps hand on, and its checkpoint. */
record TrainingWorkspace(JobFolder folder) {

    static TrainingWorkspace open(Path checkpoints, JobExecution execution) throws IOException {
        return new TrainingWorkspace(JobFolder.open(
                checkpoints, "training", execution, TrainingPlan.of(execution).fingerprint()));
    }

    Path snapshot() {
        return folder.snapshot();
    }

    Path trend() {
        return folder.trend();
    }

    Path itemTexts() {
        return folder.itemTexts();
    }

    Path calibration() {
        return folder.file("calibration.bin");
    }

    /** The checkpoint of the first or the second warm-up. */
    Path warmUp(int number) {
        return folder.file("warm-up-%d.bin".formatted(number));
    }

    Path checkpoint() {
        return folder.file("checkpoint.bin");
    }

    void delete() throws IOException {
        folder.delete();
    }
}
