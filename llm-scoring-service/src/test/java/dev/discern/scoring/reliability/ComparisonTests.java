package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTests {

    /** The held-out item, seen 9 times, against one seen 12, one seen 99 and one never seen. */
    private final List<JudgedPrompt> one = Judged.all(Judged.scores(0.5, 0.4, 0.5, 0.9)
            .popularity(9, 12, 99, 0)
            .inclusion(1, 0.5, 0.25, 0.1)
            .encoder(0.3, 0.6, 0.1, 0.2));

    @Test
    void asAskedEveryPairCountsOnce() {
        Comparison comparison = Comparison.of(PairWeighting.AS_ASKED, one);

        assertThat(comparison.pairs()).isEqualTo(3);
        assertThat(comparison.prompts()).isEqualTo(1);
        assertThat(comparison.judge().pairAccuracy()).isEqualTo(1.5 / 3); // a win, a tie, a loss
        assertThat(comparison.popularity().pairAccuracy()).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(comparison.overPopularity().value()).isEqualTo(0.5 / 3, within(1e-12));
        assertThat(comparison.encoder()).isNotNull();
        assertThat(comparison.encoder().pairAccuracy()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(comparison.overEncoder()).isNotNull();
        assertThat(comparison.overEncoder().value()).isEqualTo(-0.5 / 3, within(1e-12));
    }

    @Test
    void matchedPairsAreThoseAlikeInPopularity() {
        Comparison comparison = Comparison.of(PairWeighting.POPULARITY_MATCHED, one);

        // log(10) and log(13) differ by .26, log(100) and log(1) by 2.3
        assertThat(comparison.pairs()).isEqualTo(1);
        assertThat(comparison.judge().pairAccuracy()).isEqualTo(1);
        assertThat(comparison.popularity().pairAccuracy()).isZero();
    }

    @Test
    void overTheCatalogueEveryPairCountsByTheItemsThatItStandsFor() {
        Comparison comparison = Comparison.of(PairWeighting.CATALOGUE_UNIFORM, one);

        // weights 2, 4 and 10: a win, a tie, a loss; popularity wins the last alone
        assertThat(comparison.judge().pairAccuracy()).isEqualTo((2 + 2) / 16.0, within(1e-12));
        assertThat(comparison.popularity().pairAccuracy()).isEqualTo(10 / 16.0, within(1e-12));
        assertThat(comparison.effectivePairs()).isEqualTo(16 * 16 / (4 + 16 + 100.0), within(1e-12));
    }

    @Test
    void theEncoderIsComparedOnThePromptsThatItCanAnswer() {
        List<JudgedPrompt> prompts = Judged.all(
                Judged.scores(0.9, 0.1), // no encoder here
                Judged.scores(0.1, 0.9).encoder(0.9, 0.1));

        Comparison comparison = Comparison.of(PairWeighting.AS_ASKED, prompts);

        assertThat(comparison.judge().pairAccuracy()).isEqualTo(0.5);
        assertThat(comparison.encoder()).isEqualTo(new Wins(1.0, List.of(1.0, 1.0)));
        assertThat(comparison.overEncoder()).isEqualTo(new Estimate(-1.0, List.of(-1.0, -1.0)));
    }

    @Test
    void theModelIsComparedOnThePairsThatItKnows() {
        List<JudgedPrompt> prompts = Judged.all(
                Judged.scores(0.9, 0.1, 0.1), // of a user whom the model does not know
                Judged.scores(0.5, 0.9, 0.1).model(1, Float.NaN, 3), // wins the pair that the model loses
                Judged.scores(0.5, 0.9, 0.1).model(Float.NaN, 2, 3)); // the held-out item is new to the model

        Comparison comparison = Comparison.of(PairWeighting.AS_ASKED, prompts);

        assertThat(comparison.pairs()).isEqualTo(6);
        assertThat(comparison.model()).isEqualTo(new Wins(0.0, List.of(0.0, 0.0)));
        assertThat(comparison.overModel()).isEqualTo(new Estimate(1.0, List.of(1.0, 1.0)));
    }

    @Test
    void differencesArePaired() {
        // The judge always wins one pair more than popularity: prompts differ widely, the difference not at all.
        List<JudgedPrompt> prompts = Judged.all(
                Judged.scores(0.5, 0.1, 0.9, 0.9).popularity(5, 9, 9, 9),
                Judged.scores(0.5, 0.1, 0.1, 0.1).popularity(5, 1, 1, 9));

        Comparison comparison = Comparison.of(PairWeighting.AS_ASKED, prompts);

        assertThat(comparison.judge().ci95()).isEqualTo(List.of(1 / 3.0, 1.0));
        assertThat(comparison.overPopularity().ci95()).isNotNull();
        assertThat(comparison.overPopularity().ci95())
                .allSatisfy(end -> assertThat(end).isEqualTo(1 / 3.0, within(1e-12)));
        assertThat(comparison.overPopularity().isAbove(0)).isTrue();
    }

    @Test
    void promptsWithoutAuditItemHaveNoPairs() {
        Comparison comparison = Comparison.of(
                PairWeighting.AS_ASKED, Judged.all(Judged.scores(0.1, 0.9).audit(-1)));

        assertThat(comparison.pairs()).isZero();
        assertThat(comparison.judge()).isEqualTo(new Wins(null, null));
        assertThat(comparison.encoder()).isNull();
    }
}
