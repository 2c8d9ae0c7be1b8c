package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.evaluation.MatrixReport.Estimate;
import dev.discern.training.evaluation.MatrixReport.Row;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailChartTests {

    private static final Pattern NAME = Pattern.compile("<text [^>]*y=\"([0-9.]+)\"[^>]*>model \\d+<");
    private static final Pattern HEIGHT = Pattern.compile("viewBox=\"0 0 \\d+ (\\d+)\"");

    @Test
    void thirtyModelsThatAreHardlyApartHaveReadableNames() {
        List<Row> rows = IntStream.range(0, 30)
                .mapToObj(n -> row("model " + n, 0.05, 0.03 + n * 1e-6))
                .toList();

        String svg = TailChart.svg(rows);

        List<Double> heights = NAME.matcher(svg)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        assertThat(heights).hasSize(30);
        for (int n = 1; n < heights.size(); n++) {
            assertThat(heights.get(n) - heights.get(n - 1)).isGreaterThanOrEqualTo(12); // the size of the font
        }
        Matcher height = HEIGHT.matcher(svg);
        assertThat(height.find()).isTrue();
        assertThat(heights.getLast()).isLessThan(Double.parseDouble(height.group(1)));
        assertThat(svg.split("class=\"leader\"", -1)).hasSize(31);
    }

    @Test
    void onePointIsNoPicture() {
        assertThat(TailChart.svg(List.of(row("model 1", 0.05, 0.03)))).isEmpty();
    }

    private static Row row(String name, double all, double tail) {
        return new Row(
                name,
                "history",
                "gated",
                null,
                List.of(),
                null,
                null,
                false,
                null,
                Map.of(
                        "all",
                        Map.of("ndcg@10", new Estimate(all, null)),
                        "tail",
                        Map.of("ndcg@10", new Estimate(tail, null))),
                Map.of(),
                Map.of(),
                List.of(),
                new Exposure(0, 0, 0, 0),
                0,
                0,
                null,
                List.of());
    }
}
