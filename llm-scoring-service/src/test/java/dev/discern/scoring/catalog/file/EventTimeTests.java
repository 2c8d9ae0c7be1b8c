package dev.discern.scoring.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTests {

    @ParameterizedTest
    @CsvSource({
        "1365029107, 2013-04-03T22:45:07Z",
        "1365029107000, 2013-04-03T22:45:07Z",
        "1365029107.5, 2013-04-03T22:45:07.500Z",
        "1365029107123, 2013-04-03T22:45:07.123Z",
        "8.8125e8, 1997-12-04T15:40:00Z",
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "-0.25, 1969-12-31T23:59:59.750Z",
        "2013-04-03T22:45:07Z, 2013-04-03T22:45:07Z",
        "2013-04-03T22:45:07.1234567Z, 2013-04-03T22:45:07.123456Z",
        "2013-04-04T00:45:07+02:00, 2013-04-03T22:45:07Z",
        "2013-04-04T00:45:07+0200, 2013-04-03T22:45:07Z",
        "2013-04-04T00:45:07+02, 2013-04-03T22:45:07Z",
        "2013-04-03 22:45:07, 2013-04-03T22:45:07Z",
        "2013-04-03 22:45, 2013-04-03T22:45:00Z",
        "2013-04-03, 2013-04-03T00:00:00Z",
    })
    void reads(String text, Instant expected) {
        assertThat(EventTime.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2013-13-01",
                "2013-02-29",
                "03/04/2013",
                "1e999",
                "NaN",
                "0x10",
                "12:30",
                "2013-04-03T",
                "-99999999999999"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> EventTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
