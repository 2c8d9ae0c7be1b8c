package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.Column;
import dev.discern.scoring.catalog.file.DataFile;
import dev.discern.scoring.catalog.file.FileFormat;
import dev.discern.scoring.catalog.file.FileKind;
import dev.discern.scoring.catalog.file.Reject;
import dev.discern.scoring.catalog.file.UnusableFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * Rejects the staged rows that only the other rows show to be wrong, and fails the import, before the catalog is touched, when a
 * file has no rows or too many of them are rejected. One transaction: a restart does all of it again.
 */
@Component
class CheckRejectsTasklet implements Tasklet {

    private final Stages stages;
    private final ImportedFiles files;
    private final ImportHistory history;
    private final RejectFiles rejectFiles;

    CheckRejectsTasklet(Stages stages, ImportedFiles files, ImportHistory history, RejectFiles rejectFiles) {
        this.stages = stages;
        this.files = files;
        this.history = history;
        this.rejectFiles = rejectFiles;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws IOException {
        StepExecution execution = contribution.getStepExecution();
        long importId = execution.getJobExecution().getJobInstance().getInstanceId();
        ItemStage items = stages.items(importId);
        InteractionStage interactions = stages.interactions(importId);
        items.analyze();
        interactions.analyze();
        try (RejectFiles.RejectFile rejects = rejectFiles.open(importId, ImportStep.CHECK_REJECTS, 0)) {
            check(contribution, FileKind.ITEMS, rejects, items::rejectContradictions);
            check(
                    contribution,
                    FileKind.INTERACTIONS,
                    rejects,
                    (column, consumer) -> interactions.rejectUnknownItems(items, column, consumer));
            rejects.force();
        }
        for (FileKind kind : FileKind.values()) {
            requireEnoughGoodRows(execution, kind);
        }
        return RepeatStatus.FINISHED;
    }

    private void check(
            StepContribution contribution,
            FileKind kind,
            RejectFiles.RejectFile into,
            BiConsumer<String, Consumer<Reject>> check)
            throws IOException {
        Optional<DataFile> file = files.of(contribution.getStepExecution(), kind);
        if (file.isEmpty()) {
            return;
        }
        AtomicLong rejected = new AtomicLong();
        String itemColumn = FileFormat.detect(file.get(), kind).layout().name(Column.ITEM_ID);
        check.accept(itemColumn, reject -> {
            try {
                into.add(file.get().name(), reject);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rejected.incrementAndGet();
        });
        contribution.incrementProcessSkipCount(rejected.get());
        contribution.getStepExecution().getExecutionContext().putLong(kind.name(), rejected.get());
    }

    private void requireEnoughGoodRows(StepExecution execution, FileKind kind) throws IOException {
        Optional<DataFile> file = files.of(execution, kind);
        if (file.isEmpty()) {
            return;
        }
        String name = file.get().name();
        Staged staged = history.staged(execution.getJobExecution(), kind);
        if (staged.read() == 0) {
            throw new UnusableFileException("%s has a header and no rows: expected at least one".formatted(name));
        }
        long rejected = staged.rejected() + rejected(execution.getExecutionContext(), kind);
        double allowed = ImportParameters.of(execution.getJobParameters()).maxRejectShare();
        if (rejected > allowed * staged.read()) {
            long importId = execution.getJobExecution().getJobInstance().getInstanceId();
            throw new UnusableFileException(
                    "%s: %,d of %,d rows were rejected, %s %%; expected at most %s %% (maxRejectShare). Nothing was imported. The first: %s"
                            .formatted(
                                    name,
                                    rejected,
                                    staged.read(),
                                    percent((double) rejected / staged.read()),
                                    percent(allowed),
                                    rejectFiles.first(importId, name).orElse("none was written down")));
        }
    }

    /** Rows of a file that this step rejected, as its context tells. */
    static long rejected(ExecutionContext context, FileKind kind) {
        return context.getLong(kind.name(), 0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
