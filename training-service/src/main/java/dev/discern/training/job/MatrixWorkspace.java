package dev.discern.training.job;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.batch.core.job.JobExecution;

/** The folder of one matrix, kept until its report is made. */
record MatrixWorkspace(JobFolder folder) {

    static MatrixWorkspace open(Path checkpoints, JobExecution execution) throws IOException {
        return new MatrixWorkspace(JobFolder.open(
                checkpoints, "matrix", execution, MatrixPlan.of(execution).fingerprint()));
    }

    Path snapshot() {
        return folder.snapshot();
    }

    Path itemTexts() {
        return folder.itemTexts();
    }

    Path result(MatrixCell cell) {
        return folder.file(cell.file() + ".result");
    }

    Path model(MatrixCell cell) {
        return folder.file(cell.file() + ".model");
    }

    Path checkpoint(MatrixCell cell) {
        return folder.file(cell.file() + ".checkpoint");
    }

    void delete() throws IOException {
        folder.delete();
    }
}
