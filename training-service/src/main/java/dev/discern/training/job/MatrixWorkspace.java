package dev.discern.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.batch.core.job.JobExecution;

/** The folder of one matrix, kept until its report is made. */
record MatrixWorkspace(Path folder) {

    static MatrixWorkspace open(Path checkpoints, JobExecution execution) throws IOException {
        // Instances are counted in each database: another one's work in the same folder has another plan.
        int plan = MatrixPlan.of(execution).hashCode();
        Path folder = checkpoints.resolve("matrix-%d-%08x".formatted(execution.getJobInstanceId(), plan));
        Files.createDirectories(folder);
        return new MatrixWorkspace(folder);
    }

    Path snapshot() {
        return folder.resolve("snapshot.bin");
    }

    Path itemTexts() {
        return folder.resolve("item-texts.bin");
    }

    Path result(MatrixCell cell) {
        return folder.resolve(cell.file() + ".result");
    }

    Path model(MatrixCell cell) {
        return folder.resolve(cell.file() + ".model");
    }

    Path checkpoint(MatrixCell cell) {
        return folder.resolve(cell.file() + ".checkpoint");
    }

    void delete() throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
