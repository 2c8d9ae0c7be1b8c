package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdIndexTests {

    @Test
    void ordersIdsByTheirUtf8BytesNotByUtf16Units() {
        // U+FF5E sorts before U+1F600 in UTF-8 and after it in UTF-16.
        IdIndex index = IdIndex.of(List.of("\uD83D\uDE00", "\uFF5E", "b", "a/1", "A"));

        assertThat(index.ids()).containsExactly("A", "a/1", "b", "\uFF5E", "\uD83D\uDE00");
        for (int idx = 0; idx < index.size(); idx++) {
            assertThat(index.idx(index.id(idx))).isEqualTo(idx);
        }
    }

    @Test
    void anUnknownIdHasNoIndex() {
        assertThat(IdIndex.of(List.of("a", "c")).idx("b")).isEqualTo(-1);
        assertThat(IdIndex.of(List.of()).idx("b")).isEqualTo(-1);
    }

    @Test
    void refusesTheSameIdTwice() {
        assertThatThrownBy(() -> IdIndex.of(List.of("a", "b", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id appears twice: a");
    }
}
