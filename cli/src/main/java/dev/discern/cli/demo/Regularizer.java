package dev.discern.cli.demo;

import java.util.List;
import java.util.Locale;

/** How the judge's answers guide training. */
public enum Regularizer {
    /** Not at all: what the others are compared with. */
    OFF,
    /** Where held-out interactions say that the judge can be trusted. */
    GATED,
    /** The gate without the judge: what popularity calibration alone gives. */
    JUDGE_FREE,
    /** The gate on the judge's choice of pairs, without its opinion. */
    JUDGE_PICKS,
    /** The gate with a judge whose answers were shuffled. */
    PLACEBO,
    /** Everywhere. */
    GLOBAL,
    /** Distillation of the judge's scores. */
    POINTWISE,
    /** The judge's scores as soft labels. */
    LLM_CF,
    /** No judge: item vectors drawn towards their texts. */
    KAR,
    /** S-LLMR as published. */
    PAPER;

    /** What the demo compares unless told otherwise: those that tell most in the time that it has, which {@code history} needs more of. */
    public static List<Regularizer> ofDemo(Backbone backbone) {
        return backbone == Backbone.HISTORY
                ? List.of(OFF, GATED, JUDGE_FREE, GLOBAL)
                : List.of(OFF, GATED, JUDGE_FREE, GLOBAL, POINTWISE, PAPER);
    }

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it needs a scoring run. */
    public boolean asksJudge() {
        return this != OFF && this != KAR;
    }
}
