package dev.discern.scoring.judge;

import static dev.discern.scoring.testing.Prompts.prompt;
import static dev.discern.scoring.testing.Prompts.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrdersTests {

    private final CandidateSet ten =
            prompt(LongStream.range(10, 20).mapToObj(item -> uniform(item)).toArray(Candidate[]::new));

    @Test
    void theFirstOrderIsAsDrawnAndNoTwoAreTheSame() {
        List<Orders.Order> orders = Orders.of(ten, 6, new Seeds(1));

        assertThat(orders).hasSize(6);
        assertThat(orders.getFirst().shown()).isEqualTo(ten);
        assertThat(orders.stream().map(order -> Arrays.toString(order.positions())))
                .doesNotHaveDuplicates();
        assertThat(orders)
                .allSatisfy(order ->
                        assertThat(order.shown().candidates()).containsExactlyInAnyOrderElementsOf(ten.candidates()));
    }

    @Test
    void dependOnTheSeedAlone() {
        assertThat(shown(1)).isEqualTo(shown(1)).isNotEqualTo(shown(2));
    }

    private List<CandidateSet> shown(long seed) {
        return Orders.of(ten, 3, new Seeds(seed)).stream()
                .map(Orders.Order::shown)
                .toList();
    }

    @Test
    void twoCandidatesHaveTwoOrders() {
        assertThat(Orders.of(prompt(uniform(1), uniform(2)), 5, new Seeds(1))).hasSize(2);
    }

    @Test
    void scoresGoBackToWhereTheCandidatesWereDrawn() {
        for (Orders.Order order : Orders.of(ten, 4, new Seeds(1))) {
            List<Float> bySlot = order.shown().candidates().stream()
                    .map(candidate -> candidate.itemId() / 100f)
                    .toList();
            assertThat(order.asDrawn(bySlot))
                    .isEqualTo(ten.candidates().stream()
                            .map(candidate -> candidate.itemId() / 100f)
                            .toList());
        }
    }

    @Test
    void ordersThatAgreeAreConsistentAndOppositeOnesAreNot() {
        assertThat(Agreement.of(List.of(List.of(0.1f, 0.5f, 0.9f))).consistency())
                .isEqualTo(1);
        assertThat(Agreement.of(List.of(List.of(0.1f, 0.5f, 0.9f), List.of(0f, 0.6f, 0.7f)))
                        .consistency())
                .isEqualTo(1);
        // mean .45, .55: the second order is outvoted on the only pair
        assertThat(Agreement.of(List.of(List.of(0.2f, 0.7f), List.of(0.7f, 0.4f)))
                        .consistency())
                .isEqualTo(0.5);
        // a tie in one order of two counts half: (1 + ½) / 2
        assertThat(Agreement.of(List.of(List.of(0.2f, 0.8f), List.of(0.5f, 0.5f)))
                        .consistency())
                .isEqualTo(0.75);
    }

    @Test
    void theJointScoreIsTheMean() {
        assertThat(Agreement.of(List.of(List.of(0f, 0.25f), List.of(1f, 0.75f))).scores())
                .containsExactly(0.5f, 0.5f);
    }

    @Test
    void effectsTellAJudgeThatLooksAtPlacesFromOneThatLooksAtItems() {
        OrderEffects places = new OrderEffects();
        OrderEffects items = new OrderEffects();
        for (int user = 0; user < 200; user++) {
            List<Orders.Order> orders = Orders.of(ten, 2, new Seeds(user));
            List<Float> byPlace = List.of(1f, .9f, .8f, .7f, .6f, .5f, .4f, .3f, .2f, .1f);
            orders.forEach(order -> places.addSlots(byPlace));
            places.addOrders(
                    orders.stream().map(order -> order.asDrawn(byPlace)).toList());
            List<List<Float>> byItem = orders.stream()
                    .map(order -> order.shown().candidates().stream()
                            .map(candidate -> candidate.itemId() / 100f)
                            .toList())
                    .toList();
            byItem.subList(1, 2).forEach(items::addSlots); // shuffled: every item in every slot
            items.addOrders(
                    List.of(orders.get(0).asDrawn(byItem.get(0)), orders.get(1).asDrawn(byItem.get(1))));
        }

        assertThat(places.slotEffect().getFirst()).isCloseTo(1.5667, within(0.001));
        assertThat(places.slotEffect().getLast()).isCloseTo(-1.5667, within(0.001));
        assertThat(places.flipRate()).as("the order decides alone").isCloseTo(0.5, within(0.05));
        // 200 draws of variance 1: four standard errors
        assertThat(items.slotEffect()).allSatisfy(effect -> assertThat(effect).isCloseTo(0, within(0.29)));
        assertThat(items.flipRate()).isZero();
    }

    @Test
    void withoutAnswersThereIsNoEffect() {
        assertThat(new OrderEffects().slotEffect()).isEmpty();
        assertThat(new OrderEffects().flipRate()).isZero();
    }
}
