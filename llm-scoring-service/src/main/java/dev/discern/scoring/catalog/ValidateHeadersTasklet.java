package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.DataFile;
import dev.discern.scoring.catalog.file.FileFormat;
import dev.discern.scoring.catalog.file.FileKind;
import java.io.IOException;
import java.util.Optional;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Fails the import when a file cannot be one of its kind, else makes room for its rows. */
@Component
class ValidateHeadersTasklet implements Tasklet {

    private final ImportedFiles files;
    private final Stages stages;

    ValidateHeadersTasklet(ImportedFiles files, Stages stages) {
        this.files = files;
        this.stages = stages;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws IOException {
        StepExecution execution = contribution.getStepExecution();
        for (FileKind kind : FileKind.values()) {
            Optional<DataFile> file = files.of(execution, kind);
            if (file.isPresent()) {
                FileFormat.detect(file.get(), kind);
            }
        }
        stages.dropLeftovers();
        stages.create(execution.getJobExecution().getJobInstance().getInstanceId());
        return RepeatStatus.FINISHED;
    }
}
