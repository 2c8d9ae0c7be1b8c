package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTests {

    @ParameterizedTest
    @CsvSource({
        "0, ONE",
        "1, ONE",
        "2, TWO_TO_THREE",
        "3, TWO_TO_THREE",
        "4, FOUR_TO_TEN",
        "10, FOUR_TO_TEN",
        "11, OVER_TEN"
    })
    void historyLengthsFallIntoTheirBucket(int length, HistoryBucket bucket) {
        assertThat(HistoryBucket.of(length)).isEqualTo(bucket);
    }

    @ParameterizedTest
    @CsvSource({"0, UP_TO_FIVE", "5, UP_TO_FIVE", "6, SIX_TO_THIRTY", "30, SIX_TO_THIRTY", "31, OVER_THIRTY"})
    void countsFallIntoTheirBucket(int count, PopularityBucket bucket) {
        assertThat(PopularityBucket.of(count)).isEqualTo(bucket);
    }
}
