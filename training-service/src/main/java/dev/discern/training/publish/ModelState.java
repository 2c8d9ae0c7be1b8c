package dev.discern.training.publish;

import java.util.Locale;

/** What a version is now. Only {@code RETIRED} is for good: the others follow from where the aliases point. */
public enum ModelState {
    /** Registered; no alias points to it. */
    CANDIDATE,
    /** The alias shadow points to it. */
    SHADOW,
    /** The alias challenger points to it. */
    CHALLENGER,
    /** It is served. */
    CHAMPION,
    /** Its folder was deleted; its lineage stays. */
    RETIRED;

    /** As answers write it: {@code candidate}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
