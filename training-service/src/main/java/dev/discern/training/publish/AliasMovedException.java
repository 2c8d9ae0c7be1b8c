package dev.discern.training.publish;

import dev.discern.common.artifact.Alias;
import org.jspecify.annotations.Nullable;

/** An alias points elsewhere than whoever wanted to move it had seen. */
public final class AliasMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AliasMovedException(Alias alias, @Nullable String expected, @Nullable String found) {
        super("the %s was %s and is %s now; look again and repeat".formatted(alias.label(), expected, found));
    }
}
