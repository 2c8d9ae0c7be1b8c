package dev.discern.scoring.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Cholesky;
import dev.discern.scoring.testing.Models;
import dev.discern.scoring.testing.Snapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recipe of the candidate set must not give the audit item away. With most candidates from the two ends of the popularity
 * order, the audit item is the one of middling popularity; an order by popularity alone that was fitted on such prompts would seem
 * to know users. Weighted by the inverse of the inclusion probabilities, the prompts are what a uniform draw would have been.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // its data are drawn once
class AuditRecipeTests {

    private static final int USERS = 2_500;
    private static final int ITEMS = 1_200;

    private final Snapshot snapshot = Snapshots.random(USERS, ITEMS, 15, new SplittableRandom(11));
    private final TemporalSplit split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
    private final Popularity popularity = Popularity.of(split.train());
    private final float[] standardized = popularity.standardizedLog();

    /** A model that believes in popularity, as those that learn from clicks do. */
    private final Guides guides = Models.guides(snapshot, new SplittableRandom(4), scaled(standardized, 3));

    private final Map<Quotas, List<Pair>> drawn = new HashMap<>();

    /** Recipes with more than their share of both ends of the popularity order. */
    static Stream<Quotas> recipes() {
        return Stream.of(new Quotas(3, 7, 7, 2), new Quotas(3, 0, 0, 0, 8, 8), new Quotas(2, 6, 2, 0, 5, 4));
    }

    /** The held-out item and another one, with the weight of the pair. */
    private record Pair(int heldOut, int other, double weight) {}

    @ParameterizedTest
    @MethodSource("recipes")
    void weightedAuditPairsSayOfPopularityWhatUniformPairsSay(Quotas recipe) {
        double uniform = accuracy(uniformPairs(), popularity::count);

        assertThat(accuracy(auditPairs(recipe, true), popularity::count)).isEqualTo(uniform, within(0.02));
        assertThat(accuracy(auditPairs(recipe, false), popularity::count))
                .as("without weights it is another figure, else this test could not fail")
                .isLessThan(uniform - 0.05);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void anOrderByPopularityFittedOnWeightedAuditPairsIsNoBetterThanPopularityItself(Quotas recipe) {
        double raw = accuracy(uniformPairs(), popularity::count);
        double[] weighted = fit(auditPairs(recipe, true));
        List<Pair> asDrawn = auditPairs(recipe, false);
        double[] unweighted = fit(asDrawn);

        assertThat(accuracy(uniformPairs(), item -> score(weighted, item))).isEqualTo(raw, within(0.015));
        assertThat(accuracy(asDrawn, item -> score(unweighted, item)))
                .as("without weights the recipe seems to make popularity a better judge than it is on its own prompts")
                .isGreaterThan(accuracy(asDrawn, popularity::count) + 0.05);
        assertThat(accuracy(uniformPairs(), item -> score(unweighted, item)))
                .as("and what it learned there is wrong elsewhere")
                .isLessThan(raw - 0.02);
    }

    @Test
    void whatTheCandidatesStandForIsTheirPools() {
        assertThat(standsFor(new Quotas(2, 6, 2, 0, 5, 4)))
                .as("the catalogue less what the user has")
                .isBetween(0.95 * ITEMS, 1.0 * ITEMS);
        assertThat(standsFor(new Quotas(0, 0, 0, 0, 10, 9)))
                .as("the model's best 20 and the encoder's 30 alone")
                .isEqualTo(50, within(1e-6));
    }

    /** Mean over prompts of Σ 1/π. */
    private double standsFor(Quotas recipe) {
        return auditPairs(recipe, true).stream().mapToDouble(Pair::weight).sum()
                / IntStream.range(0, USERS).filter(split::isHeldOut).count();
    }

    private List<Pair> auditPairs(Quotas recipe, boolean weighted) {
        List<Pair> pairs = drawn.computeIfAbsent(recipe, this::draw);
        return weighted
                ? pairs
                : pairs.stream()
                        .map(pair -> new Pair(pair.heldOut, pair.other, 1))
                        .toList();
    }

    /** Every audit pair of a recipe with the weight 1/π. */
    private List<Pair> draw(Quotas recipe) {
        CandidateGenerator generator = new CandidateGenerator(snapshot, recipe, new Seeds(1), guides);
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int heldOut = split.validation()[user];
            generator
                    .draw(user)
                    .ifPresent(prompt -> prompt.candidates().stream()
                            .filter(candidate -> candidate.source() != CandidateSource.AUDIT)
                            .map(candidate -> pair(heldOut, candidate))
                            .forEach(pairs::add));
        }
        return pairs;
    }

    private static Pair pair(int heldOut, Candidate candidate) {
        return new Pair(heldOut, Snapshots.itemIdx(candidate.itemId()), 1 / candidate.inclusionProbability());
    }

    /** Each held-out item against twenty uniform ones that the user does not have. */
    private List<Pair> uniformPairs() {
        SplittableRandom random = new SplittableRandom(2);
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            if (split.isHeldOut(user)) {
                int[] own = snapshot.histories().row(user);
                for (int n = 0; n < 20; n++) {
                    int other = random.nextInt(ITEMS);
                    if (java.util.Arrays.stream(own).noneMatch(item -> item == other)) {
                        pairs.add(new Pair(split.validation()[user], other, 1));
                    }
                }
            }
        }
        return pairs;
    }

    /** Weighted share of the pairs in which the held-out item scores higher, ties half. */
    private static double accuracy(List<Pair> pairs, ToDoubleFunction<Integer> score) {
        double won = 0;
        double weights = 0;
        for (Pair pair : pairs) {
            int comparison = Double.compare(score.applyAsDouble(pair.heldOut), score.applyAsDouble(pair.other));
            won += pair.weight * (1 + Integer.signum(comparison)) / 2.0;
            weights += pair.weight;
        }
        return won / weights;
    }

    /** θ of the cubic f(x) = θ · (x, x², x³) that maximizes Σ w log σ(f(x_v) − f(x_c)) − ½ |θ|², by Newton's method. */
    private double[] fit(List<Pair> pairs) {
        double[] theta = new double[3];
        for (int iteration = 0; iteration < 12; iteration++) {
            double[] gradient = new double[3];
            double[][] hessian = new double[3][3];
            for (int k = 0; k < 3; k++) {
                gradient[k] = -theta[k];
                hessian[k][k] = 1;
            }
            for (Pair pair : pairs) {
                double[] x = difference(pair);
                double p = 1 / (1 + Math.exp(-dot(theta, x)));
                for (int a = 0; a < 3; a++) {
                    gradient[a] += pair.weight * (1 - p) * x[a];
                    for (int b = 0; b < 3; b++) {
                        hessian[a][b] += pair.weight * p * (1 - p) * x[a] * x[b];
                    }
                }
            }
            double[] step = Cholesky.solve(hessian, gradient);
            for (int k = 0; k < 3; k++) {
                theta[k] += step[k];
            }
        }
        return theta;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= factor;
        }
        return scaled;
    }

    private double score(double[] theta, int item) {
        return dot(theta, cubic(item));
    }

    private double[] difference(Pair pair) {
        double[] x = cubic(pair.heldOut);
        double[] y = cubic(pair.other);
        return new double[] {x[0] - y[0], x[1] - y[1], x[2] - y[2]};
    }

    private double[] cubic(int item) {
        double x = standardized[item];
        return new double[] {x, x * x, x * x * x};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
