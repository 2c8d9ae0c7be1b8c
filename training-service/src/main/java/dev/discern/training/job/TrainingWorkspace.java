package dev.discern.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.batch.core.job.JobExecution;

/** The folder of one training job, kept until its model is registered: what its steps hand on, and its checkpoint. */
record TrainingWorkspace(Path folder) {

    static TrainingWorkspace open(Path checkpoints, JobExecution execution) throws IOException {
        // Instances are counted in each database: another one's work in the same folder has another plan.
        int plan = TrainingPlan.of(execution).fingerprint().hashCode();
        Path folder = checkpoints.resolve("training-%d-%08x".formatted(execution.getJobInstanceId(), plan));
        Files.createDirectories(folder);
        return new TrainingWorkspace(folder);
    }

    Path snapshot() {
        return folder.resolve("snapshot.bin");
    }

    Path itemTexts() {
        return folder.resolve("item-texts.bin");
    }

    Path calibration() {
        return folder.resolve("calibration.bin");
    }

    Path checkpoint() {
        return folder.resolve("checkpoint.bin");
    }

    void delete() throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
