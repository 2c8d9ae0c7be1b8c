package dev.discern.common.artifact;

import dev.discern.common.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code aliases/<name>}: one-line files that name a version, replaced by rename so that readers never see half a name. */
public final class Aliases {

    private final Path root;

    /** The aliases of the artifact folder {@code root}. */
    public Aliases(Path root) {
        this.root = root;
    }

    /**
     * The version that an alias names; empty when it is not set.
     *
     * @throws ArtifactException if the file cannot be read or holds no version name
     */
    public Optional<String> version(Alias alias) {
        Path file = file(alias);
        try {
            String name = Files.readString(file).strip();
            if (!ArtifactFiles.isVersionName(name)) {
                throw new ArtifactException(
                        Reason.BAD_NAME, "%s: expected the name of a model version, found '%s'".formatted(file, name));
            }
            return Optional.of(name);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ArtifactException(Reason.IO, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Points an alias to a version, which must be there.
     *
     * @throws ArtifactException if there is no such model or the disk refuses
     */
    public void point(Alias alias, String version) {
        if (!Files.isDirectory(modelFolder(version))) {
            throw new ArtifactException(
                    Reason.MISSING_FILE, modelFolder(version) + ": expected a model folder, found none");
        }
        Path file = file(alias);
        Path unfinished = file.resolveSibling("." + alias.label() + ".tmp");
        try {
            Files.createDirectories(unfinished.toAbsolutePath().getParent());
            Files.writeString(unfinished, version + "\n");
            ArtifactFiles.sync(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ArtifactException(Reason.IO, file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** The folder of a version, whether or not it exists. */
    public Path modelFolder(String version) {
        return root.resolve("models").resolve(ArtifactFiles.requireVersionName(version));
    }

    private Path file(Alias alias) {
        return root.resolve("aliases").resolve(alias.label());
    }
}
