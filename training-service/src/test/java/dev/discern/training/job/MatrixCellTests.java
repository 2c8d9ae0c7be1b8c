package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.training.evaluation.Ranking;
import dev.discern.training.job.CellResult.Told;
import dev.discern.training.job.CellResult.Variant;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixCellTests {

    @Test
    void everyCellHasAFileOfItsOwnAndComesBackFromJson() {
        MatrixPlan plan = plan(List.of(RegularizerKind.values()), List.of(0.1f, 0.3f), 3L);
        List<MatrixCell> all = Stream.of(MatrixCell.bases(plan), MatrixCell.trials(plan), MatrixCell.guided(plan))
                .flatMap(List::stream)
                .toList();

        assertThat(all)
                .extracting(MatrixCell::file)
                .doesNotHaveDuplicates()
                .allMatch(file -> file.matches("[a-z0-9._-]+"));
        for (MatrixCell cell : all) {
            assertThat(MatrixCell.of(cell.toJson())).isEqualTo(cell);
        }
    }

    @Test
    void aGateBringsItsControlsAndARivalIsTuned() {
        MatrixPlan plan = plan(List.of(RegularizerKind.GATED, RegularizerKind.POINTWISE), List.of(0.1f, 0.3f), 3L);

        assertThat(MatrixCell.guided(plan))
                .filteredOn(cell -> cell.seed() == 1)
                .extracting(MatrixCell::row)
                .containsExactly(
                        "bpr-mf gated",
                        "bpr-mf judge-free",
                        "bpr-mf judge-picks",
                        "bpr-mf placebo",
                        "bpr-mf pointwise");
        assertThat(MatrixCell.trials(plan))
                .hasSize(2)
                .allMatch(MatrixCell::isTrial)
                .allMatch(cell -> cell.seed() == 1);
        assertThat(MatrixCell.guided(plan))
                .filteredOn(MatrixCell::isOfTrials)
                .extracting(MatrixCell::regularizer)
                .containsOnly(RegularizerKind.POINTWISE);
    }

    @Test
    void withoutWeightsToTryARivalHasItsDefault() {
        MatrixPlan plan = plan(List.of(RegularizerKind.POINTWISE), List.of(), 3L);

        assertThat(MatrixCell.trials(plan)).isEmpty();
        assertThat(MatrixCell.guided(plan)).extracting(MatrixCell::lambda).containsOnly(0.1f);
    }

    @Test
    void theJudgeStandsAloneOnlyWhereItWasAsked() {
        assertThat(MatrixCell.bases(plan(List.of(RegularizerKind.KAR), List.of(), null)))
                .extracting(MatrixCell::row)
                .contains("popularity", "bpr-mf off")
                .doesNotContain("judge-alone");
        assertThat(MatrixCell.bases(plan(List.of(), List.of(), 3L)))
                .extracting(MatrixCell::row)
                .contains("judge-alone");
        assertThatThrownBy(() -> plan(List.of(RegularizerKind.GATED), List.of(), null))
                .hasMessageContaining("some of the regularizers learn from judgments");
    }

    @Test
    void whereDaysAreShuffledNobodyIsHeardWhoWasAskedBefore() {
        List<RegularizerKind> unjudged = List.of(RegularizerKind.OFF, RegularizerKind.KAR);
        MatrixPlan plan = plan(unjudged, List.of(), null, null, 1L);

        assertThat(plan.teachers()).isEmpty();
        assertThat(MatrixPlan.of(plan.fingerprint())).isEqualTo(plan);
        assertThatThrownBy(() -> plan(List.of(RegularizerKind.GATED), List.of(), null, null, 1L))
                .isInstanceOf(InvalidParameterException.class)
                .extracting("name")
                .isEqualTo("regularizers");
        assertThatThrownBy(() -> plan(unjudged, List.of(), 3L, null, 1L))
                .extracting("name")
                .isEqualTo("scoringRun");
        assertThatThrownBy(() -> plan(unjudged, List.of(), null, 3L, 1L))
                .extracting("name")
                .isEqualTo("rescueRun");
    }

    @Test
    void aPlanFromBeforeDaysCouldBeShuffledIsTheSameWork() {
        MatrixPlan plan = plan(List.of(RegularizerKind.GATED), List.of(), 3L);

        assertThat(plan.fingerprint()).doesNotContain("daySeed");
        assertThat(MatrixPlan.of(plan.fingerprint())).isEqualTo(plan);
    }

    @Test
    void everyOneWhoLearnsHasATeacher() {
        assertThat(plan(List.of(RegularizerKind.GATED), List.of(), 3L).teachers())
                .containsExactly(Map.entry("bpr-mf", 3L), Map.entry("judge-alone", 3L));
        assertThat(plan(List.of(RegularizerKind.OFF), List.of(), 3L).teachers())
                .containsExactly(Map.entry("judge-alone", 3L));
    }

    @Test
    void whatACellFoundOutComesBackFromItsFile(@TempDir Path folder) throws IOException {
        CellResult result = new CellResult(
                new Told(List.of(new Variant("history off", 0f)), 0.3f, 0.25, 1.5, 2, null, List.of("a warning")),
                List.of(new Ranking(new double[] {1, 2.5}, new int[] {9, 8}, new int[][] {{3, 1}, {}})));
        Path file = folder.resolve("cell");

        result.write(file);
        CellResult read = CellResult.read(file);

        assertThat(read.told()).isEqualTo(result.told());
        assertThat(read.rankings()).hasSize(1);
        assertThat(read.rankings().getFirst().rank()).containsExactly(1, 2.5);
        assertThat(read.rankings().getFirst().candidates()).containsExactly(9, 8);
        assertThat(read.rankings().getFirst().top()).isDeepEqualTo(new int[][] {{3, 1}, {}});
    }

    private static MatrixPlan plan(List<RegularizerKind> regularizers, List<Float> lambdas, @Nullable Long run) {
        return plan(regularizers, lambdas, run, null, null);
    }

    private static MatrixPlan plan(
            List<RegularizerKind> regularizers,
            List<Float> lambdas,
            @Nullable Long run,
            @Nullable Long rescueRun,
            @Nullable Long daySeed) {
        return new MatrixPlan(
                List.of(BackboneKind.BPR_MF),
                regularizers,
                true,
                2,
                run,
                rescueRun,
                null,
                List.of(0f, 2f),
                lambdas,
                daySeed,
                "data");
    }
}
