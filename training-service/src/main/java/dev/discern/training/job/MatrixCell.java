package dev.discern.training.job;

import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.RegularizerKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of a matrix that one worker does: a baseline, or one model trained with one seed.
 *
 * @param baseline its name; null for a trained model
 * @param lambda null where it is the backbone's default, or chosen by the {@link #isTrial trials}
 */
record MatrixCell(
        @Nullable String baseline,
        @Nullable BackboneKind backbone,
        @Nullable RegularizerKind regularizer,
        long seed,
        @Nullable Float lambda,
        boolean isTrial) {

    /** Rivals whose weight is chosen on validation: an untuned rival is a straw man. */
    static final Set<RegularizerKind> TUNED =
            EnumSet.of(RegularizerKind.GLOBAL, RegularizerKind.POINTWISE, RegularizerKind.LLM_CF, RegularizerKind.KAR);

    private static final Set<RegularizerKind> CONTROLS =
            EnumSet.of(RegularizerKind.JUDGE_FREE, RegularizerKind.JUDGE_PICKS, RegularizerKind.PLACEBO);

    /** What a backbone becomes beside the texts, as a regularizer's place names it. */
    static final String LATE_FUSION = "late-fusion";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What needs no training, and each backbone alone, on which the gates are fitted. */
    static List<MatrixCell> bases(MatrixPlan plan) {
        List<MatrixCell> cells = new ArrayList<>();
        for (BackboneKind backbone : plan.backbones()) {
            for (long seed : plan.seedList()) {
                cells.add(new MatrixCell(null, backbone, RegularizerKind.OFF, seed, null, false));
            }
        }
        if (plan.baselines()) {
            for (String baseline : Baselines.names(plan.scoringRun() != null)) {
                cells.add(new MatrixCell(baseline, null, null, 1, null, false));
            }
        }
        return cells;
    }

    /** With the first seed: every rival with every weight. */
    static List<MatrixCell> trials(MatrixPlan plan) {
        List<MatrixCell> cells = new ArrayList<>();
        for (BackboneKind backbone : plan.backbones()) {
            for (RegularizerKind regularizer : regularizers(plan)) {
                for (float lambda : TUNED.contains(regularizer) ? plan.lambdas() : List.<Float>of()) {
                    cells.add(new MatrixCell(null, backbone, regularizer, 1, lambda, true));
                }
            }
        }
        return cells;
    }

    /** The regularized models; {@code global} also with the weight of the paper. */
    static List<MatrixCell> guided(MatrixPlan plan) {
        List<MatrixCell> cells = new ArrayList<>();
        for (BackboneKind backbone : plan.backbones()) {
            for (RegularizerKind regularizer : regularizers(plan)) {
                for (long seed : plan.seedList()) {
                    if (regularizer == RegularizerKind.GLOBAL || !isTuned(plan, regularizer)) {
                        cells.add(new MatrixCell(
                                null, backbone, regularizer, seed, defaultLambda(backbone, regularizer), false));
                    }
                    if (isTuned(plan, regularizer)) {
                        cells.add(new MatrixCell(null, backbone, regularizer, seed, null, false));
                    }
                }
            }
        }
        return cells;
    }

    private static boolean isTuned(MatrixPlan plan, RegularizerKind regularizer) {
        return TUNED.contains(regularizer) && !plan.lambdas().isEmpty();
    }

    private static float defaultLambda(BackboneKind backbone, RegularizerKind regularizer) {
        return backbone.defaults(regularizer).lambda();
    }

    /** In the order asked for, the controls behind {@code gated}, each once. */
    private static Set<RegularizerKind> regularizers(MatrixPlan plan) {
        Set<RegularizerKind> all = new LinkedHashSet<>();
        for (RegularizerKind regularizer : plan.regularizers()) {
            all.add(regularizer);
            if (regularizer == RegularizerKind.GATED) {
                all.addAll(CONTROLS);
            }
        }
        all.remove(RegularizerKind.OFF);
        return all;
    }

    /** The cell of the backbone alone, with the same seed. */
    MatrixCell base() {
        return new MatrixCell(null, backbone, RegularizerKind.OFF, seed, null, false);
    }

    /** The cell of the backbone alone with the next seed, that of the last being the first: no further model is trained for it. */
    MatrixCell secondBase(MatrixPlan plan) {
        return new MatrixCell(null, backbone, RegularizerKind.OFF, seed % plan.seeds() + 1, null, false);
    }

    /** Whether its weight is what the trials found best. */
    boolean isOfTrials() {
        return !isTrial && regularizer != null && TUNED.contains(regularizer) && lambda == null;
    }

    /** A name for the row of its model with this gain of rare items' texts. */
    String row(float rareGain) {
        return rareGain == 0 ? row() : String.format(Locale.ROOT, "%s, rare gain %s", row(), rareGain);
    }

    /** A name for its row, without its seed. */
    String row() {
        if (backbone == null || regularizer == null) {
            return String.valueOf(baseline);
        }
        String name = backbone.label() + " " + regularizer.label();
        return regularizer == RegularizerKind.GLOBAL && !isOfTrials()
                ? String.format(Locale.ROOT, "%s λ=%s", name, lambda)
                : name;
    }

    /** A name for its files. */
    String file() {
        return "%s-%d%s".formatted(row().replaceAll("[^a-z0-9.-]+", "_"), seed, isTrial ? "-trial-" + lambda : "");
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    static MatrixCell of(String json) {
        return JSON.readValue(json, MatrixCell.class);
    }
}
