package dev.discern.training.job;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.db.Snapshot;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.WarmStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** The versions that trainings begin with: whether one fits, and its copy in a job's folder. */
@Component
class WarmStarts {

    private static final String POINTER = "/warmStart";

    private final NamedVersions versions;

    WarmStarts(NamedVersions versions) {
        this.versions = versions;
    }

    /**
     * Refuses a plan that cannot begin with its version.
     *
     * @throws dev.discern.web.problem.ProblemException 404 or 409 naming {@code /warmStart}
     */
    void requireFit(TrainingPlan plan) {
        if (plan.warmStart() == null) {
            return;
        }
        ModelVersion version = versions.resolve(plan.warmStart(), POINTER);
        if (!version.backbone().equals(plan.backbone().label())) {
            throw NamedVersions.problem(
                    HttpStatus.CONFLICT,
                    POINTER,
                    "OTHER_BACKBONE",
                    "%s is a model of %s: training of %s cannot begin with it"
                            .formatted(
                                    version.version(),
                                    version.backbone(),
                                    plan.backbone().label()));
        }
        ModelManifest manifest = versions.manifest(version.version(), POINTER);
        List<Integer> wanted = plan.parameters() instanceof HistoryParameters history
                ? List.of(history.dim(), history.contentDim())
                : List.of(plan.parameters().dim());
        List<Integer> found = parts(manifest);
        if (!found.equals(wanted)) {
            throw NamedVersions.problem(
                    HttpStatus.CONFLICT,
                    POINTER,
                    "OTHER_DIMENSIONS",
                    "%s has vectors of %s: training of vectors of %s cannot begin with it"
                            .formatted(version.version(), words(found), words(wanted)));
        }
        if (!Learned.isIn(manifest)) {
            throw NamedVersions.withoutState(version.version(), POINTER);
        }
    }

    private static List<Integer> parts(ModelManifest manifest) {
        ModelManifest.History history = manifest.history();
        return history == null
                ? List.of(manifest.dim())
                : history.parts().stream()
                        .map(ModelManifest.History.Part::length)
                        .toList();
    }

    private static String words(List<Integer> parts) {
        return String.join(" + ", parts.stream().map(String::valueOf).toList()) + " dimensions";
    }

    /** Copies a version into a job's folder, where it stays when it is retired. Does nothing where that has been done. */
    void keep(String version, JobFolder folder) throws IOException {
        Path kept = folder.warmStart();
        if (Files.exists(kept)) {
            return;
        }
        Path from = versions.folder(version);
        Path unfinished = kept.resolveSibling("warm-start.tmp");
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, unfinished.resolve(file.getFileName()));
            }
        }
        Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The encoder whose texts the version that a job's folder keeps has seen; null where it has seen none. */
    static @Nullable String encoder(JobFolder folder) {
        return ArtifactReader.state(folder.warmStart())
                .map(state -> state.notes().get(Learned.ENCODER))
                .orElse(null);
    }

    /** The version that a job's folder keeps, for training on the snapshot. */
    static Beginning beginning(JobFolder folder, Snapshot snapshot) {
        Artifact artifact = ArtifactReader.read(folder.warmStart());
        Learned learned = Learned.of(folder.warmStart(), artifact)
                .orElseThrow(() ->
                        new IllegalStateException(folder.warmStart() + ": expected a training state, found none"));
        return new Beginning(
                artifact.manifest().version(),
                new WarmStart(
                        learned.tables(), artifact.userIds(), artifact.itemIds(), snapshot.users(), snapshot.items()),
                learned.texts(),
                Beginning.usersAhead(artifact, snapshot));
    }
}
