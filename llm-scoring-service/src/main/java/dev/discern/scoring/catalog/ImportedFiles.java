package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.DataFile;
import dev.discern.scoring.catalog.file.FileKind;
import dev.discern.scoring.catalog.file.UnusableFileException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** Finds the files of an import among the uploads. */
@Component
class ImportedFiles {

    private final Uploads uploads;

    ImportedFiles(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * The import's file of this kind, if it has one.
     *
     * @throws UnusableFileException when the upload is gone
     */
    Optional<DataFile> of(StepExecution step, FileKind kind) throws IOException {
        Optional<String> id = ImportParameters.of(step.getJobParameters()).upload(kind);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Upload upload = uploads.find(id.get())
                .orElseThrow(() -> new UnusableFileException(
                        "there is no upload %s: expected it as the import's %s; upload the file again"
                                .formatted(id.get(), kind.name().toLowerCase(Locale.ROOT))));
        return Optional.of(new DataFile(upload.name(), upload.path()));
    }
}
