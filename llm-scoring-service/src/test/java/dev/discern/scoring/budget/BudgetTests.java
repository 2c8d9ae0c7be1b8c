package dev.discern.scoring.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetTests {

    @Test
    void whatIsInFlightCountsAtItsWorst() throws InterruptedException {
        Budget budget = new Budget(usd("1.00"), null, Amount.NOTHING);
        assertThat(budget.reserve(amount(10, "0.60"))).isTrue();
        budget.settle(amount(10, "0.60"), amount(5, "0.10"));
        assertThat(budget.reserve(amount(10, "0.90")))
                .as("0.10 spent and 0.90 are 1.00")
                .isTrue();
        budget.settle(amount(10, "0.90"), amount(5, "0.90"));
        assertThat(budget.spent()).isEqualTo(amount(10, "1.00"));
        assertThat(budget.isReached()).isFalse();
        assertThat(budget.reserve(amount(1, "0.01"))).isFalse();
        assertThat(budget.isReached()).isTrue();
    }

    @Test
    void waitsForCallsInFlightThatMayComeOutCheaper() throws Exception {
        Budget budget = new Budget(null, 100L, Amount.NOTHING);
        assertThat(budget.reserve(amount(60, "0"))).isTrue();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = threads.submit(() -> budget.reserve(amount(60, "0")));
            budget.settle(amount(60, "0"), amount(40, "0"));
            assertThat(second.get()).isTrue();
            assertThat(budget.isReached()).isFalse();
        }
    }

    @Test
    void whatARunSpentBeforeCounts() throws InterruptedException {
        assertThat(new Budget(null, 100L, amount(95, "3")).reserve(amount(6, "0")))
                .isFalse();
        assertThat(new Budget(null, 100L, amount(95, "3")).reserve(amount(5, "0")))
                .isTrue();
        assertThat(new Budget(null, null, amount(95, "3")).reserve(amount(Long.MAX_VALUE / 4, "9")))
                .isTrue();
    }

    @Test
    void manyThreadsNeverPassTheCapAndUseMostOfIt() throws Exception {
        Budget budget = new Budget(null, 10_000L, Amount.NOTHING);
        AtomicLong calls = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 50; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                threads.execute(() -> {
                    try {
                        while (budget.reserve(amount(100, "0"))) {
                            Thread.onSpinWait();
                            budget.settle(amount(100, "0"), amount(1 + random.nextInt(100), "0"));
                            calls.incrementAndGet();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }
        assertThat(budget.spent().tokens()).isBetween(9_901L, 10_000L);
        assertThat(calls.get()).isGreaterThan(100);
    }

    @Test
    void costsAreExact() {
        Price price = new Price(usd("0.075"), usd("0.30"));
        assertThat(price.cost(1, 0)).isEqualByComparingTo("0.000000075");
        assertThat(price.cost(123_456_789, 987_654_321)).isEqualByComparingTo("305.555555475");
        assertThatIllegalArgumentException().isThrownBy(() -> new Price(usd("-1"), usd("1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Price(usd("0.0000001"), usd("1")));
    }

    @Test
    void aShareOfAPriceIsRoundedUp() {
        assertThat(new Price(usd("0.15"), usd("0.60")).times(usd("0.5")).cost(1_000_000, 1_000_000))
                .isEqualByComparingTo("0.375");
        assertThat(new Price(usd("0.000001"), usd("0")).times(usd("0.5")))
                .isEqualTo(new Price(usd("0.000001"), usd("0.000000")));
    }

    @Test
    void whatDoesNotFitNowIsTurnedAwayWithoutEndingTheBudget() {
        Budget budget = new Budget(usd("1"), null, amount(0, "0.5"));
        assertThat(budget.tryReserve(amount(1, "0.4"))).isTrue();
        assertThat(budget.tryReserve(amount(1, "0.2"))).isFalse();
        assertThat(budget.tryReserve(amount(1, "0.1"))).isTrue();
        assertThat(budget.isReached()).isFalse();
    }

    @Test
    void aPriceTableHasADateAndKnowsModelsByTheirWholeName() {
        PriceTable table =
                new PriceTable(LocalDate.of(2026, 1, 1), List.of(new PriceTable.ModelPrice("gpt", usd("1"), usd("2"))));
        assertThat(table.of("gpt")).contains(new Price(usd("1"), usd("2")));
        assertThat(table.of("gpt-mini")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceTable(null, table.models()))
                .withMessageContaining("date");
    }

    private static BigDecimal usd(String value) {
        return new BigDecimal(value);
    }

    private static Amount amount(long tokens, String usd) {
        return new Amount(tokens, usd(usd));
    }
}
