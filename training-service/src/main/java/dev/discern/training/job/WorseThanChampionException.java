package dev.discern.training.job;

import java.util.stream.Collectors;

/** The guard refuses a version. */
public final class WorseThanChampionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ModelComparison comparison;

    WorseThanChampionException(ModelComparison comparison) {
        super("%s is worse than the champion %s in %s"
                .formatted(
                        comparison.version(),
                        comparison.champion(),
                        comparison.worse().stream().map(slice -> slice.slice()).collect(Collectors.joining(", "))));
        this.comparison = comparison;
    }

    public ModelComparison comparison() {
        return comparison;
    }
}
