package dev.discern.scoring.catalog;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How imports run.
 *
 * @param rejectsFolder where rejected rows are written down; made when it is missing
 * @param maxRejectShare the share of a file's rows, 0 to 1, that may be rejected when a request names no other
 * @param chunkRows rows in a transaction
 */
@ConfigurationProperties("discern.scoring.imports")
public record ImportProperties(
        Path rejectsFolder,
        @DefaultValue("0.05") double maxRejectShare,
        @DefaultValue("10000") int chunkRows) {

    public ImportProperties {
        if (!(maxRejectShare >= 0 && maxRejectShare <= 1)) {
            throw new IllegalArgumentException(
                    "discern.scoring.imports.max-reject-share must be from 0 to 1: " + maxRejectShare);
        }
        if (chunkRows < 1) {
            throw new IllegalArgumentException("discern.scoring.imports.chunk-rows must be positive: " + chunkRows);
        }
    }
}
