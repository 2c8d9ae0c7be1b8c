package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchRangeTests {

    private static final int DRAWS = 4_000;

    @Test
    void aLogScaleDrawsEveryOrderOfMagnitudeAsOften() {
        double[] drawn = draws(SearchRange.between(1e-3, 1e-1, true, false))
                .mapToDouble(Number::doubleValue)
                .toArray();

        assertThat(Arrays.stream(drawn)).allMatch(value -> value >= 1e-3 && value <= 1e-1);
        long lower = Arrays.stream(drawn).filter(value -> value < 1e-2).count();
        assertThat(lower / (double) DRAWS).isCloseTo(0.5, within(0.04)); // 5 standard errors
    }

    @Test
    void aLinearScaleDrawsEveryPartAsOften() {
        long lower = draws(SearchRange.between(2, 6, false, false))
                .filter(value -> value.doubleValue() < 3)
                .count();

        assertThat(lower / (double) DRAWS).isCloseTo(0.25, within(0.035)); // 5 standard errors
    }

    @Test
    void wholeNumbersIncludeBothEndsEachAsOftenAsTheOthers() {
        List<Number> drawn = draws(SearchRange.between(1, 4, false, true)).toList();

        assertThat(drawn).hasOnlyElementsOfType(Integer.class);
        for (int value = 1; value <= 4; value++) {
            int of = value;
            assertThat(drawn.stream().filter(one -> one.intValue() == of).count() / (double) DRAWS)
                    .isCloseTo(0.25, within(0.035));
        }
        assertThat(draws(SearchRange.between(16, 128, true, true)).mapToInt(Number::intValue))
                .allMatch(value -> value >= 16 && value <= 128)
                .contains(16, 128);
    }

    @Test
    void numbersCanBeWrittenDownAndStayWithinTheirEnds() {
        assertThat(draws(SearchRange.between(1e-3, 1e-1, true, false)).map(Number::toString))
                .allMatch(text -> text.replaceAll("E.*", "")
                                .replaceAll("[.]|^0*[.]?0*", "")
                                .length()
                        <= 5);
        assertThat(draws(SearchRange.between(0.123456, 0.123457, false, false)).mapToDouble(Number::doubleValue))
                .allMatch(value -> value >= 0.123456 && value <= 0.123457);
    }

    @Test
    void valuesAreDrawnAsTheyAre() {
        assertThat(draws(SearchRange.among(List.of(0.1, 1, 3))).distinct()).containsExactlyInAnyOrder(0.1, 1, 3);
    }

    private static Stream<Number> draws(SearchRange range) {
        return IntStream.range(0, DRAWS).mapToObj(seed -> range.draw(new SplittableRandom(0x9e3779b97f4a7c15L * seed)));
    }
}
