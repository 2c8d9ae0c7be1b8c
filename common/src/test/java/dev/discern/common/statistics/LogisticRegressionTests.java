package dev.discern.common.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticRegressionTests {

    @Test
    void solvesWhatCanBeSolvedByHand() {
        // Three of four pairs agree, so p = ¾ and β = log 3; the ridge is as good as none.
        double[][] features = {{1}, {1}, {1}, {-1}};

        LogisticRegression.Fit fit = LogisticRegression.fit(features, ones(4), each(4), 1e-9);

        assertThat(fit.coefficients()[0]).isEqualTo(Math.log(3), within(1e-6));
        // H = 4 · ¾ · ¼; the squared gradients sum to 3 · (¼)² + (¾)²: √¾ / ¾.
        assertThat(fit.standardErrors()[0]).isEqualTo(Math.sqrt(0.75) / 0.75, within(1e-6));
    }

    @Test
    void aWeightCountsAsThatManyExamples() {
        double weighted = LogisticRegression.fit(new double[][] {{1}, {-1}}, new double[] {3, 1}, each(2), 1e-9)
                .coefficients()[0];

        assertThat(weighted).isEqualTo(Math.log(3), within(1e-6));
    }

    @Test
    void noStepAwayFromTheFitIsBetter() {
        SplittableRandom random = new Seeds(3).random("optimum");
        double[][] features = new double[200][3];
        for (double[] x : features) {
            x[0] = random.nextGaussian() + 0.3;
            x[1] = random.nextGaussian();
            x[2] = x[0] * x[0] * x[0]; // heavy tails, as the cubic of popularity has them
        }
        double[] weights = random.doubles(200).map(w -> 1 / (0.01 + w)).toArray();

        double[] fitted =
                LogisticRegression.fit(features, weights, each(200), 1).coefficients();

        double best = objective(features, weights, fitted, 1);
        for (int f = 0; f < fitted.length; f++) {
            for (double step : new double[] {-1e-3, 1e-3}) {
                double[] beside = fitted.clone();
                beside[f] += step;
                assertThat(objective(features, weights, beside, 1)).isGreaterThan(best);
            }
        }
    }

    @Test
    void findsTheFitFromFarAway() {
        // Newton's first step from zero lands where every p is 0 or 1, and a second one would leave the numbers.
        double[][] features = new double[400][2];
        SplittableRandom random = new Seeds(5).random("far");
        for (double[] x : features) {
            x[0] = 0.1 * random.nextGaussian() + 0.05;
            x[1] = random.nextInt(40) == 0 ? 300 * (random.nextDouble() - 0.2) : 0;
        }

        double[] fitted =
                LogisticRegression.fit(features, ones(400), each(400), 1e-3).coefficients();

        double best = objective(features, ones(400), fitted, 1e-3);
        for (int f = 0; f < 2; f++) {
            for (double step : new double[] {-1e-4, 1e-4}) {
                double[] beside = fitted.clone();
                beside[f] += step;
                assertThat(objective(features, ones(400), beside, 1e-3)).isGreaterThan(best);
            }
        }
    }

    /** Estimates of many simulated data sets spread as much as each of them says, although pairs of a user depend. */
    @Test
    void standardErrorsTellTheSpreadOfTheEstimate() {
        int simulations = 200;
        double[] estimates = new double[simulations];
        double promised = 0;
        for (int s = 0; s < simulations; s++) {
            SplittableRandom random = new Seeds(s).random("spread");
            int users = 80;
            int pairsEach = 10;
            double[][] features = new double[users * pairsEach][1];
            int[] cluster = new int[features.length];
            for (int user = 0; user < users; user++) {
                double ofUser = random.nextGaussian(); // shared by the user's pairs
                for (int k = 0; k < pairsEach; k++) {
                    int n = user * pairsEach + k;
                    double x = random.nextGaussian();
                    double p = 1 / (1 + Math.exp(-(0.8 + ofUser) * x));
                    features[n][0] = random.nextDouble() < p ? x : -x;
                    cluster[n] = user;
                }
            }
            LogisticRegression.Fit fit = LogisticRegression.fit(features, ones(features.length), cluster, 1e-6);
            estimates[s] = fit.coefficients()[0];
            promised += fit.standardErrors()[0] / simulations;
        }
        double mean = Arrays.stream(estimates).average().orElseThrow();
        double spread = Math.sqrt(
                Arrays.stream(estimates).map(e -> (e - mean) * (e - mean)).sum() / (simulations - 1));
        assertThat(promised / spread).isBetween(0.8, 1.2); // the spread of 200 is itself known to 5 %
    }

    private static double objective(double[][] features, double[] weights, double[] beta, double ridge) {
        double scale = weights.length / Arrays.stream(weights).sum();
        double sum = 0;
        for (int n = 0; n < features.length; n++) {
            double logit = 0;
            for (int f = 0; f < beta.length; f++) {
                logit += features[n][f] * beta[f];
                sum += n == 0 ? 0.5 * ridge * beta[f] * beta[f] : 0;
            }
            sum += weights[n] * scale * (Math.max(-logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))));
        }
        return sum;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static int[] each(int count) {
        return IntStream.range(0, count).toArray();
    }
}
