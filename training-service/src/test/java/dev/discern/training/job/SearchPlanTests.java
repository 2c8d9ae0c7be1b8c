package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.RegularizerKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;

class SearchPlanTests {

    private static final SearchRange RATE = SearchRange.between(1e-3, 1e-1, true, false);
    private static final SearchRange DIM = SearchRange.between(16, 128, false, true);
    private static final SearchRange LAMBDA = SearchRange.among(List.of(0.1, 0.3, 1));

    @TempDir
    Path folder;

    @Test
    void comesBackFromJobParametersAsItWas() {
        SearchPlan plan = plan(BackboneKind.HISTORY, Map.of("learningRate", RATE, "lambda", LAMBDA, "dim", DIM));
        JobExecution job = new JobExecution(2, new JobInstance(1, "search"), plan.toJobParameters());

        assertThat(SearchPlan.of(job).fingerprint()).isEqualTo(plan.fingerprint());
        assertThat(SearchPlan.of(job).draws()).isEqualTo(plan.draws());
    }

    @Test
    void theOrderOfRangesIsNoOtherWork() {
        Map<String, SearchRange> oneWay = new LinkedHashMap<>();
        oneWay.put("learningRate", RATE);
        oneWay.put("dim", DIM);
        Map<String, SearchRange> otherWay = new LinkedHashMap<>();
        otherWay.put("dim", DIM);
        otherWay.put("learningRate", RATE);

        assertThat(plan(BackboneKind.HISTORY, oneWay).fingerprint())
                .isEqualTo(plan(BackboneKind.HISTORY, otherWay).fingerprint());
    }

    @Test
    void whatIsDrawnOfOneParameterDependsOnNoOther() {
        List<Map<String, Number>> alone =
                plan(BackboneKind.HISTORY, Map.of("learningRate", RATE)).draws();
        List<Map<String, Number>> besideAnother = plan(BackboneKind.HISTORY, Map.of("learningRate", RATE, "dim", DIM))
                .draws();

        assertThat(alone).hasSize(12).doesNotHaveDuplicates();
        for (int trial = 0; trial < 12; trial++) {
            assertThat(besideAnother.get(trial))
                    .containsEntry("learningRate", alone.get(trial).get("learningRate"));
        }
    }

    @Test
    void pointsAreDifferentAsLongAsThereAreAny() {
        List<Map<String, Number>> points =
                plan(BackboneKind.HISTORY, Map.of("lambda", LAMBDA)).draws();

        assertThat(points.stream().map(point -> point.get("lambda"))).containsExactlyInAnyOrder(0.1, 0.3, 1);
    }

    @Test
    void aPointIsLaidOverWhatIsFixedAndARungSaysHowLong() {
        SearchPlan plan = plan(BackboneKind.BPR_MF, Map.of("dim", DIM));
        HalvingSchedule.Rung first = plan.schedule().getFirst();

        assertThat((BprMfParameters) plan.training(Map.of("dim", 17), first).parameters())
                .extracting(BprMfParameters::dim, BprMfParameters::margin, BprMfParameters::maxEpochs)
                .containsExactly(17, 2f, 50);
        assertThat(plan.request(Map.of("dim", 17), plan.schedule().getLast()).parameters())
                .isEqualTo(Map.of("dim", 17, "margin", 2, "maxEpochs", 200));
        assertThat(plan(BackboneKind.HISTORY, Map.of("dim", DIM))
                        .training(Map.of("dim", 17), new HalvingSchedule.Rung(1, 9, 3))
                        .parameters())
                .isInstanceOfSatisfying(
                        HistoryParameters.class,
                        history -> assertThat(history.epochs()).isEqualTo(3));
    }

    @Test
    void theBestGoOnAndTheBestOfTheHighestRungIsChosen() throws Exception {
        SearchPlan plan = plan(BackboneKind.BPR_MF, Map.of("dim", DIM));
        SearchWorkspace workspace = new SearchWorkspace(plan, plan.draws(), new JobFolder(folder));
        for (int trial = 1; trial <= 12; trial++) {
            // 7 and 8 are as good as each other; 12 would be best, but has diverged.
            Double validation = trial == 12 ? null : Double.valueOf((trial == 8 ? 7 : trial) / 100.0);
            new TrialResult(trial, 1, 50, validation, 1, validation == null ? "diverged" : null)
                    .write(workspace.result(trial, 1));
        }
        HalvingSchedule.Rung second = plan.schedule().get(1);

        assertThat(second.trials()).isEqualTo(6);
        assertThat(workspace.trials(plan.schedule().getFirst())).hasSize(12);
        assertThat(workspace.trials(second)).containsExactly(6, 7, 8, 9, 10, 11);
        assertThat(workspace.chosen().orElseThrow().trial()).isEqualTo(11);
        new TrialResult(9, 2, 100, 0.05, 1, null).write(workspace.result(9, 2));
        new TrialResult(10, 2, 100, 0.05, 1, null).write(workspace.result(10, 2));
        new TrialResult(11, 2, 100, null, 1, "diverged").write(workspace.result(11, 2));
        assertThat(workspace.chosen().orElseThrow())
                .extracting(TrialResult::trial, TrialResult::rung)
                .containsExactly(9, 2);
    }

    @Test
    void whereAllHaveDivergedNoneIsChosen() throws Exception {
        SearchPlan plan = plan(BackboneKind.BPR_MF, Map.of("dim", DIM));
        SearchWorkspace workspace = new SearchWorkspace(plan, plan.draws(), new JobFolder(folder));
        new TrialResult(1, 1, 50, null, 1, "diverged").write(workspace.result(1, 1));

        assertThat(workspace.trials(plan.schedule().get(1))).isEmpty();
        assertThat(workspace.chosen()).isEmpty();
    }

    @Test
    void trialsThatAreWarmedUpAlikeShareTheirGate() {
        SearchPlan plan = plan(
                BackboneKind.HISTORY,
                Map.of("lambda", SearchRange.between(0.1, 1, false, false), "dim", SearchRange.among(List.of(16, 32))));
        SearchWorkspace workspace = new SearchWorkspace(plan, plan.draws(), new JobFolder(folder));
        HalvingSchedule.Rung first = plan.schedule().getFirst();
        for (int one = 1; one <= 12; one++) {
            for (int other = 1; other <= 12; other++) {
                boolean sameDim = workspace
                        .point(one)
                        .get("dim")
                        .equals(workspace.point(other).get("dim"));
                assertThat(workspace.calibration(one, first).equals(workspace.calibration(other, first)))
                        .isEqualTo(sameDim);
            }
        }
        // Its step size falls through all epochs: with more of them the warm-up is another one.
        assertThat(workspace.calibration(1, first))
                .isNotEqualTo(workspace.calibration(1, plan.schedule().getLast()));
    }

    private static SearchPlan plan(BackboneKind backbone, Map<String, SearchRange> ranges) {
        return new SearchPlan(
                backbone,
                RegularizerKind.GATED,
                5,
                7L,
                null,
                UncertaintyKind.CANDIDATES,
                12,
                SearchStrategy.HALVING,
                2,
                3,
                ranges,
                Map.of("margin", 2),
                "data");
    }
}
