package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.BprMf;
import dev.discern.training.dataset.AuditPairs;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The gate on audit pairs that were simulated from a known preference. */
class CalibratedGateTests {

    private static final int USERS = 400;
    private static final int PAIRS_EACH = 30;

    private final TrainingData data = new PlantedData(USERS, 60, 7).data();
    private final BprMf model = model();
    private final Uncertainty scoreEntropy = new ScoreEntropy(model.tables());
    private final SplittableRandom random = new Seeds(12).random("gate");

    @Test
    void findsThePlantedCoefficients() {
        double[] planted = {0.6, 0.5, -0.2, 0.1, 0.4, 0.2, -0.15, 0.1};

        GateReport report = fit(audits(planted, data.items())).report();

        for (int k = 0; k < planted.length; k++) {
            GateReport.Coefficient found = report.coefficients().get(k);
            assertThat(Math.abs(found.value() - planted[k]))
                    .as("%s, planted %s", found, planted[k])
                    .isLessThan(4 * found.standardError() + 0.02);
        }
        assertThat(report.coefficients().get(4).name()).isEqualTo("g0");
        assertThat(report.logLoss()).isLessThan(report.logLossJudgeFree() - 0.03);
        assertThat(report.ece()).isLessThan(0.05);
        assertThat(report.fitPairs() + report.checkPairs()).isEqualTo(USERS * PAIRS_EACH);
    }

    @Test
    void aJudgeWhoKnowsNothingTeachesNoMoreThanPopularityDoes() {
        CalibratedGate gate = fit(audits(new double[] {0.6, 0.5, -0.2, 0.1, 0, 0, 0, 0}, data.items()));

        for (GateReport.Coefficient g : gate.report().coefficients().subList(4, 8)) {
            assertThat(Math.abs(g.value())).as(g.toString()).isLessThan(4 * g.standardError());
        }
        JudgedPairs pairs = somePairs();
        float[] with = gate.targets(pairs);
        float[] without = gate.judgeFreeTargets(pairs);
        for (int n = 0; n < pairs.size(); n++) {
            assertThat(Math.abs(with[n] - without[n])).isLessThan(0.1f);
        }
    }

    @Test
    void whereTheJudgeDoesNotHelpOnHeldOutPairsTheGateIsClosed() {
        CalibratedGate closed = Stream.generate(
                        () -> fit(audits(new double[] {0.6, 0.5, -0.2, 0.1, 0, 0, 0, 0}, data.items())))
                .limit(20)
                .filter(gate -> !gate.report().judgeHelps())
                .findFirst()
                .orElseThrow();
        JudgedPairs pairs = somePairs();

        assertThat(closed.report().coefficients().get(4).value())
                .as("it was fitted")
                .isNotZero();
        assertThat(closed.targets(pairs)).isEqualTo(closed.judgeFreeTargets(pairs));
    }

    @Test
    void aBadJudgeIsTurnedAround() {
        CalibratedGate gate = fit(audits(new double[] {0, 0, 0, 0, -1, 0, 0, 0}, data.items()));

        assertThat(gate.report().coefficients().get(4).value()).isNegative();
        JudgedPairs pairs = somePairs();
        float[] targets = gate.targets(pairs);
        for (int n = 0; n < pairs.size(); n++) {
            if (pairs.margin()[n] > 0.5) {
                assertThat(targets[n]).isLessThan(0.5f);
            }
        }
    }

    /** A judge who is right where the model is unsure, and wrong where it is certain. */
    @Test
    void theRightUncertaintyTellsWhereTheJudgeIsRight() {
        Uncertainty right = planted("right");
        AuditPairs audits = audits(new double[] {0.6, 0.5, -0.2, 0.1, -1.5, 0, 0, 1.5}, data.items(), right);

        double without = fit(audits, constant()).report().logLoss();
        GateReport with = fit(audits, right).report();
        GateReport placebo = fit(audits, planted("placebo")).report();

        assertThat(with.logLoss()).isLessThan(without - 0.02);
        assertThat(placebo.logLoss()).isGreaterThan(without - 0.002);
        GateReport.Coefficient g3 = with.coefficients().get(7);
        assertThat(g3.name()).isEqualTo("g3");
        assertThat(g3.value()).isGreaterThan(1.5 - 4 * g3.standardError());
        assertThat(with.uncertainty()).isEqualTo("right");
    }

    /** A number for each user and item, as if drawn uniformly. */
    private static Uncertainty planted(String name) {
        return new Uncertainty() {
            @Override
            public float of(int user, int item) {
                return new Seeds(user).random(name, item).nextFloat();
            }

            @Override
            public String label() {
                return name;
            }
        };
    }

    /** Leaves g3 out. */
    private static Uncertainty constant() {
        return new Uncertainty() {
            @Override
            public float of(int user, int item) {
                return 0;
            }

            @Override
            public String label() {
                return "none";
            }
        };
    }

    /**
     * Users who choose without regard to popularity, and a recipe that draws popular candidates ten times as often: seen naively,
     * the chosen item is the unpopular one. Weighting by inverse inclusion takes that away.
     */
    @Test
    void theRecipeOfTheCandidatesGivesNothingAway() {
        AuditPairs weighted = drawn(item -> item < data.items() / 4 ? 1 : 0.1);
        double[] ones = new double[weighted.size()];
        Arrays.fill(ones, 1);
        AuditPairs naive = new AuditPairs(
                weighted.user(),
                weighted.chosen(),
                weighted.other(),
                weighted.margin(),
                weighted.consistency(),
                ones,
                weighted.source());
        // For each user the most popular item against one in the middle.
        JudgedPairs popularFirst = pairs(0, data.items() / 2);

        assertThat(mean(fit(naive).judgeFreeTargets(popularFirst))).isLessThan(0.3);
        assertThat(mean(fit(weighted).judgeFreeTargets(popularFirst))).isBetween(0.4, 0.6);
    }

    @Test
    void tellsWhenThereIsNothingToFitOn() {
        AuditPairs one = new AuditPairs(
                new int[] {3, 3},
                new int[] {1, 1},
                new int[] {2, 4},
                new float[2],
                new float[2],
                new double[] {1, 1},
                PlantedData.uniform(2));

        assertThatThrownBy(() -> fit(one))
                .hasMessage(
                        "the gate needs audit prompts of at least two users to be fitted and checked; 2 pairs are not enough");
        assertThatThrownBy(() -> fit(new AuditPairs(
                        new int[0],
                        new int[0],
                        new int[0],
                        new float[0],
                        new float[0],
                        new double[0],
                        PlantedData.uniform(0))))
                .hasMessageEndingWith("; 0 pairs are not enough");
    }

    private CalibratedGate fit(AuditPairs audits) {
        return fit(audits, scoreEntropy);
    }

    private CalibratedGate fit(AuditPairs audits, Uncertainty uncertainty) {
        return CalibratedGate.fit(audits, data, model.tables(), uncertainty, new Seeds(1));
    }

    private AuditPairs audits(double[] coefficients, int items) {
        return audits(coefficients, items, scoreEntropy);
    }

    /** Pairs of random items, turned as a user with these coefficients would. */
    private AuditPairs audits(double[] coefficients, int items, Uncertainty uncertainty) {
        PairFeatures features = new PairFeatures(data, model.tables(), uncertainty, false);
        int size = USERS * PAIRS_EACH;
        int[] user = new int[size];
        int[] chosen = new int[size];
        int[] other = new int[size];
        float[] margin = new float[size];
        for (int n = 0; n < size; n++) {
            user[n] = n / PAIRS_EACH;
            int i = random.nextInt(items);
            int j = random.nextInt(items);
            float delta = (float) random.nextGaussian();
            double[] x = features.of(user[n], i, j, delta, 1, true);
            double logit = 0;
            for (int f = 0; f < x.length; f++) {
                logit += x[f] * coefficients[f];
            }
            boolean first = random.nextDouble() < 1 / (1 + Math.exp(-logit));
            chosen[n] = first ? i : j;
            other[n] = first ? j : i;
            margin[n] = first ? delta : -delta;
        }
        return audits(user, chosen, other, margin, ones(size));
    }

    /** Items chosen uniformly, each beside candidates that a recipe draws with this inclusion probability. */
    private AuditPairs drawn(IntToDoubleFunction inclusion) {
        int size = USERS * PAIRS_EACH;
        int[] user = new int[size];
        int[] chosen = new int[size];
        int[] other = new int[size];
        float[] margin = new float[size];
        double[] weight = new double[size];
        for (int n = 0; n < size; n++) {
            user[n] = n / PAIRS_EACH;
            chosen[n] = random.nextInt(data.items());
            do {
                other[n] = random.nextInt(data.items());
            } while (random.nextDouble() > inclusion.applyAsDouble(other[n]));
            weight[n] = 1 / inclusion.applyAsDouble(other[n]);
            margin[n] = (float) random.nextGaussian();
        }
        return audits(user, chosen, other, margin, weight);
    }

    private static AuditPairs audits(int[] user, int[] chosen, int[] other, float[] margin, double[] weight) {
        float[] consistency = new float[user.length];
        Arrays.fill(consistency, 1);
        return new AuditPairs(user, chosen, other, margin, consistency, weight, PlantedData.uniform(user.length));
    }

    private JudgedPairs somePairs() {
        int[] user = new int[USERS];
        int[] i = new int[USERS];
        int[] j = new int[USERS];
        float[] margin = new float[USERS];
        float[] consistency = new float[USERS];
        for (int n = 0; n < USERS; n++) {
            user[n] = n;
            i[n] = random.nextInt(data.items());
            j[n] = random.nextInt(data.items());
            margin[n] = (float) Math.abs(random.nextGaussian());
            consistency[n] = 1;
        }
        return new JudgedPairs(user, i, j, margin, consistency);
    }

    private static JudgedPairs pairs(int i, int j) {
        int[] user = new int[USERS];
        Arrays.setAll(user, n -> n);
        int[] is = new int[USERS];
        int[] js = new int[USERS];
        Arrays.fill(is, i);
        Arrays.fill(js, j);
        return new JudgedPairs(user, is, js, new float[USERS], new float[USERS]);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** A model with opinions: random vectors and biases. */
    private BprMf model() {
        BprMf random = BprMf.random(data.users(), data.items(), 8, new Seeds(2));
        SplittableRandom biases = new Seeds(2).random("biases");
        for (int item = 0; item < data.items(); item++) {
            random.itemBias()[item] = (float) biases.nextGaussian();
        }
        return random;
    }
}
