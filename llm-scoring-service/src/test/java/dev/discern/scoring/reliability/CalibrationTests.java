package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTests {

    @Test
    void whatIsPromisedIsSetAgainstWhatIsObserved() {
        // Two wins by 1 and one loss by 1 to fit: 3 pairs' worth of evidence, shrunk by the ridge.
        Calibration calibration =
                Calibration.of(List.of(new double[] {1, 1, -1}), List.of(new double[] {1, -1}, new double[] {1, 1, 0}));

        double slope = calibration.slope();
        // at the maximum 2 (1 − p) − p = slope, with p = σ(slope)
        double p = 1 / (1 + Math.exp(-slope));
        assertThat(2 * (1 - p) - p).isEqualTo(slope, within(1e-9));
        assertThat(p).isBetween(0.5, 0.6);
        // so all five pairs are promised .5 to .6: three right, one wrong, one tie
        assertThat(calibration.curve()).hasSize(1);
        Calibration.Bin bin = calibration.curve().getFirst();
        double promised = (4 * p + 0.5) / 5;
        assertThat(bin.promised()).isEqualTo(promised, within(1e-9));
        assertThat(bin.observed()).isEqualTo(3.5 / 5, within(1e-9));
        assertThat(bin.pairs()).isEqualTo(5);
        assertThat(bin.prompts()).isEqualTo(2);
        assertThat(bin.from()).isEqualTo(0.5);
        assertThat(calibration.ece()).isEqualTo(0.7 - promised, within(1e-9));
        assertThat(calibration.brier()).isEqualTo((3 * (1 - p) * (1 - p) + p * p) / 5, within(1e-9));
    }

    @Test
    void findsTheSlopeThatMadeTheAnswers() {
        SplittableRandom random = new SplittableRandom(3);
        Calibration calibration = Calibration.of(exams(800, 1.5, random), exams(800, 1.5, random));

        // 8,000 pairs: the standard error of the slope is about .03
        assertThat(calibration.slope()).isEqualTo(1.5, within(0.12));
        assertThat(calibration.slopeCi95().getFirst()).isBetween(1.3, 1.5);
        assertThat(calibration.mayTellNothing()).isFalse();
        assertThat(calibration.ece()).isLessThan(0.03);
        assertThat(calibration.brier()).isLessThan(0.2);
        assertThat(calibration.curve())
                .allSatisfy(bin -> assertThat(bin.observed()).isEqualTo(bin.promised(), within(0.1)));
    }

    @Test
    void aMarginThatTellsNothingHasSlopeZero() {
        SplittableRandom random = new SplittableRandom(6);
        Calibration calibration = Calibration.of(exams(300, 0, random), exams(300, 0, random));

        assertThat(calibration.slope()).isEqualTo(0, within(0.1));
        assertThat(calibration.mayTellNothing()).isTrue();
        assertThat(calibration.brier()).isEqualTo(0.25, within(0.01));
    }

    @Test
    void aJudgeThatIsMostlyWrongIsPromisedLessThanOneHalf() {
        SplittableRandom random = new SplittableRandom(5);
        Calibration calibration = Calibration.of(exams(300, -1, random), exams(300, -1, random));

        assertThat(calibration.curve()).allSatisfy(bin -> assertThat(bin.to()).isLessThanOrEqualTo(0.6));
        assertThat(calibration.ece()).isLessThan(0.06);
    }

    @Test
    void aJudgeThatIsAlwaysRightHasAFiniteSlope() {
        List<double[]> exams = List.of(new double[] {3, 3}, new double[] {2});
        Calibration calibration = Calibration.of(exams, exams);

        assertThat(calibration.slope()).isBetween(0.1, 10.0);
        assertThat(calibration.curve().getLast().observed()).isEqualTo(1);
    }

    @Test
    void oneExamCannotBeBothFittedAndChecked() {
        assertThat(Calibration.of(Judged.all(Judged.scores(0.9, 0.1)))).isEmpty();
        assertThat(Calibration.of(List.of())).isEmpty();
    }

    /** Ten pairs each, whose held-out item is the preferred one with probability σ(slope · |margin|). */
    private static List<double[]> exams(int count, double slope, SplittableRandom random) {
        List<double[]> exams = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[] margins = new double[10];
            for (int pair = 0; pair < margins.length; pair++) {
                double margin = 3 * random.nextDouble();
                boolean right = random.nextDouble() < 1 / (1 + Math.exp(-slope * margin));
                margins[pair] = right ? margin : -margin;
            }
            exams.add(margins);
        }
        return exams;
    }
}
