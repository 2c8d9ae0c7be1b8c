package dev.discern.scoring.catalog;

import org.springframework.util.unit.DataSize;

/** A file is larger than {@code discern.scoring.uploads.max-size} allows; nothing of it is kept. */
public final class UploadTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UploadTooLargeException(String name, DataSize maxSize) {
        super("%s is larger than the %,d bytes that discern.scoring.uploads.max-size allows"
                .formatted(name, maxSize.toBytes()));
    }
}
