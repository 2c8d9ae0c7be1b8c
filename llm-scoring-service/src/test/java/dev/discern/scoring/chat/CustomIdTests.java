package dev.discern.scoring.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.budget.CallLedger.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomIdTests {

    private static final byte[] KEY = {0, 1, (byte) 0xfe};

    @ParameterizedTest
    @EnumSource
    void comesBackAsItWasSent(Purpose purpose) {
        CustomId back = CustomId.parse(new CustomId(KEY, purpose).text()).orElseThrow();
        assertThat(back.key()).isEqualTo(KEY);
        assertThat(back.purpose()).isEqualTo(purpose);
    }

    @Test
    void theRepairOfAQuestionHasAnIdOfItsOwn() {
        assertThat(new CustomId(KEY, Purpose.ASK).text()).isEqualTo("0001fe");
        assertThat(new CustomId(KEY, Purpose.REPAIR).text()).isEqualTo("0001fe-repair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request-7", "012", "0001fe-other", "repair-0001fe"})
    void whatIsNoneIsNone(String id) {
        assertThat(CustomId.parse(id)).isEmpty();
    }
}
