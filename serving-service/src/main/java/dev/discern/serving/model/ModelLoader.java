package dev.discern.serving.model;

import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.vector.Kernels;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads a published model from the artifact folder and verifies it. */
@Component
final class ModelLoader {

    private final Aliases aliases;
    private final SearchProperties search;
    private final Clock clock;

    ModelLoader(@Value("${discern.artifacts}") Path artifacts, SearchProperties search, Clock clock) {
        this.aliases = new Aliases(artifacts);
        this.search = search;
        this.clock = clock;
    }

    Aliases aliases() {
        return aliases;
    }

    /**
     * The model of a version.
     *
     * @throws dev.discern.common.artifact.ArtifactException if a file is missing, damaged or too new
     * @throws UnsupportedModelException if it scores or folds in by a method that this service does not know
     */
    ServingModel load(String version) {
        Artifact artifact = ArtifactReader.read(aliases.modelFolder(version));
        ModelManifest manifest = artifact.manifest();
        require(version, "version", manifest.version(), version);
        require(version, "similarity", manifest.similarity(), ModelManifest.DOT);
        require(version, "foldIn", manifest.foldIn(), ModelManifest.RIDGE, ModelManifest.HISTORY);
        return new ServingModel(artifact, Kernels.best(), search, clock);
    }

    private void require(String version, String member, String found, String... known) {
        if (!List.of(known).contains(found)) {
            throw new UnsupportedModelException("%s: manifest.json has %s \"%s\", expected \"%s\""
                    .formatted(aliases.modelFolder(version), member, found, String.join("\" or \"", known)));
        }
    }
}
