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
        assertThatNoException().isThrownBy(() -> new Quotas(6, 0, 0, 0, 6, 7));
        assertThatNoException().isThrownBy(() -> new Quotas(0, 0, 0, 0, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0, 'quotas must add up to 1 to 19 candidates, not 0'",
        "12, 3, 2, 3, 0, 0, 'quotas must add up to 1 to 19 candidates, not 20'",
        "7, 0, 0, 0, 6, 7, 'quotas must add up to 1 to 19 candidates, not 20'",
        "5, 0, 0, 0, 0, 1, 'rescue candidates are paired with the model''s own: model must be at least 1 where rescue is 1'",
        "5, 0, 0, 0, -1, 0, quotas must not be negative",
        "5, 0, 0, 0, 1, -1, quotas must not be negative",
        "5, -1, 0, 0, 0, 0, quotas must not be negative",
        "2147483647, 2147483647, 2, 0, 0, 0, 'quotas must add up to 1 to 19 candidates, not 4294967296'",
        "2147483647, 2147483647, 12, 0, 0, 0, 'quotas must add up to 1 to 19 candidates, not 4294967306'",
    })
    void othersAreRefused(int uniform, int popular, int tail, int cold, int model, int rescue, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quotas(uniform, popular, tail, cold, model, rescue))
                .withMessage(message);
    }
}
