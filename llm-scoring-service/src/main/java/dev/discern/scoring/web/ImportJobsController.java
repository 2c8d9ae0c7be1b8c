package dev.discern.scoring.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.scoring.catalog.ImportParameters;
import dev.discern.scoring.catalog.Imports;
import dev.discern.scoring.catalog.Uploads;
import dev.discern.web.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Starts imports and shows what they rejected. */
@RestController
final class ImportJobsController {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Imports imports;
    private final Uploads uploads;

    ImportJobsController(Imports imports, Uploads uploads) {
        this.imports = imports;
        this.uploads = uploads;
    }

    /**
     * What to import: items, interactions, or both, the items first.
     *
     * @param items upload id
     * @param interactions upload id
     * @param maxRejectShare the share of a file's rows, 0 to 1, above which nothing is imported; the service's default when absent
     * @param dryRun whether to validate and count only
     */
    record ImportRequest(
            @Nullable String items,
            @Nullable String interactions,
            @Nullable Double maxRejectShare,
            @Nullable Boolean dryRun) {}

    @PostMapping("/v1/admin/import-jobs")
    ResponseEntity<JobResource> start(@RequestBody ImportRequest request) throws IOException {
        requireUpload("/items", request.items());
        requireUpload("/interactions", request.interactions());
        if (request.items() == null && request.interactions() == null) {
            throw ProblemException.invalid("/items", "REQUIRED", "an import needs items or interactions, or both");
        }
        double share = request.maxRejectShare() == null ? imports.defaultMaxRejectShare() : request.maxRejectShare();
        if (!(share >= 0 && share <= 1)) {
            throw ProblemException.invalid("/maxRejectShare", "RANGE", "expected 0 to 1, found " + share);
        }
        return Jobs.answer(imports.start(new ImportParameters(
                request.items(), request.interactions(), share, Boolean.TRUE.equals(request.dryRun()))));
    }

    /** The rejected rows as CSV with the columns {@code file,line,column,reason,value}. */
    @GetMapping("/v1/admin/jobs/{id}/rejects")
    ResponseEntity<StreamingResponseBody> rejects(@PathVariable long id) {
        long importId = imports.importOf(id)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "UNKNOWN_JOB", "there is no import with the job id " + id));
        return ResponseEntity.ok().contentType(CSV).body(out -> imports.copyRejects(importId, out));
    }

    private void requireUpload(String pointer, @Nullable String id) throws IOException {
        if (id != null && uploads.find(id).isEmpty()) {
            throw ProblemException.invalid(pointer, "UNKNOWN", "there is no upload " + id);
        }
    }
}
