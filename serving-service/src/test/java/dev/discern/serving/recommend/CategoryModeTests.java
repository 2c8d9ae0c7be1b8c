package dev.discern.serving.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CategoryModeTests {

    @Test
    void isWrittenInLowerCase() {
        assertThat(CategoryMode.of("any")).isEqualTo(CategoryMode.ANY);
        assertThat(CategoryMode.of("all")).isEqualTo(CategoryMode.ALL).hasToString("all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CategoryMode.of("ALL"))
                .withMessage("expected any or all, got ALL");
    }
}
