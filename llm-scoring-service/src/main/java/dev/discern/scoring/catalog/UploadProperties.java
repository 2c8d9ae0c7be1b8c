package dev.discern.scoring.catalog;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where uploads are kept.
 *
 * @param folder made when it is missing
 * @param maxSize the largest file that is taken
 */
@ConfigurationProperties("discern.scoring.uploads")
public record UploadProperties(
        Path folder, @DefaultValue("4GB") DataSize maxSize) {

    public UploadProperties {
        if (maxSize.toBytes() <= 0) {
            throw new IllegalArgumentException("discern.scoring.uploads.max-size must be positive: " + maxSize);
        }
    }
}
