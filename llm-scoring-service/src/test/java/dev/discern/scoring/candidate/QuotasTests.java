package dev.discern.scoring.candidate;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTests {

    @Test
    void oneToNineteenCandidatesAreAllowed() {
        assertThatNoException().isThrownBy(() -> new Quotas(1, 0, 0, 0));
        assertThatNoException().isThrownBy(() -> new Quotas(0, 0, 19, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 'quotas must add up to 1 to 19 candidates, not 0'",
        "12, 3, 2, 3, 'quotas must add up to 1 to 19 candidates, not 20'",
        "5, -1, 0, 0, quotas must not be negative",
        "2147483647, 2147483647, 2, 0, 'quotas must add up to 1 to 19 candidates, not 4294967296'",
        "2147483647, 2147483647, 12, 0, 'quotas must add up to 1 to 19 candidates, not 4294967306'",
    })
    void othersAreRefused(int uniform, int popular, int tail, int cold, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quotas(uniform, popular, tail, cold))
                .withMessage(message);
    }
}
