package dev.discern.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PilotGateTests {

    private static final int CANDIDATES = 20;

    /** What is planted, by name; the rest is 0. */
    private static final Map<String, Double> PLANTED = Map.of("f1", 0.6, "e", 0.5, "g0", 0.2, "g1", 0.4, "g2", -0.3);

    @Test
    void findsThePlantedCoefficients() {
        PilotGate gate = PilotGate.fit(exams(3_000, 1));

        for (PilotGate.Coefficient coefficient : gate.coefficients()) {
            double planted = PLANTED.getOrDefault(coefficient.name(), 0.0);
            // four of its own standard errors, which must be small for that to say something
            assertThat(coefficient.value())
                    .as(coefficient.name())
                    .isEqualTo(planted, within(4 * coefficient.standardError()));
            assertThat(coefficient.standardError()).as(coefficient.name()).isLessThan(0.15);
        }
        assertThat(gate.logLoss().orElseThrow())
                .isLessThan(gate.logLossJudgeFree().orElseThrow() - 0.02);
    }

    @Test
    void theGateOfAJudgeThatKnowsNothingIsNearlyShut() {
        SplittableRandom random = new Seeds(7).random("noise");
        List<PilotGate.Exam> noise = exams(400, 2).stream()
                .map(exam -> new PilotGate.Exam(
                        exam.evidence(), exam.audit(), normal(random), exam.inclusion(), exam.pilotInclusion()))
                .toList();

        PilotGate gate = PilotGate.fit(noise);

        double mean = noise.stream()
                .mapToDouble(exam -> gate.gate(exam.evidence(), 0, 1))
                .average()
                .orElseThrow();
        assertThat(mean).isEqualTo(0, within(0.1));
        assertThat(gate.logLoss().orElseThrow())
                .isGreaterThan(gate.logLossJudgeFree().orElseThrow() - 0.005);
    }

    @Test
    void aPromptDrawnWithHalfTheProbabilityCountsTwice() {
        List<PilotGate.Exam> exams = exams(60, 3);
        PilotGate.Exam first = exams.getFirst();
        List<PilotGate.Exam> halved = new ArrayList<>(exams);
        halved.set(
                0,
                new PilotGate.Exam(
                        first.evidence(), first.audit(), first.z(), first.inclusion(), first.pilotInclusion() / 2));
        List<PilotGate.Exam> doubled = new ArrayList<>(exams);
        doubled.add(0, first);

        // weights are scaled to mean 1 before the ridge meets them, which is all that is left of a difference
        assertThat(value(PilotGate.fit(halved), "g0")).isEqualTo(value(PilotGate.fit(doubled), "g0"), within(0.02));
        assertThat(Math.abs(value(PilotGate.fit(halved), "g0") - value(PilotGate.fit(exams), "g0")))
                .isGreaterThan(1e-6);
    }

    @Test
    void aPilotOfOneCanBeFittedButNotChecked() {
        PilotGate gate = PilotGate.fit(exams(1, 4));

        assertThat(gate.coefficients())
                .allSatisfy(coefficient -> assertThat(coefficient.value()).isFinite());
        assertThat(gate.logLoss()).isEmpty();
    }

    private static double value(PilotGate gate, String name) {
        return gate.coefficients().stream()
                .collect(Collectors.toMap(PilotGate.Coefficient::name, PilotGate.Coefficient::value))
                .get(name);
    }

    /**
     * Exams whose held-out item is chosen among the candidates by a softmax of the planted preference: of any two, the one is then
     * chosen before the other with the planted {@code p}. Gate and tail flags are the same within a prompt, so that there is such a
     * softmax.
     */
    private static List<PilotGate.Exam> exams(int count, long seed) {
        SplittableRandom random = new Seeds(seed).random("planted");
        List<PilotGate.Exam> exams = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double logHistory = 3 * random.nextDouble();
            boolean tail = random.nextBoolean();
            float[] popularity = normal(random);
            float[] encoder = normal(random);
            float[] z = normal(random);
            boolean[] tails = new boolean[CANDIDATES];
            Arrays.fill(tails, tail);
            double gate = PLANTED.get("g0") + PLANTED.get("g1") * logHistory + PLANTED.get("g2") * (tail ? 2 : 0);
            double[] utility = new double[CANDIDATES];
            for (int i = 0; i < CANDIDATES; i++) {
                utility[i] = PLANTED.get("f1") * popularity[i] + PLANTED.get("e") * encoder[i] + gate * z[i];
            }
            double[] inclusion = new double[CANDIDATES];
            Arrays.fill(inclusion, 0.1);
            exams.add(new PilotGate.Exam(
                    new Evidence(logHistory, popularity, tails, null, encoder),
                    choose(utility, random),
                    z,
                    inclusion,
                    0.5));
        }
        return exams;
    }

    /** By the largest of utility plus Gumbel noise: the softmax. */
    private static int choose(double[] utility, SplittableRandom random) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < utility.length; i++) {
            double noisy = utility[i] - Math.log(-Math.log(random.nextDouble()));
            if (noisy > most) {
                most = noisy;
                best = i;
            }
        }
        return best;
    }

    private static float[] normal(SplittableRandom random) {
        float[] values = new float[CANDIDATES];
        for (int i = 0; i < CANDIDATES; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
