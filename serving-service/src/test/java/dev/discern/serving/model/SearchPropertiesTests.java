package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SearchPropertiesTests {

    @Test
    void noneMeansOneAProcessor() {
        assertThat(new SearchProperties(0, 0).threads().most())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(new SearchProperties(3, 0).threads().most()).isEqualTo(3);
    }

    @Test
    void refusesFewerThanNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchProperties(-1, 0))
                .withMessage("discern.serving.scan-threads must be at least 0, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchProperties(0, -5))
                .withMessage("discern.serving.approximate-above must be at least 0, not -5");
    }
}
