package dev.discern.cli.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoftRanksTests {

    @Test
    void placesBecomeEqualSteps() {
        assertThat(SoftRanks.scores(List.of("a", "b", "c", "d", "e"), List.of("d", "a", "e", "b", "c")))
                .containsExactly(0.75, 0.25, 0.0, 1.0, 0.5);
    }

    @Test
    void whatIsNotRankedSharesThePlacesLeft() {
        // b first, d second; a, c and e share the places 3 to 5, on average 4
        assertThat(SoftRanks.scores(List.of("a", "b", "c", "d", "e"), List.of("b", "d")))
                .containsExactly(0.25, 1.0, 0.25, 0.75, 0.25);
    }

    @Test
    void itemsThatWereNotShownAndRepeatsAreSkipped() {
        List<String> candidates = List.of("a", "b", "c");
        List<String> ranked = List.of("x", "c", "c", "y", "a", "c");

        assertThat(SoftRanks.scores(candidates, ranked)).containsExactly(0.5, 0.0, 1.0);
        assertThat(SoftRanks.ranked(candidates, ranked)).isEqualTo(2);
    }

    @Test
    void aListThatRanksNothingSaysNothing() {
        assertThat(SoftRanks.scores(List.of("a", "b", "c"), List.of())).containsExactly(0.5, 0.5, 0.5);
    }
}
