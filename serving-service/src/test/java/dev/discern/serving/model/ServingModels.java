package dev.discern.serving.model;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.vector.Kernels;

/** Opens {@link ServingModel}'s constructor to tests of other packages. */
public final class ServingModels {

    private ServingModels() {}

    /** The artifact as a model that answers. */
    public static ServingModel of(Artifact artifact) {
        return new ServingModel(artifact, Kernels.best(), new SearchProperties(1, 0));
    }
}
