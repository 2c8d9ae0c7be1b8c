package dev.discern.scoring.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** With the models of the build. */
@ParameterizedClass
@EnumSource(EncoderModel.class)
class SentenceEncoderTests {

    private final SentenceEncoder encoder;

    SentenceEncoderTests(EncoderModel model) {
        this.encoder = new SentenceEncoder(model, 1);
    }

    @AfterEach
    void close() {
        encoder.close();
    }

    @Test
    void placesSimilarTextsNearerThanOthers() {
        float[][] v = encoder.encode(List.of(
                "A moisturizing cream for dry skin",
                "Hydrating lotion that softens the skin",
                "A science fiction film about a journey to Mars"));

        assertThat(dot(v[0], v[1])).isGreaterThan(dot(v[0], v[2]) + 0.03);
        assertThat(dot(v[0], v[1])).isGreaterThan(dot(v[1], v[2]) + 0.03);
    }

    @Test
    void vectorsHaveLengthOne() {
        for (float[] vector :
                encoder.encode(List.of("Heat", "", "🦉", "\uD83D half a character", "w ".repeat(2_000)))) {
            assertThat(vector).hasSize(384);
            assertThat(dot(vector, vector)).isEqualTo(1, within(1e-4));
        }
    }

    @Test
    void aTextsVectorDoesNotDependOnTheTextsBesideIt() {
        List<String> texts = IntStream.range(0, 70)
                .mapToObj(n -> "Item %d%s".formatted(n, " with a longer text".repeat(n % 7)))
                .toList();
        float[][] together = encoder.encode(texts);

        for (int n : new int[] {0, 6, 64, 69}) {
            // activations are quantized by batch: alike (.987 was seen, texts apart are below .9), not equal
            assertThat(dot(together[n], encoder.encode(List.of(texts.get(n)))[0]))
                    .isGreaterThan(0.97);
        }
    }

    @Test
    void nothingGivesNothing() {
        assertThat(encoder.encode(List.of())).isEmpty();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
