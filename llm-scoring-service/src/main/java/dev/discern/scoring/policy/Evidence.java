package dev.discern.scoring.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known for nothing of a prompt's candidates, before any judge speaks. For two candidates i and j it gives the terms of
 *
 * <pre>
 *   logit p(u,i,j) = a · (s_i − s_j) + f(pop_i) − f(pop_j) + e · (t_i − t_j) + g(u,i,j) · Δ
 *   g(u,i,j)       = g0 + g1 · log n_u + g2 · (tail_i + tail_j) + g3 · (q_i + q_j)
 * </pre>
 *
 * with f cubic; all are linear in their coefficients. {@code a} and {@code g3} are left out where there is no model, {@code e} where
 * there is no encoder.
 *
 * @param logHistory {@code log max(1, n_u)}
 * @param popularity (candidates) standardized log popularity
 * @param tail (candidates) whether the item is in the long tail
 * @param model (candidates) {@code s}: the free model's score, 0 where it has none; null without a model
 * @param encoder (candidates) {@code t}: the encoder's score standardized within the prompt, 0 where it has none; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // read by loops; never compared
record Evidence(
        double logHistory, float[] popularity, boolean[] tail, double @Nullable [] model, float @Nullable [] encoder) {

    private static final double LOG_2 = Math.log(2);

    int size() {
        return popularity.length;
    }

    /** Names of the coefficients of {@link #free} and, after them, of {@link #gate}. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (model != null) {
            names.add("a");
        }
        names.addAll(List.of("f1", "f2", "f3"));
        if (encoder != null) {
            names.add("e");
        }
        names.addAll(List.of("g0", "g1", "g2"));
        if (model != null) {
            names.add("g3");
        }
        return names;
    }

    /** The terms that need no judge; swapping i and j changes their signs. */
    double[] free(int i, int j) {
        double[] x = new double[3 + (model == null ? 0 : 1) + (encoder == null ? 0 : 1)];
        int next = 0;
        if (model != null) {
            x[next++] = model[i] - model[j];
        }
        double popI = popularity[i];
        double popJ = popularity[j];
        x[next++] = popI - popJ;
        x[next++] = popI * popI - popJ * popJ;
        x[next++] = popI * popI * popI - popJ * popJ * popJ;
        if (encoder != null) {
            x[next] = encoder[i] - encoder[j];
        }
        return x;
    }

    /** The terms of the gate: what {@code g} is a weighted sum of. The same for i and j as for j and i. */
    double[] gate(int i, int j) {
        double[] x = new double[model == null ? 3 : 4];
        x[0] = 1;
        x[1] = logHistory;
        x[2] = (tail[i] ? 1 : 0) + (tail[j] ? 1 : 0);
        if (model != null) {
            x[3] = doubt(model[i]) + doubt(model[j]);
        }
        return x;
    }

    /** {@code q}: the entropy of σ(s) in bits. */
    private static double doubt(double score) {
        return entropy(1 / (1 + Math.exp(-score)));
    }

    /** The entropy of a coin with probability {@code p}, in bits. */
    static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / LOG_2;
    }
}
