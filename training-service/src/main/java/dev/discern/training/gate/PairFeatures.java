package dev.discern.training.gate;

import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of the calibrated preference (docs/method.md), each antisymmetric in i and j:
 *
 * <pre>
 *   logit p(u,i,j) = a · Δs + f(pop_i) − f(pop_j) + g(u,i,j) · Δ
 *   g = g0 + g1 · log n_u + g2 · (tail_i + tail_j) + g3 · (q_ui + q_uj) + g4 · consistency
 * </pre>
 *
 * with f cubic in standardized log popularity and q the model's {@link Uncertainty}. Linear in its coefficients, so each term is a feature. g4 is left out where every
 * prompt was asked in one order: consistency is then always 1 and g0 says the same.
 */
final class PairFeatures {

    private static final List<String> JUDGE_FREE = List.of("a", "f1", "f2", "f3");
    private static final List<String> JUDGE = List.of("g0", "g1", "g2", "g3");

    private final TrainingData data;
    private final DotProductModel model;
    private final Uncertainty uncertainty;
    private final float[] popularity; // (items) standardized log
    private final boolean consistencyVaries;
    private final VectorKernels kernels = Kernels.best();

    PairFeatures(TrainingData data, DotProductModel model, Uncertainty uncertainty, boolean consistencyVaries) {
        this.data = data;
        this.model = model;
        this.uncertainty = uncertainty;
        this.popularity = data.popularity().standardizedLog();
        this.consistencyVaries = consistencyVaries;
    }

    /** Names of the coefficients, in the order of {@link #of}. */
    List<String> names(boolean withJudge) {
        List<String> names = new ArrayList<>(JUDGE_FREE);
        if (withJudge) {
            names.addAll(JUDGE);
            if (consistencyVaries) {
                names.add("g4");
            }
        }
        return names;
    }

    /** The features of a pair; without the judge only those that do not need its margin. */
    double[] of(int user, int i, int j, float margin, float consistency, boolean withJudge) {
        double[] x = new double
                [withJudge ? JUDGE_FREE.size() + JUDGE.size() + (consistencyVaries ? 1 : 0) : JUDGE_FREE.size()];
        double popI = popularity[i];
        double popJ = popularity[j];
        x[0] = model.difference(user, i, j, kernels);
        x[1] = popI - popJ;
        x[2] = popI * popI - popJ * popJ;
        x[3] = popI * popI * popI - popJ * popJ * popJ;
        if (withJudge) {
            int tails =
                    (data.popularity().isTail(i) ? 1 : 0) + (data.popularity().isTail(j) ? 1 : 0);
            double doubt = (double) uncertainty.of(user, i) + uncertainty.of(user, j);
            x[4] = margin;
            x[5] = margin * Math.log(Math.max(1, data.split().train().length(user)));
            x[6] = margin * tails;
            x[7] = margin * doubt;
            if (consistencyVaries) {
                x[8] = margin * consistency;
            }
        }
        return x;
    }
}
