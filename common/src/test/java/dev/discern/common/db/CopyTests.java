package dev.discern.common.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyTests {

    @Test
    void escapesWhatTheTextFormatWouldMisread() {
        assertThat(Copy.escape("a\tb\\N\r\nc")).isEqualTo("a\\tb\\\\N\\r\\nc");
        assertThat(Copy.escape("plain é")).isSameAs("plain é");
    }
}
