package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class ReliabilityTableTests {

    private static List<CSVRecord> rows(List<JudgedPrompt> prompts) throws IOException {
        String table = ReliabilityTable.of(ReliabilityReportTests.report("a judge", prompts));
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(table))
                .getRecords();
    }

    @Test
    void hasAFigureInEachRow() throws IOException {
        List<CSVRecord> rows = rows(Judged.all(
                Judged.scores(0.9, 0.1, 0.2)
                        .encoder(0.5, 0.1, 0.7)
                        .model(1, 0, 0)
                        .history(2),
                Judged.scores(0.9, 0.1, 0.2),
                Judged.scores(0.9, 0.1, 0.2),
                Judged.scores(0.9, 0.1, 0.2)));

        assertThat(rows).allSatisfy(row -> assertThat(row.size()).isEqualTo(9));
        assertThat(rows.stream().map(CSVRecord::toList))
                .contains(
                        List.of("weighting", "as-asked", "judge", "pair accuracy", "4", "8", "1.0", "1.0", "1.0"),
                        List.of("weighting", "as-asked", "popularity", "pair accuracy", "4", "8", "0.5", "0.5", "0.5"),
                        List.of("weighting", "as-asked", "encoder", "pair accuracy", "", "", "0.5", "0.5", "0.5"),
                        List.of("weighting", "as-asked", "model", "pair accuracy", "", "", "1.0", "1.0", "1.0"),
                        List.of("weighting", "as-asked", "judge - model", "pair accuracy", "", "", "0.0", "0.0", "0.0"),
                        List.of(
                                "slice",
                                "history 2-3, popularity 6-30",
                                "model",
                                "pair accuracy",
                                "",
                                "",
                                "1.0",
                                "1.0",
                                "1.0"),
                        List.of(
                                "slice",
                                "history 2-3, popularity 6-30",
                                "judge",
                                "pair accuracy",
                                "1",
                                "2",
                                "1.0",
                                "1.0",
                                "1.0"),
                        List.of("favourite", "i7", "judge", "mean score", "12", "", "1.5", "1.25", "1.75"),
                        List.of("cost", "", "judge", "usd", "3", "", "0.06", "", ""));
        assertThat(rows.stream().map(row -> row.get("section")).distinct())
                .containsExactly(
                        "weighting", "slice", "calibration", "popularity lift", "slot", "order", "favourite", "cost");
    }

    @Test
    void leavesEmptyWhatCannotBeTold() throws IOException {
        assertThat(rows(List.of()).stream().map(CSVRecord::toList))
                .contains(List.of("order", "", "judge", "unchanged", "0", "", "", "", ""));
    }
}
