package dev.discern.serving.model;

import dev.discern.serving.index.ScanThreads;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How items are searched.
 *
 * @param scanThreads the most threads that one query may use, each for 64 MB of items at least; 0 for one a processor
 * @param approximateAbove how many items are searched by score without looking at each; 0 for any number
 */
@ConfigurationProperties("discern.serving")
record SearchProperties(
        @DefaultValue("0") int scanThreads,
        @DefaultValue("20000000") int approximateAbove) {

    SearchProperties {
        if (scanThreads < 0) {
            throw new IllegalArgumentException("discern.serving.scan-threads must be at least 0, not " + scanThreads);
        }
        if (approximateAbove < 0) {
            throw new IllegalArgumentException(
                    "discern.serving.approximate-above must be at least 0, not " + approximateAbove);
        }
    }

    ScanThreads threads() {
        return ScanThreads.upTo(scanThreads == 0 ? Runtime.getRuntime().availableProcessors() : scanThreads);
    }
}
