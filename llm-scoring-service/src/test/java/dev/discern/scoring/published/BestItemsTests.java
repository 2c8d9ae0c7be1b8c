package dev.discern.scoring.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestItemsTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 207, 702})
    void keepsWhatSortingAllOfThemWouldPutFirst(int limit) {
        SplittableRandom random = new SplittableRandom(limit);
        float[] scores = new float[702];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = random.nextInt(50); // many ties
        }
        BestItems best = new BestItems(limit);
        IntStream.iterate(701, item -> item >= 0, item -> item - 1).forEach(item -> best.add(item, scores[item]));

        assertThat(best.items())
                .containsExactly(IntStream.range(0, scores.length)
                        .boxed()
                        .sorted((a, b) ->
                                scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : Integer.compare(a, b))
                        .limit(limit)
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    @Test
    void aScoreThatIsNoNumberIsTheWorst() {
        BestItems best = new BestItems(2);
        best.add(0, Float.NaN);
        best.add(1, -1e30f);
        best.add(2, 0);

        assertThat(best.items()).containsExactly(2, 1);
    }

    @Test
    void noneOfNothingIsKept() {
        BestItems best = new BestItems(0);
        best.add(0, 1);

        assertThat(best.items()).isEmpty();
    }
}
