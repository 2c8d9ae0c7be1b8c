package dev.discern.common.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTests {

    @Test
    void theSameSeedAndNameGiveTheSameStream() {
        assertThat(new Seeds(42).random("negatives", 3).nextLong())
                .isEqualTo(new Seeds(42).random("negatives", 3).nextLong());
    }

    @Test
    void namesIndicesAndSeedsGiveDifferentStreams() {
        Seeds seeds = new Seeds(42);

        assertThat(LongStream.range(0, 10_000)
                        .map(index -> seeds.of("users", index))
                        .distinct()
                        .count())
                .isEqualTo(10_000);
        assertThat(seeds.of("a")).isNotEqualTo(seeds.of("b"));
        assertThat(seeds.of("a")).isNotEqualTo(new Seeds(43).of("a"));
    }
}
