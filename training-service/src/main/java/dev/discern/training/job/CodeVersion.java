package dev.discern.training.job;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.stereotype.Component;

/**
 * Which code this is: {@code 1.2.0+7a13aac}, the version and the commit it was built from; with {@code -dirty} where the working tree
 * had more than the commit, without a commit where the sources had none, and {@code unknown} where the build tells nothing.
 */
@Component
final class CodeVersion {

    private final String name;

    CodeVersion(ObjectProvider<BuildProperties> build, ObjectProvider<GitProperties> git) {
        this.name = name(build.getIfAvailable(), git.getIfAvailable());
    }

    static String name(@Nullable BuildProperties build, @Nullable GitProperties git) {
        String version = build == null ? "unknown" : Objects.requireNonNullElse(build.getVersion(), "unknown");
        String commit = git == null ? null : git.get("commit.id.abbrev");
        String dirty = git != null && "true".equals(git.get("dirty")) ? "-dirty" : "";
        return commit == null ? version : version + "+" + commit + dirty;
    }

    String name() {
        return name;
    }
}
