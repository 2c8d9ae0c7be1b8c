package dev.discern.serving.recommend;

import dev.discern.common.artifact.Alias;

/**
 * Who gave an answer.
 *
 * @param alias under which the model answered
 * @param version of the model
 * @param drawn whether the user's side was drawn between champion and challenger: only such answers can be compared
 */
public record Arm(Alias alias, String version, boolean drawn) {

    public Arm {
        if (drawn && alias == Alias.SHADOW) {
            throw new IllegalArgumentException("nobody is drawn to the shadow");
        }
    }
}
