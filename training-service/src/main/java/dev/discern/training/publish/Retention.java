package dev.discern.training.publish;

import dev.discern.common.artifact.Aliases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Retires versions that nobody needs any more. A version is marked first and its folder deleted afterwards: what a killed process
 * left behind is deleted the next time, and no version that is not marked ever lacks its folder.
 */
@Component
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final ModelRegistry registry;
    private final Aliases aliases;
    private final RetentionRule rule;
    private final Clock clock;

    Retention(ModelRegistry registry, Aliases aliases, RetentionProperties properties, Clock clock) {
        this.registry = registry;
        this.aliases = aliases;
        this.rule = new RetentionRule(properties.versions(), properties.days());
        this.clock = clock;
    }

    /**
     * What was done, or would be.
     *
     * @param kept version to the reason why it stays, newest first
     * @param retired versions that do not
     * @param bytes how much their folders hold
     */
    public record Pruned(boolean dryRun, Map<String, String> kept, List<String> retired, long bytes) {}

    /** What {@link #prune} would do now. */
    public Pruned plan() {
        RetentionRule.Decision decision =
                rule.decide(registry.all(), registry.log(), registry.aliases(), clock.instant());
        return new Pruned(true, decision.kept(), decision.retired(), bytes(decision.retired()));
    }

    /** Retires what no reason holds, and deletes the folders of all that is retired. */
    public Pruned prune() {
        Map<String, String> kept = rule.decide(registry.all(), registry.log(), registry.aliases(), clock.instant())
                .kept();
        List<String> retired = registry.retire(rule);
        long bytes = bytes(retired);
        for (ModelVersion model : registry.all()) {
            if (model.retired()) {
                delete(model.version());
            }
        }
        if (!retired.isEmpty()) {
            LOG.info("retired {} model versions, {} MB: {}", retired.size(), bytes / 1_000_000, retired);
        }
        return new Pruned(false, kept, retired, bytes);
    }

    /** Out of the readers' sight by one rename, then piece by piece. */
    private void delete(String version) {
        Path folder = aliases.modelFolder(version);
        Path hidden = folder.resolveSibling("." + version + ".retired");
        try {
            if (Files.exists(folder)) {
                FileSystemUtils.deleteRecursively(hidden);
                Files.move(folder, hidden, StandardCopyOption.ATOMIC_MOVE);
            }
            FileSystemUtils.deleteRecursively(hidden);
        } catch (IOException e) {
            LOG.warn("the folder of the retired version {} could not be deleted: {}", version, e.toString());
        }
    }

    private long bytes(List<String> versions) {
        long bytes = 0;
        for (String version : versions) {
            for (Path file : files(aliases.modelFolder(version))) {
                bytes += file.toFile().length();
            }
        }
        return bytes;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
