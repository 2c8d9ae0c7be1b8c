package dev.discern.training.trainer;

import dev.discern.training.gate.PairKind;
import dev.discern.training.gate.UncertaintyKind;

/** The backbones one can choose (docs/method.md). */
public enum BackboneKind {
    /** Matrix factorization by pairwise ranking. */
    BPR_MF("bpr-mf", BprMfParameters.class),
    /** Two towers over the user's recent items and their texts. */
    HISTORY("history", HistoryParameters.class),
    /** Vectors that spread over the graph of who has what. */
    LIGHTGCN("lightgcn", LightGcnParameters.class);

    /** What is trained where nobody says what. */
    public static final BackboneKind DEFAULT = HISTORY;

    private final String label;
    private final Class<? extends TrainingParameters> parametersType;

    BackboneKind(String label, Class<? extends TrainingParameters> parametersType) {
        this.label = label;
        this.parametersType = parametersType;
    }

    /** As requests and reports write it. */
    public String label() {
        return label;
    }

    /** What a run of it can be told. */
    public Class<? extends TrainingParameters> parametersType() {
        return parametersType;
    }

    /** Whether it is strong but for rare items, so that a judge is of use there and nowhere else. */
    public boolean isStrong() {
        return this == HISTORY;
    }

    /** The kind of pairs that teaches it the most. */
    public PairKind pairs() {
        return isStrong() ? PairKind.RESCUE : PairKind.UNIFORM;
    }

    /** What a gate takes for its uncertainty where the request says nothing (docs/method.md). */
    public UncertaintyKind uncertainty() {
        return UncertaintyKind.SCORE_ENTROPY;
    }

    /** What a run is told where the request says nothing. */
    public TrainingParameters defaults(RegularizerKind regularizer) {
        return switch (this) {
            case BPR_MF -> BprMfParameters.defaults(regularizer);
            case HISTORY -> HistoryParameters.defaults(regularizer);
            case LIGHTGCN -> LightGcnParameters.defaults(regularizer);
        };
    }

    /**
     * The kind of this label.
     *
     * @throws InvalidParameterException naming the known labels
     */
    public static BackboneKind of(String label) {
        for (BackboneKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new InvalidParameterException(
                "backbone", "'%s' is unknown; known are bpr-mf, history, lightgcn".formatted(label));
    }
}
