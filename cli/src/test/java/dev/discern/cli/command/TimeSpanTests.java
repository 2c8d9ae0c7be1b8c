package dev.discern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeSpanTests {

    @ParameterizedTest
    @CsvSource({"45s, PT45S", "90m, PT1H30M", "6h, PT6H", "2d, PT48H"})
    void readsANumberAndAUnit(String text, Duration expected) {
        assertThat(new TimeSpan().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "h", "0h", "-1h", "1.5h", "6 h", "PT6H", "9999999d"})
    void refusesAnythingElse(String text) {
        assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> new TimeSpan().convert(text));
    }
}
