package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParametersTests {

    @Test
    void saysWhatIsPossible() {
        assertThatThrownBy(() -> new BprMfParameters(0, 1, 1, 1, 0.1f, 0, 1, 1, 1, 1))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("dim must be in [1, 1024], not 0")
                .extracting(e -> ((InvalidParameterException) e).name())
                .isEqualTo("dim");
        assertThatThrownBy(() -> new BprMfParameters(8, 1, 1, 1, Float.NaN, 0, 1, 1, 1, 1))
                .hasMessage("learningRate must be in [1.0E-6, 10.0], not NaN");
        assertThatThrownBy(() -> new BprMfParameters(8, 1, 1, 1, 0.1f, 0, -1, 1, 1, 1))
                .hasMessage("lambda must be in [0.0, 100.0], not -1.0");
        assertThatThrownBy(() -> new HistoryParameters(8, 8, 1, 1, 0, 0.1f, 0, 0, 0, 4, 1, 0, 1, 1, 1, 1, 1, 1))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("negatives must be in [1, 16384], not 0");
        assertThatThrownBy(() -> new LightGcnParameters(8, 0, 1, 1, 1, 1, 0.1f, 0, 1, 0, 1, 1, 1))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("layers must be in [1, 8], not 0");
        assertThatThrownBy(() -> new LightGcnParameters(8, 1, 1, 1, 1, 1, 0.1f, 2, 1, 0, 1, 1, 1))
                .hasMessage("decay must be in [0.0, 1.0], not 2.0");
        assertThatThrownBy(() -> new LightGcnParameters(8, 1, 1, 1, 1, 1 << 21, 0.1f, 0, 1, 0, 1, 1, 1))
                .hasMessage("batch must be in [1, 1048576], not 2097152");
    }
}
