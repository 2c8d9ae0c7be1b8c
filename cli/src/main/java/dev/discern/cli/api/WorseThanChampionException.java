package dev.discern.cli.api;

import java.util.List;

/** The training service refuses to make a model the champion, since it is worse than the champion somewhere. */
public final class WorseThanChampionException extends RuntimeException {

    static final String CODE = "WORSE_THAN_CHAMPION";

    private static final long serialVersionUID = 1L;

    private final transient List<String> slices;

    WorseThanChampionException(String version, List<String> slices) {
        super(version + " is worse than the champion");
        this.slices = List.copyOf(slices);
    }

    /** Where, a sentence for each slice, with the difference and its interval. */
    public List<String> slices() {
        return slices;
    }
}
