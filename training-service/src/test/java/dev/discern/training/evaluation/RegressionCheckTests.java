package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.evaluation.RegressionCheck.SliceDifference;
import dev.discern.training.testing.PlantedData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegressionCheckTests {

    private static final PlantedData DATA = new PlantedData(3000, 60, 3);
    private static final TemporalSplit SPLIT = TemporalSplit.leaveLastTwoOut(DATA.histories());

    @Test
    void namesTheSlicesThatAreWorseAndThoseAlone() {
        List<SliceDifference> differences =
                new RegressionCheck(SPLIT, 1).differences(tastes(user -> user % 5 != 0), tastes(user -> true));

        assertThat(differences).extracting(SliceDifference::slice).contains("all", "4-10 x >30");
        assertThat(differences)
                .allMatch(slice -> slice.low() <= slice.difference() && slice.difference() <= slice.high());
        assertThat(differences.getFirst().slice()).isEqualTo("all");
        assertThat(differences.getFirst().users()).isEqualTo(3000);
        assertThat(differences.getFirst().worse()).isTrue();
        assertThat(new RegressionCheck(SPLIT, 1).differences(tastes(user -> true), tastes(user -> user % 5 != 0)))
                .noneMatch(SliceDifference::worse);
    }

    @Test
    void aModelIsNotWorseThanItself() {
        DotProductModel model = tastes(user -> true);

        assertThat(new RegressionCheck(SPLIT, 1).differences(model, model))
                .isNotEmpty()
                .allMatch(slice -> slice.difference() == 0 && slice.low() == 0 && slice.high() == 0 && !slice.worse());
    }

    @Test
    void slicesOfFewUsersSayNothing() {
        TemporalSplit few = TemporalSplit.leaveLastTwoOut(new PlantedData(29, 60, 3).histories());

        assertThat(new RegressionCheck(few, 1).differences(random(1, 29), random(2, 29)))
                .isEmpty();
    }

    /**
     * Eight disjoint slices of 50 users whose true difference is 0. With 95 % intervals of their own, one of two equal models would
     * seem worse somewhere in 1 − 0.975⁸ = 18 % of comparisons. At once: at most about 2.5 % on that side; of 200 comparisons that is 5,
     * and with a standard deviation of 2.2 hardly ever above 12.
     */
    @Test
    void simultaneousIntervalsRarelyCallEqualModelsWorse() {
        int users = 400;
        List<Slice> slices = new ArrayList<>();
        for (int s = 0; s < 8; s++) {
            boolean[] member = new boolean[users];
            for (int n = s * 50; n < (s + 1) * 50; n++) {
                member[n] = true;
            }
            slices.add(new Slice("s" + s, member, 50));
        }
        int together = 0;
        int alone = 0;
        for (int trial = 0; trial < 200; trial++) {
            SplittableRandom random = new SplittableRandom(trial);
            float[] difference = new float[users];
            for (int n = 0; n < users; n++) {
                difference[n] = (float) random.nextGaussian();
            }
            PairedBootstrap bootstrap = new PairedBootstrap(users, trial);
            together += anyWorse(bootstrap.simultaneous(difference, slices)) ? 1 : 0;
            alone += anyWorse(bootstrap
                            .intervals(
                                    List.of(difference, new float[users]),
                                    List.of(new PairedBootstrap.Pair(0, 1)),
                                    slices)[0])
                    ? 1
                    : 0;
        }

        assertThat(together).isLessThanOrEqualTo(12);
        assertThat(alone).isGreaterThan(20);
    }

    private static boolean anyWorse(PairedBootstrap.Interval[] intervals) {
        return IntStream.range(0, intervals.length).anyMatch(s -> intervals[s].high() < 0);
    }

    /** Knows the taste of some users, the popularity of all items, and nothing else. */
    private static DotProductModel tastes(IntPredicate known) {
        float[] users = new float[DATA.users()];
        for (int user = 0; user < users.length; user++) {
            users[user] = known.test(user) ? taste(user) : 0;
        }
        float[] items = new float[DATA.items()];
        float[] bias = new float[DATA.items()];
        for (int item = 0; item < DATA.items(); item++) {
            items[item] = taste(item);
            bias[item] = -0.01f * item;
        }
        return new DotProductModel(1, users, items, bias);
    }

    private static int taste(int index) {
        return index % 2 == 0 ? 1 : -1;
    }

    private static DotProductModel random(int seed, int users) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] u = new float[users];
        float[] i = new float[60];
        IntStream.range(0, users).forEach(n -> u[n] = (float) random.nextGaussian());
        IntStream.range(0, 60).forEach(n -> i[n] = (float) random.nextGaussian());
        return new DotProductModel(1, u, i, new float[60]);
    }
}
