package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class VerdictTests {

    private static final int CANDIDATES = 8;

    private final SplittableRandom random = new SplittableRandom(9);

    /**
     * Prompts whose held-out item is as likely popular as any other.
     *
     * @param score of a candidate by its position; the held-out item gets {@code bonus} on top
     */
    private List<JudgedPrompt> prompts(int count, double bonus, IntToDoubleFunction score) {
        List<JudgedPrompt> prompts = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int audit = random.nextInt(CANDIDATES);
            double[] scores = new double[CANDIDATES];
            double[] encoder = new double[CANDIDATES];
            int[] popularity = new int[CANDIDATES];
            for (int position = 0; position < CANDIDATES; position++) {
                scores[position] = (1 - bonus) * score.applyAsDouble(position) + (position == audit ? bonus : 0);
                encoder[position] = 0.8 * random.nextDouble() + (position == audit ? 0.2 : 0);
                popularity[position] = 10 + random.nextInt(8);
            }
            prompts.add(Judged.scores(scores)
                    .audit(audit)
                    .popularity(popularity)
                    .encoder(encoder)
                    .prompt());
        }
        return prompts;
    }

    private static Verdict verdict(List<JudgedPrompt> prompts) {
        return ReliabilityReportTests.report("a judge", prompts).verdict();
    }

    @Test
    void aJudgeThatKnowsIsBetter() {
        Verdict verdict = verdict(prompts(200, 0.35, position -> random.nextDouble()));

        assertThat(verdict.betterThanPopularity()).isTrue();
        assertThat(verdict.betterThanEncoder()).isTrue();
        assertThat(verdict.why()).isEmpty();
        assertThat(verdict.text())
                .matches("The judge is better than popularity, right on 0\\.\\d{3} of the pairs against 0\\.\\d{3}: "
                        + "a difference of \\+0\\.\\d{3} \\[\\+0\\.\\d{3}, \\+0\\.\\d{3}]\\. "
                        + "The judge is better than the encoder e5-small-v2-q, which is right on 0\\.\\d{3}: "
                        + "a difference of \\+0\\.\\d{3} \\[\\+0\\.\\d{3}, \\+0\\.\\d{3}]\\.");
    }

    @Test
    void aJudgeThatGuessesIsToldByChanceAndByItsMargin() {
        Verdict verdict = verdict(prompts(200, 0, position -> random.nextDouble()));

        assertThat(verdict.betterThanPopularity()).isFalse();
        assertThat(verdict.betterThanEncoder()).isFalse();
        assertThat(verdict.text())
                .contains("The judge is not shown to be better than popularity")
                .contains("The judge is worse than the encoder")
                .contains("Why: on pairs as asked it is right on 0.");
        assertThat(verdict.why())
                .anyMatch(why -> why.endsWith("no more than chance"))
                .anyMatch(why -> why.startsWith("its margin tells nothing (slope "));
    }

    @Test
    void aJudgeThatReturnsTheOrderShownIsToldSo() {
        Verdict verdict = verdict(prompts(100, 0, position -> 1 - position / 10.0));

        assertThat(verdict.why())
                .contains("100.0 % of its answers return the order in which the candidates were shown")
                .anyMatch(why -> why.startsWith("the place sways it: the first half of the slots scores +"));
    }

    @Test
    void aJudgeThatIsBetterThanPopularityAndNotThanTheEncoderIsToldWhy() {
        Verdict verdict = verdict(prompts(300, 0.1, position -> random.nextDouble()));

        assertThat(verdict.betterThanPopularity()).isTrue();
        assertThat(verdict.betterThanEncoder()).isFalse();
        assertThat(verdict.why()).containsExactly("others say more on the same pairs");
    }

    @Test
    void aJudgeThatIsNoBetterThanTheModelIsToldSo() {
        List<Judged> judged = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            // right on one of two pairs, where popularity is right on none and the model on both
            judged.add(Judged.scores(0.5, 0.1, 0.9).popularity(3, 9, 9).model(2, 1, 0));
        }
        Verdict verdict = verdict(Judged.all(judged.toArray(Judged[]::new)));

        assertThat(verdict.betterThanPopularity()).isTrue();
        assertThat(verdict.betterThanEncoder()).isNull();
        assertThat(verdict.betterThanModel()).isFalse();
        assertThat(verdict.text())
                .contains("The judge is worse than the model v-1, which is right on 1.000: a difference of -0.500 ");
        assertThat(verdict.why()).isNotEmpty();
    }

    @Test
    void fewExamsAreSaidToBeFew() {
        Verdict verdict = verdict(prompts(6, 0.1, position -> random.nextDouble()));

        assertThat(verdict.betterThanPopularity()).isFalse();
        assertThat(verdict.why()).contains("6 audit prompts are too few to tell");
    }

    @Test
    void aLeadOnEasyPairsAloneIsToldSo() {
        // right wherever the other item is popular, wrong on the pair alike in popularity, where popularity is right
        Verdict verdict = verdict(Judged.all(Judged.scores(0.5, 0.1, 0.2, 0.9).popularity(10, 90, 80, 9)));

        assertThat(verdict.betterThanPopularity()).isTrue();
        assertThat(verdict.text()).contains("On pairs alike in popularity it is not: -1.000 [-1.000, -1.000].");
    }
}
