package dev.discern.training.job;

import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.TextTaste;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.gate.CalibratedGate;
import dev.discern.training.gate.Lesson;
import dev.discern.training.gate.PairKind;
import dev.discern.training.gate.RescueLists;
import dev.discern.training.gate.Uncertainty;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.objective.Sigmoid;
import dev.discern.training.trainer.BprMfFitting;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.Fitting;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.HistoryFitting;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.LightGcnFitting;
import dev.discern.training.trainer.LightGcnParameters;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainingParameters;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From a plan and its data to a model in training: what is taught, how far it is trusted, and the backbone that learns it.
 *
 * @param texts null where the plan needs none
 * @param judgments null where the plan needs none; those of the placebo where it asks for it
 * @param beginning null where the plan begins with fresh parameters
 */
record Lessons(
        TrainingPlan plan,
        TrainingData data,
        @Nullable ItemTexts texts,
        @Nullable Judgments judgments,
        @Nullable Beginning beginning) {

    /** The scoring service's prompts show so many of a user's items. */
    private static final int PROMPT_HISTORY = 10;

    /** Width of texts for the regularizer that draws item vectors towards them. */
    private static final int TEXT_DIM = 256;

    /** Trains the models on which a gate is fitted. */
    @FunctionalInterface
    interface WarmUp {

        /**
         * Trains one of them.
         *
         * @param number 1, or 2 for the second where the plan's uncertainty compares two
         * @param fitting the backbone alone, as training begins with it
         */
        DotProductModel train(int number, Fitting fitting) throws IOException;
    }

    /** Warms the backbone up, two of them where the plan's uncertainty compares two, and fits the plan's gate on it. */
    Calibration calibrate(WarmUp warmUp) throws IOException {
        Seeds seeds = new Seeds(plan.seed());
        DotProductModel first = warmUp.train(1, warmUp(seeds));
        return calibrate(first, needsSecondModel() ? warmUp.train(2, warmUp(new Seeds(seeds.of("ensemble")))) : null);
    }

    private Fitting warmUp(Seeds seeds) {
        return fitting(plan.parameters().duringTraining(), seeds, Guidance.none());
    }

    /** Whether the plan's uncertainty compares two models. */
    boolean needsSecondModel() {
        return plan.uncertainty() == UncertaintyKind.ENSEMBLE;
    }

    /**
     * Fits the gate of the plan on a warmed-up model.
     *
     * @param second of another seed; null where the plan does not {@linkplain #needsSecondModel compare two}
     */
    Calibration calibrate(DotProductModel warmedUp, @Nullable DotProductModel second) {
        Seeds seeds = new Seeds(plan.seed());
        Lesson lesson = lesson(warmedUp, seeds);
        Uncertainty uncertainty =
                Uncertainty.of(Objects.requireNonNull(plan.uncertainty()), warmedUp, second, data, seeds);
        CalibratedGate gate = CalibratedGate.fit(lesson.audits(), data, warmedUp, uncertainty, seeds);
        boolean asJudged = plan.regularizer() == RegularizerKind.GATED || plan.regularizer() == RegularizerKind.PLACEBO;
        float[] targets = asJudged ? gate.targets(lesson.pairs()) : gate.judgeFreeTargets(lesson.pairs());
        return new Calibration(gate.report(), lesson.pairs(), targets);
    }

    private Lesson lesson(DotProductModel warmedUp, Seeds seeds) {
        Judgments asked = Objects.requireNonNull(judgments);
        if (kind(asked) == PairKind.UNIFORM) {
            return Lesson.uniform(asked);
        }
        if (plan.regularizer() == RegularizerKind.JUDGE_FREE) {
            return RescueLists.of(data, warmedUp, null).ofModel(asked.rescue(), seeds);
        }
        TemporalSplit split = data.split();
        DotProductModel encoder =
                TextTaste.of(Objects.requireNonNull(texts).vectors().byItem(), split.train(), PROMPT_HISTORY);
        return RescueLists.of(data, warmedUp, encoder).judged(asked, seeds);
    }

    /** The kind of pairs that is taught: what the plan says, else what suits the backbone best of what the run has. */
    PairKind kind(Judgments asked) {
        if (plan.pairs() != null) {
            return plan.pairs();
        }
        PairKind best = plan.backbone().pairs();
        return pairs(asked, best).size() > 0 ? best : best.other();
    }

    private JudgedPairs pairs() {
        Judgments asked = Objects.requireNonNull(judgments);
        return pairs(asked, kind(asked));
    }

    private static JudgedPairs pairs(Judgments asked, PairKind kind) {
        return kind == PairKind.UNIFORM ? asked.pairs() : asked.rescue();
    }

    /**
     * What stands beside the base loss.
     *
     * @param calibration null where the regularizer has no gate
     */
    Guidance guidance(@Nullable Calibration calibration) {
        return switch (plan.regularizer()) {
            case OFF -> Guidance.none();
            case GATED, JUDGE_FREE, JUDGE_PICKS, PLACEBO -> {
                Calibration gate = Objects.requireNonNull(calibration);
                yield Guidance.calibrated(gate.pairs(), gate.targets(), plan.parameters());
            }
            case GLOBAL -> Guidance.global(pairs(), plan.parameters());
            case POINTWISE ->
                Guidance.pointwise(Objects.requireNonNull(judgments).scores(), plan.parameters());
            case LLM_CF -> Guidance.llmCf(pairs(), plan.parameters());
            case KAR ->
                Guidance.alignment(
                        data,
                        Objects.requireNonNull(texts).features(TEXT_DIM, 1),
                        plan.parameters().dim(),
                        plan.parameters(),
                        new Seeds(plan.seed()));
            case PAPER -> Guidance.paper(pairs(), data, plan.parameters());
        };
    }

    /**
     * What the judge taught of items. Null where it taught nothing: without a judge, in the controls that pass over what it says, and where the
     * gate is closed because it does not help. {@code pointwise} has no pairs, and the gate of {@code paper} is none of a pair's own but moves
     * with the model.
     *
     * @param calibration null where the regularizer has no gate
     */
    @Nullable
    JudgedItems taught(@Nullable Calibration calibration) {
        return switch (plan.regularizer()) {
            case GATED -> {
                Calibration gate = Objects.requireNonNull(calibration);
                yield gate.report().judgeHelps() ? taught(gate.pairs(), gate.targets()) : null;
            }
            case GLOBAL -> {
                float[] trusted = new float[pairs().size()];
                Arrays.fill(trusted, 1);
                yield taught(pairs(), trusted);
            }
            case LLM_CF -> {
                float[] preference = new float[pairs().size()];
                for (int n = 0; n < preference.length; n++) {
                    preference[n] = Sigmoid.of(pairs().margin()[n]);
                }
                yield taught(pairs(), preference);
            }
            case OFF, JUDGE_FREE, JUDGE_PICKS, PLACEBO, POINTWISE, KAR, PAPER -> null;
        };
    }

    private JudgedItems taught(JudgedPairs pairs, float[] gate) {
        return TaughtItems.of(pairs, gate, data.split().train());
    }

    /** A model of the plan's backbone as training begins with it. */
    Fitting fitting(Guidance guidance) {
        return fitting(plan.parameters(), new Seeds(plan.seed()), guidance);
    }

    private Fitting fitting(TrainingParameters of, Seeds seeds, Guidance guidance) {
        Fitting fitting = fresh(of, seeds, guidance);
        if (beginning != null) {
            beginning.parameters().into(fitting);
        }
        return fitting;
    }

    private Fitting fresh(TrainingParameters of, Seeds seeds, Guidance guidance) {
        return switch (of) {
            case BprMfParameters parameters ->
                new BprMfFitting(data, parameters, plan.threads(), seeds, guidance, Kernels.best());
            case LightGcnParameters parameters ->
                new LightGcnFitting(data, parameters, seeds, guidance, Kernels.best());
            case HistoryParameters parameters ->
                new HistoryFitting(
                        data,
                        features(parameters),
                        parameters,
                        seeds,
                        guidance,
                        Kernels.best().on(plan.threads()));
        };
    }

    /** What a history model sees of texts: along the axes of the version that it begins with, which has learned along them. */
    private TextFeatures features(HistoryParameters parameters) {
        ItemTexts seen = Objects.requireNonNull(texts);
        return beginning == null || beginning.texts() == null
                ? seen.features(parameters.dim(), parameters.contentDim())
                : beginning.texts().basis().features(seen.vectors().byItem());
    }

    /** What a model has learned, for a later job to go on with. */
    Learned learned(Fitting fitting) {
        if (!(plan.parameters() instanceof HistoryParameters parameters)) {
            return new Learned(fitting.learned(), null);
        }
        if (beginning != null && beginning.texts() != null) {
            return new Learned(fitting.learned(), beginning.texts());
        }
        ItemTexts seen = Objects.requireNonNull(texts);
        String encoder = seen.vectors().encoder();
        return new Learned(
                fitting.learned(),
                encoder == null
                        ? null
                        : new Learned.Texts(encoder, seen.basis(parameters.dim(), parameters.contentDim())));
    }
}
