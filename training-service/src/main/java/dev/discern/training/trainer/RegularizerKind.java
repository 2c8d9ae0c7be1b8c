package dev.discern.training.trainer;

import java.util.Arrays;
import java.util.List;

/** The regularizers one can choose (docs/method.md). */
public enum RegularizerKind {
    /** The backbone alone. */
    OFF("off", 0),
    /** Cross-entropy against the calibrated gate. */
    GATED("gated", 0.3f),
    /** The same with a gate that never saw the judge, on pairs that no judge chose: the control. */
    JUDGE_FREE("judge-free", 0.3f),
    /** The same with a gate that never saw the judge's margin, on the judge's pairs: what its choice of pairs is worth. */
    JUDGE_PICKS("judge-picks", 0.3f),
    /** {@code gated} by a judge whose scores were shuffled within each prompt. */
    PLACEBO("placebo", 0.3f),
    /** The judge trusted everywhere, with the weight of the paper. */
    GLOBAL("global", 1),
    /** Distillation of single scores. */
    POINTWISE("pointwise", 0.1f),
    /** The judge's scores as soft labels of the base loss, uncalibrated. */
    LLM_CF("llm-cf", 0.1f),
    /** Item vectors drawn towards a projection of their texts; no judge. */
    KAR("kar", 0.1f),
    /** S-LLMR as published. */
    PAPER("paper", 1);

    private final String label;
    private final float defaultLambda;

    RegularizerKind(String label, float defaultLambda) {
        this.label = label;
        this.defaultLambda = defaultLambda;
    }

    /** As requests and reports write it. */
    public String label() {
        return label;
    }

    /**
     * λ where a request names none: the largest of 0.1, 0.3 and 1 that does not lower NDCG@10 on the validation items of Amazon Beauty
     * (docs/results.md), or the paper's 1 for what stands for the paper.
     */
    public float defaultLambda() {
        return defaultLambda;
    }

    /** Whether it learns from a scoring run. */
    public boolean needsJudgments() {
        return this != OFF && this != KAR;
    }

    /** Whether its targets come from the calibrated gate. */
    public boolean needsGate() {
        return this == GATED || this == JUDGE_FREE || this == JUDGE_PICKS || this == PLACEBO;
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
                "unknown regularizer '%s'; known are %s".formatted(label, String.join(", ", labels())));
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(RegularizerKind::label).toList();
    }
}
