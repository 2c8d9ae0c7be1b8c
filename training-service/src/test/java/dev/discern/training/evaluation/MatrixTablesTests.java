package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.evaluation.MatrixReport.DayOrder;
import dev.discern.training.evaluation.MatrixReport.Judge;
import dev.discern.training.evaluation.MatrixTables.Section;
import dev.discern.training.evaluation.MatrixTables.Table;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MatrixTablesTests {

    private static Section section(MatrixReport report, String title) {
        return MatrixTables.of(report).stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> row(String title, String name) {
        return rows(title).stream()
                .filter(row -> row.getFirst().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<List<String>> rows(String title) {
        return Objects.requireNonNull(section(MatrixFixture.report(), title).table())
                .rows();
    }

    @Test
    void everyModelIsThereWithItsSpreadAndItsDifferenceToOff() {
        assertThat(row("How well each model ranks", "history gated"))
                .containsExactly(
                        "history gated",
                        "0.0420 ± 0.0005",
                        "+0.0020 [-0.0010, +0.0050]",
                        "0.0800",
                        "0.813 ± 0.001",
                        "–",
                        "0.0200 ± 0.0002",
                        "–",
                        "–");
        assertThat(rows("How well each model ranks")).hasSize(5);
        assertThat(row("How well each model ranks", "history off").get(2)).isEqualTo("–");
        assertThat(Objects.requireNonNull(section(MatrixFixture.report(), "How well each model ranks")
                                .table())
                        .header())
                .contains("NDCG@10 tail (321)", "NDCG@10 unseen");
    }

    @Test
    void aStarMarksAnIntervalWithoutZero() {
        assertThat(row("Where it differs from the backbone alone", "history gated"))
                .containsExactly(
                        "history gated", "+0.0020 [-0.0010, +0.0050]", "–", "+0.0100 [+0.0040, +0.0160] *", "–", "–");
        assertThat(row("The backbones beside what needs no training", "history off − popularity"))
                .contains("+0.0300 [+0.0200, +0.0400] *");
    }

    @Test
    void theJudgeIsCreditedWhereEveryControlIsBeaten() {
        Section section = section(MatrixFixture.report(), "Whether the judge deserves the credit");
        assertThat(section.words())
                .contains(
                        "history gated beats all of its controls (judge-free, placebo) by more than chance on: tail.");
        assertThat(row("Whether the judge deserves the credit", "history gated − history judge-free"))
                .containsExactly(
                        "history gated − history judge-free",
                        "+0.0010 [-0.0020, +0.0040]",
                        "+0.0090 [+0.0030, +0.0150] *",
                        "–");
    }

    @Test
    void aJudgeThatTellsNothingIsSaidToTellNothing() {
        String title = "Whether the judge tells anything new";
        assertThat(section(MatrixFixture.report(), title).words())
                .anyMatch(words -> words.startsWith("history gated, go: the judge tells something"));
        assertThat(section(MatrixFixture.report("popularity", 0.65), title).words())
                .contains(
                        "history gated, no-go: the judge tells nothing new, and cannot help this backbone on this data.");
        assertThat(row(title, "history gated").get(1)).isEqualTo("candidates");
        assertThat(row(title, "history judge-free").getLast()).isEqualTo("is not heard");
        assertThat(row(title, "history placebo").getLast()).isEqualTo("something new");
    }

    @Test
    void theOtherTablesHaveWhatTheReportHas() {
        assertThat(row("With items weighted as in the data", "history off")).contains("0.0200");
        assertThat(row("By history length and popularity", "history off"))
                .containsExactly("history off", "0.0400", "–");
        assertThat(row("What the top 10 show", "history off"))
                .containsExactly("history off", "0.250", "0.750", "0.900", "-0.125");
        assertThat(row("What it took", "history placebo"))
                .containsExactly("history placebo", "0.3, tuned", "–", "0.0500", "12.3", "1.5");
        assertThat(row("What it took", "popularity")).containsExactly("popularity", "–", "–", "–", "12.3", "–");
        assertThat(section(MatrixFixture.report(), "Warnings").words())
                .containsExactly("history placebo: stopped | late");
    }

    @Test
    void everyRowIsAsWideAsItsHeader() {
        for (Section section : MatrixTables.of(MatrixFixture.report())) {
            Table table = section.table();
            if (table != null) {
                assertThat(table.rows())
                        .as(section.title())
                        .allMatch(row -> row.size() == table.header().size());
            }
        }
    }

    @Test
    void whatAReportLacksIsLeftOut() {
        MatrixReport full = MatrixFixture.report();
        MatrixReport bare =
                new MatrixReport(full.dataset(), List.of(1L), full.rows().subList(0, 2), List.of());
        assertThat(MatrixTables.of(bare))
                .extracting(Section::title)
                .containsExactly(
                        "How well each model ranks",
                        "With items weighted as in the data",
                        "By history length and popularity",
                        "What the top 10 show",
                        "What it took");
        assertThat(MatrixTables.summary(bare).getFirst()).endsWith("2 models, each trained with one seed.");
    }

    @Test
    void theHeaderNamesTheJudgesAndWhoLearnedFromThem() {
        String hash = "0123456789ab" + "c".repeat(52);
        MatrixReport report = MatrixFixture.report();

        assertThat(MatrixTables.summary(report)).hasSize(2).last().isEqualTo("No judge was asked.");
        assertThat(MatrixTables.summary(report.with(
                                List.of(
                                        new Judge("history", 5, "embedded/e5"),
                                        new Judge("bpr-mf", 4, "recorded/" + hash),
                                        new Judge("judge-alone", 4, "recorded/" + hash)),
                                null))
                        .get(1))
                .isEqualTo(
                        "Judge: embedded/e5 (scoring run 5) for history; recorded/0123456789ab… (scoring run 4) for bpr-mf, judge-alone.");
    }

    @Test
    void theHeaderSaysThatDaysWereShuffled() {
        assertThat(MatrixTables.summary(MatrixFixture.report().with(List.of(), new DayOrder(1, 0.434)))
                        .getLast())
                .startsWith(
                        "What a user had on one day (UTC) was shuffled before the split, with seed 1: 43 % of the test items");
    }
}
