package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotEffectTests {

    @Test
    void tellsTheMeanScoreAndTheAccuracyOfEverySlot() {
        // standardized: 1, −1 and again 1, −1; then 1, 1, −2 over √2
        SlotEffect effect = SlotEffect.of(Judged.all(
                Judged.scores(0.8, 0.2).audit(0),
                Judged.scores(0.6, 0.4).audit(1),
                Judged.scores(0.7, 0.7, 0.1).audit(0)));

        assertThat(effect.slots()).extracting(SlotEffect.Slot::from).containsExactly(1, 2, 3);
        SlotEffect.Slot first = effect.slots().getFirst();
        assertThat(first.prompts()).isEqualTo(3);
        assertThat(first.meanScore().value()).isEqualTo((2 + 1 / Math.sqrt(2)) / 3, within(1e-6));
        assertThat(first.auditPrompts()).isEqualTo(2);
        assertThat(first.audit().pairAccuracy()).isEqualTo((1 + 0.5 + 1) / 3, within(1e-12));
        SlotEffect.Slot second = effect.slots().get(1);
        assertThat(second.meanScore().value()).isEqualTo((-2 + 1 / Math.sqrt(2)) / 3, within(1e-6));
        assertThat(second.audit().pairAccuracy()).isZero();
        assertThat(effect.slots().get(2).prompts()).isEqualTo(1);
        assertThat(effect.slots().get(2).audit()).isEqualTo(new Wins(null, null));
        // 1 − (−1) twice; of three the first over the last
        assertThat(effect.firstOverSecondHalf().value()).isEqualTo((2 + 2 + 3 / Math.sqrt(2)) / 3, within(1e-6));
    }

    @Test
    void longListsAreToldInBands() {
        double[] scores =
                IntStream.range(0, 50).mapToDouble(slot -> slot / 50.0).toArray();

        List<SlotEffect.Slot> slots =
                SlotEffect.of(Judged.all(Judged.scores(scores))).slots();

        assertThat(slots).hasSize(17);
        assertThat(slots.getFirst().to()).isEqualTo(3);
        assertThat(slots.getLast().from()).isEqualTo(49);
        assertThat(slots.getLast().to()).isEqualTo(50);
    }

    @Test
    void ajudgeThatScoresAllAlikeHasNone() {
        double[] scores = new double[6];
        Arrays.fill(scores, 0.5);

        assertThat(SlotEffect.of(Judged.all(Judged.scores(scores)))
                        .firstOverSecondHalf()
                        .value())
                .isZero();
    }
}
