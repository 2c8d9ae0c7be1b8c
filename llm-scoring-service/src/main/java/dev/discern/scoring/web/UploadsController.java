package dev.discern.scoring.web;

import dev.discern.scoring.catalog.Upload;
import dev.discern.scoring.catalog.UploadTooLargeException;
import dev.discern.scoring.catalog.Uploads;
import dev.discern.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes the files that jobs read. */
@RestController
final class UploadsController {

    private final Uploads uploads;

    UploadsController(Uploads uploads) {
        this.uploads = uploads;
    }

    /** A kept file; the same bytes have the same id, whatever their name. */
    record UploadResource(String uploadId, String name, long bytes, String sha256) {}

    @PostMapping(path = "/v1/admin/uploads", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    UploadResource upload(@RequestParam String name, InputStream content) throws IOException {
        try {
            Upload upload = uploads.store(name, content);
            return new UploadResource(upload.id(), upload.name(), upload.bytes(), upload.id());
        } catch (UploadTooLargeException e) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE, "UPLOAD_TOO_LARGE", String.valueOf(e.getMessage()));
        }
    }
}
