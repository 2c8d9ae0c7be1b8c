package dev.discern.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTests {

    @Test
    void mediansAreOfTheMeasuredRoundsOnly() {
        List<String> order = new ArrayList<>();
        double[] contender = {90, 90, 90, 90, 5, 1, 3};
        double[] reference = {90, 90, 90, 90, 2, 8, 4};

        Turns.Medians medians = new Turns(3).run(() -> next("c", contender, order), () -> next("r", reference, order));

        assertThat(medians).isEqualTo(new Turns.Medians(3, 4));
        assertThat(order.subList(0, 6)).containsExactly("c", "r", "r", "c", "c", "r");
    }

    @Test
    void anEvenNumberOfRoundsHasItsMedianInTheMiddle() {
        List<String> order = new ArrayList<>();
        double[] values = {0, 0, 0, 0, 1, 2};

        assertThat(new Turns(2).run(() -> next("c", values, order), () -> 1)).isEqualTo(new Turns.Medians(1.5, 1));
    }

    @Test
    void aRateIsTheAmountPerSecond() {
        double rate = Turns.rate(10, () -> {
            long end = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });

        assertThat(rate).isPositive().isLessThanOrEqualTo(10_000); // at least a millisecond
    }

    private static double next(String name, double[] values, List<String> order) {
        double value = values[(int) order.stream().filter(name::equals).count()];
        order.add(name);
        return value;
    }
}
