package dev.discern.training.job;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.publish.UnknownVersionException;
import dev.discern.web.problem.FieldProblem;
import dev.discern.web.problem.ProblemException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Published versions as requests name them, and what is wrong with the name as a problem at its place in the request. */
@Component
class NamedVersions {

    /** Stands in a request for the version that is champion when it is made. */
    static final String CHAMPION = Alias.CHAMPION.label();

    private final ModelRegistry registry;
    private final Aliases aliases;

    NamedVersions(ModelRegistry registry, Aliases aliases) {
        this.registry = registry;
        this.aliases = aliases;
    }

    /**
     * The version that a request means.
     *
     * @param asked a version or {@code champion}
     * @param pointer where the request names it
     * @throws ProblemException 404 when there is no such version, 409 when it was retired or there is no champion
     */
    ModelVersion resolve(String asked, String pointer) {
        String version = asked;
        if (asked.equals(CHAMPION)) {
            version = Optional.ofNullable(registry.aliases().get(Alias.CHAMPION))
                    .orElseThrow(() -> problem(
                            HttpStatus.CONFLICT, pointer, "NO_CHAMPION", "there is no champion yet: promote a model"));
        }
        try {
            return registry.require(version);
        } catch (UnknownVersionException e) {
            boolean retired = registry.find(version).isPresent();
            throw problem(
                    retired ? HttpStatus.CONFLICT : HttpStatus.NOT_FOUND,
                    pointer,
                    retired ? "RETIRED" : "UNKNOWN_VERSION",
                    String.valueOf(e.getMessage()));
        }
    }

    /**
     * What a version says of itself.
     *
     * @throws ProblemException 409 when it cannot be read
     */
    ModelManifest manifest(String version, String pointer) {
        try {
            return ArtifactReader.manifest(aliases.modelFolder(version));
        } catch (ArtifactException e) {
            throw problem(HttpStatus.CONFLICT, pointer, "UNREADABLE_MODEL", String.valueOf(e.getMessage()));
        }
    }

    /**
     * The folder of a version.
     *
     * @throws UnknownVersionException if it is not registered or was retired
     */
    Path folder(String version) {
        return aliases.modelFolder(registry.require(version).version());
    }

    /** Refuses a version that nothing can go on with. */
    static ProblemException withoutState(String version, String pointer) {
        return problem(
                HttpStatus.CONFLICT,
                pointer,
                "NO_TRAINING_STATE",
                "%s was published without its training state: train it again".formatted(version));
    }

    /** A problem with one member of a request. */
    static ProblemException problem(HttpStatus status, String pointer, String code, String message) {
        return new ProblemException(status, code, message).with(new FieldProblem(pointer, code, message));
    }
}
