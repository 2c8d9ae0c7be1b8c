package dev.discern.scoring.catalog;

import dev.discern.batch.JobProgress;
import dev.discern.batch.Progress;
import dev.discern.scoring.catalog.file.DataFile;
import dev.discern.scoring.catalog.file.FileKind;
import dev.discern.scoring.catalog.file.Position;
import dev.discern.scoring.catalog.file.Row;
import dev.discern.scoring.catalog.file.RowReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reads a file into its stage, a chunk of rows in each transaction. Where the reader stood, the counts and the length of the
 * reject file are committed with the rows, so that a restart goes on behind the last committed chunk.
 *
 * <p>A tasklet and not a chunk-oriented step: that one has moved its execution context on before the commit and does not move it
 * back when the commit fails, so that a restart would leave the chunk out; and it reads row by row through a retry template.
 */
class StageTasklet<T> implements Tasklet, StepExecutionListener {

    private final ImportStep step;
    private final FileKind kind;
    private final Opener<T> opener;
    private final LongFunction<? extends Stage<T>> stages;
    private final ImportedFiles files;
    private final RejectFiles rejectFiles;
    private final JobProgress progress;
    private final int chunkRows;

    private @Nullable Open<T> open;

    /** Opens a reader of one kind of rows. */
    @FunctionalInterface
    interface Opener<T> {
        RowReader<T> open(DataFile file, Position from) throws IOException;
    }

    private record Open<T>(
            DataFile file, long fileBytes, RowReader<T> reader, RejectFiles.RejectFile rejects, Stage<T> stage)
            implements Closeable {

        @Override
        public void close() throws IOException {
            try (reader;
                    rejects) {
                // both are closed, whichever fails
            }
        }
    }

    StageTasklet(
            ImportStep step,
            FileKind kind,
            Opener<T> opener,
            LongFunction<? extends Stage<T>> stages,
            ImportedFiles files,
            RejectFiles rejectFiles,
            JobProgress progress,
            ImportProperties properties) {
        this.step = step;
        this.kind = kind;
        this.opener = opener;
        this.stages = stages;
        this.files = files;
        this.rejectFiles = rejectFiles;
        this.progress = progress;
        this.chunkRows = properties.chunkRows();
    }

    @Override
    public void beforeStep(StepExecution execution) {
        try {
            Optional<DataFile> file = files.of(execution, kind);
            if (file.isPresent()) {
                long importId = execution.getJobExecution().getJobInstance().getInstanceId();
                Stage<T> stage = stages.apply(importId);
                Staged staged = resume(stage, execution.getExecutionContext());
                open = new Open<>(
                        file.get(),
                        file.get().bytes(),
                        opener.open(file.get(), staged.position()),
                        rejectFiles.open(importId, step, staged.rejectBytes()),
                        stage);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to go on: behind the last committed chunk, or from the start where nothing of it is left. */
    private static Staged resume(Stage<?> stage, ExecutionContext context) {
        Staged staged = Staged.in(context);
        if (staged.read() > 0 && !stage.isEmpty()) {
            return staged;
        }
        stage.clear();
        Staged.NOTHING.putInto(context);
        return Staged.NOTHING;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws IOException {
        if (open == null) {
            return RepeatStatus.FINISHED; // the import has no file of this kind
        }
        List<Row.Accepted<T>> accepted = new ArrayList<>(chunkRows);
        int read = 0;
        Row<T> row = open.reader.next();
        while (row != null) {
            switch (row) {
                case Row.Accepted<T> good -> {
                    accepted.add(good);
                    contribution.incrementReadCount();
                }
                case Row.Rejected<T> bad -> {
                    open.rejects.add(open.file.name(), bad.reject());
                    contribution.incrementReadSkipCount();
                }
            }
            read++;
            row = read < chunkRows ? open.reader.next() : null;
        }
        open.stage.add(accepted);
        contribution.incrementWriteCount(accepted.size());
        StepExecution execution = contribution.getStepExecution();
        ExecutionContext context = execution.getExecutionContext();
        Staged staged =
                Staged.in(context).plus(read, read - accepted.size(), open.reader.position(), open.rejects.force());
        staged.putInto(context);
        report(execution, staged, open);
        return read < chunkRows ? RepeatStatus.FINISHED : RepeatStatus.CONTINUABLE;
    }

    private void report(StepExecution execution, Staged staged, Open<T> from) {
        progress.report(
                execution.getJobExecutionId(),
                new Progress(
                        step.stepName(),
                        from.reader.bytesRead(),
                        from.fileBytes,
                        "bytes",
                        "%s: %,d rows, %,d rejected".formatted(from.file.name(), staged.read(), staged.rejected())));
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return null; // the exit status stays what it is
    }
}
