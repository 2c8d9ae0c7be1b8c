package dev.discern.cli.demo;

import java.util.Locale;

/** How the judge's answers guide training. */
public enum Regularizer {
    /** Not at all: what the others are compared with. */
    OFF,
    /** Where held-out interactions say that the judge can be trusted. */
    GATED,
    /** The gate without the judge: what popularity calibration alone gives. */
    JUDGE_FREE,
    /** Everywhere. */
    GLOBAL,
    /** Distillation of the judge's scores. */
    POINTWISE,
    /** S-LLMR as published. */
    PAPER;

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it needs a scoring run. */
    public boolean asksJudge() {
        return this != OFF;
    }
}
