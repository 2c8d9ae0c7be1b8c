package dev.discern.training.trainer;

/** The regularizers one can choose (docs/method.md). */
public enum RegularizerKind {
    /** The backbone alone. */
    OFF("off"),
    /** Cross-entropy against the calibrated gate. */
    GATED("gated"),
    /** The same with a gate that never saw the judge: the control. */
    JUDGE_FREE("judge-free"),
    /** The judge trusted everywhere. */
    GLOBAL("global"),
    /** Distillation of single scores. */
    POINTWISE("pointwise"),
    /** S-LLMR as published. */
    PAPER("paper");

    private final String label;

    RegularizerKind(String label) {
        this.label = label;
    }

    /** As requests and reports write it. */
    public String label() {
        return label;
    }

    /** Whether it learns from a scoring run. */
    public boolean needsJudgments() {
        return this != OFF;
    }

    /** Whether its targets come from the calibrated gate. */
    public boolean needsGate() {
        return this == GATED || this == JUDGE_FREE;
    }

    /**
     * The kind of this label.
     *
     * @throws IllegalArgumentException naming the known labels
     */
    public static RegularizerKind of(String label) {
        for (RegularizerKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown regularizer '%s'; known are off, gated, judge-free, global, pointwise and paper"
                        .formatted(label));
    }
}
