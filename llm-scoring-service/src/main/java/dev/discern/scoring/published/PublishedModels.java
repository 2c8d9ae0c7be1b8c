package dev.discern.scoring.published;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.vector.Kernels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The models of the artifact folder, which training writes. Nothing is kept: each is read, and verified, when it is asked for. */
@Component
public class PublishedModels {

    private final Aliases aliases;

    public PublishedModels(@Value("${discern.artifacts}") Path artifacts) {
        this.aliases = new Aliases(artifacts);
    }

    /**
     * The version that answers users; empty before there is one.
     *
     * @throws UnusableModelException if the alias names no version
     */
    public Optional<String> champion() {
        return version(Alias.CHAMPION);
    }

    /**
     * The version of a name, which is a version or {@code champion}, {@code challenger} or {@code shadow}. An alias moves; what it
     * means is settled here, once.
     *
     * @throws UnusableModelException if there is no such model
     */
    public String version(String name) {
        Optional<Alias> alias = Arrays.stream(Alias.values())
                .filter(known -> known.label().equals(name))
                .findFirst();
        String version = alias.isEmpty()
                ? name
                : version(alias.get())
                        .orElseThrow(() -> new UnusableModelException(
                                "there is no %s: train a model and promote it".formatted(name)));
        Path folder = folder(version);
        if (!Files.isDirectory(folder)) {
            throw new UnusableModelException("expected a published model in %s, found none".formatted(folder));
        }
        return version;
    }

    /**
     * The model of a version.
     *
     * @throws UnusableModelException if it is not there, is damaged or too new, or scores by a method that this service does not
     *     know
     */
    public PublishedModel read(String version) {
        try {
            Artifact artifact = ArtifactReader.read(folder(version));
            ModelManifest manifest = artifact.manifest();
            require("version", manifest.version(), version, version);
            require("similarity", manifest.similarity(), ModelManifest.DOT, version);
            return new PublishedModel(artifact, Kernels.best());
        } catch (ArtifactException e) {
            throw new UnusableModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<String> version(Alias alias) {
        try {
            return aliases.version(alias);
        } catch (ArtifactException e) {
            throw new UnusableModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private Path folder(String version) {
        try {
            return aliases.modelFolder(version);
        } catch (ArtifactException e) {
            throw new UnusableModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private void require(String member, String found, String expected, String version) {
        if (!found.equals(expected)) {
            throw new UnusableModelException("%s: manifest.json has %s \"%s\", expected \"%s\""
                    .formatted(folder(version), member, found, expected));
        }
    }
}
