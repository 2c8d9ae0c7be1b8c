package dev.discern.serving.model;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.vector.Kernels;
import java.time.InstantSource;

/** Opens {@link ServingModel}'s constructor to tests of other packages. */
public final class ServingModels {

    private ServingModels() {}

    /** The artifact as a model that answers. */
    public static ServingModel of(Artifact artifact) {
        return of(artifact, InstantSource.system());
    }

    /** The same at other times. */
    static ServingModel of(Artifact artifact, InstantSource clock) {
        return new ServingModel(artifact, Kernels.best(), new SearchProperties(1, 0), clock);
    }
}
