package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTests {

    private static final int USERS = 4_000;
    private static final List<PairedBootstrap.Pair> FIRST_MINUS_SECOND = List.of(new PairedBootstrap.Pair(0, 1));

    private final boolean[] everybody = new boolean[USERS];
    private final boolean[] firstTenth = new boolean[USERS];
    private final float[] differences = new float[USERS];
    private final float[] zeros = new float[USERS];

    PairedBootstrapTests() {
        SplittableRandom random = new Seeds(9).random("differences");
        for (int n = 0; n < USERS; n++) {
            everybody[n] = true;
            firstTenth[n] = n < USERS / 10;
            differences[n] = (float) (0.1 + random.nextGaussian());
        }
    }

    @Test
    void theIntervalIsThatOfTheNormalApproximationForManyUsers() {
        var interval = intervals(new Slice("all", everybody, USERS));

        double standardError = 1 / Math.sqrt(USERS);
        assertThat(interval.difference()).isEqualTo(0.1, within(3 * standardError));
        // A quantile of 1,000 resamples is itself off by about 0.08 standard errors.
        assertThat(interval.low()).isEqualTo(interval.difference() - 1.96 * standardError, within(0.3 * standardError));
        assertThat(interval.high())
                .isEqualTo(interval.difference() + 1.96 * standardError, within(0.3 * standardError));
    }

    @Test
    void aSliceCountsItsOwnUsersOnly() {
        var interval = intervals(new Slice("first", firstTenth, USERS / 10));

        double standardError = 1 / Math.sqrt(USERS / 10.0);
        assertThat((interval.high() - interval.low()) / (2 * 1.96))
                .isEqualTo(standardError, within(.1 * standardError));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        Slice all = new Slice("all", everybody, USERS);

        assertThat(intervals(all)).isEqualTo(intervals(all));
        assertThat(intervals(all))
                .isNotEqualTo(new PairedBootstrap(USERS, 2)
                        .intervals(List.of(differences, zeros), FIRST_MINUS_SECOND, List.of(all))[0][0]);
    }

    @Test
    void slicesTogetherHaveTheIntervalsThatEachHasAlone() {
        boolean[] odd = new boolean[USERS];
        for (int n = 1; n < USERS; n += 2) {
            odd[n] = true;
        }
        List<Slice> slices = List.of(
                new Slice("all", everybody, USERS),
                new Slice("first", firstTenth, USERS / 10),
                new Slice("odd", odd, USERS / 2));
        float[] other = differences.clone();
        other[5] += 1;

        PairedBootstrap.Interval[][] together = new PairedBootstrap(USERS, 1)
                .intervals(
                        List.of(differences, other, zeros),
                        List.of(new PairedBootstrap.Pair(2, 1), new PairedBootstrap.Pair(0, 2)),
                        slices);

        for (int s = 0; s < slices.size(); s++) {
            PairedBootstrap.Interval alone = intervals(slices.get(s));
            assertThat(together[1][s].difference()).isEqualTo(alone.difference());
            assertThat(together[1][s].low()).isEqualTo(alone.low(), within(1e-6));
            assertThat(together[1][s].high()).isEqualTo(alone.high(), within(1e-6));
        }
        assertThat(together[0][2].difference()).isEqualTo(-together[1][2].difference() - 2.0 / USERS, within(1e-6));
    }

    @Test
    void anEmptySliceHasNoDifference() {
        assertThat(intervals(new Slice("nobody", new boolean[USERS], 0)))
                .isEqualTo(new PairedBootstrap.Interval(0, 0, 0));
    }

    private PairedBootstrap.Interval intervals(Slice slice) {
        return new PairedBootstrap(USERS, 1)
                .intervals(List.of(differences, zeros), FIRST_MINUS_SECOND, List.of(slice))[0][0];
    }
}
