package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import org.junit.jupiter.api.Test;

class PopularityLiftTests {

    /** Four items with 0, 1, 1 and 3 interactions: percentiles .125, .5, .5 and .875. */
    private final PopularityRanks ranks = PopularityRanks.of(
            Popularity.of(new InteractionMatrix(4, new int[] {0, 3, 4, 5}, new int[] {1, 2, 3, 3, 3})));

    @Test
    void percentilesCountTiesAsHalf() {
        assertThat(ranks.percentile(0)).isEqualTo(0.125);
        assertThat(ranks.percentile(1)).isEqualTo(0.5);
        assertThat(ranks.percentile(3)).isEqualTo(0.875);
        assertThat(ranks.percentile(2)).as("between them").isEqualTo(0.75);
        assertThat(ranks.percentile(9)).isEqualTo(1);
    }

    @Test
    void preferencesOfPopularItemsLift() {
        // held out: the one seen once; the judge prefers the most popular of the others, then the rare one
        PopularityLift lift =
                PopularityLift.of(Judged.all(Judged.scores(0.1, 0.9, 0.3, 0.2).popularity(1, 3, 0, 1)), ranks);

        // its pairs: .875 over .125, .875 over .5, .125 over .5
        assertThat(lift.judge().value()).isEqualTo((0.75 + 0.375 - 0.375) / 3, within(1e-12));
        assertThat(lift.popularity().value()).isEqualTo((0.75 + 0.375 + 0.375) / 3, within(1e-12));
        // the user chose .5 beside .875, .125 and .5
        assertThat(lift.users().value()).isEqualTo((-0.375 + 0.375 + 0) / 3, within(1e-12));
    }

    @Test
    void itemsScoredAlikeAreNoPreference() {
        PopularityLift lift = PopularityLift.of(
                Judged.all(Judged.scores(0.5, 0.5, 0.5).popularity(1, 3, 0).audit(-1)), ranks);

        assertThat(lift.judge().value()).isNull();
        assertThat(lift.users().value()).isNull();
    }
}
