package dev.discern.training.job;

import dev.discern.batch.JobResult;
import dev.discern.common.db.Snapshot;
import dev.discern.training.evaluation.Contender;
import dev.discern.training.evaluation.MatrixEvaluator;
import dev.discern.training.evaluation.MatrixReport.Judge;
import dev.discern.training.evaluation.Ranking;
import dev.discern.training.job.CellResult.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What stands before and behind the cells of a matrix: one snapshot for all of them, and the report. */
@Component
class MatrixSteps {

    private static final long BOOTSTRAP_SEED = 1;
    private static final String NONE = "none";

    private final FrozenData frozen;
    private final PreparedData prepared;
    private final CompletedRuns runs;
    private final Path checkpoints;

    MatrixSteps(FrozenData frozen, PreparedData prepared, CompletedRuns runs, @Value("${discern.home}") Path home) {
        this.frozen = frozen;
        this.prepared = prepared;
        this.runs = runs;
        this.checkpoints = home.resolve("checkpoints");
    }

    /** Reads data and texts once; every cell, and every restart, sees the same. */
    void snapshot(JobExecution job) throws IOException {
        JobFolder folder = MatrixWorkspace.open(checkpoints, job).folder();
        Long daySeed = MatrixPlan.of(job).daySeed();
        if (daySeed != null) {
            frozen.writeShuffledWithinDays(folder, daySeed);
        } else {
            frozen.write(folder, true);
        }
    }

    /** Sets all rows beside each other; what the cells left behind is no longer needed. */
    void report(JobExecution job) throws IOException {
        MatrixPlan plan = MatrixPlan.of(job);
        MatrixWorkspace workspace = MatrixWorkspace.open(checkpoints, job);
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        Map<String, Row> rows = new LinkedHashMap<>();
        for (MatrixCell cell : Stream.of(MatrixCell.bases(plan), MatrixCell.guided(plan))
                .flatMap(List::stream)
                .toList()) {
            CellResult result = CellResult.read(workspace.result(cell));
            for (int v = 0; v < result.rankings().size(); v++) {
                Variant variant = result.told().variants().get(v);
                rows.computeIfAbsent(variant.row(), name -> new Row(cell, variant))
                        .add(result, v);
            }
        }
        MatrixEvaluator evaluator = new MatrixEvaluator(
                snapshot.histories(), prepared.trainingData(snapshot).split());
        JobResult.put(
                job,
                evaluator
                        .report(
                                rows.values().stream()
                                        .map(row -> row.contender(rows.keySet()))
                                        .toList(),
                                plan.seedList(),
                                BOOTSTRAP_SEED)
                        .with(judges(plan), workspace.folder().readDayOrder()));
        workspace.delete();
    }

    private List<Judge> judges(MatrixPlan plan) {
        return plan.teachers().entrySet().stream()
                .map(teacher -> new Judge(teacher.getKey(), teacher.getValue(), runs.judge(teacher.getValue())))
                .toList();
    }

    /** The seeds of one row. */
    private static final class Row {

        private final MatrixCell cell;
        private final Variant variant;
        private final List<CellResult> results = new ArrayList<>();
        private final List<Ranking> rankings = new ArrayList<>();

        Row(MatrixCell cell, Variant variant) {
            this.cell = cell;
            this.variant = variant;
        }

        void add(CellResult result, int variantAt) {
            results.add(result);
            rankings.add(result.rankings().get(variantAt));
        }

        Contender contender(Set<String> rows) {
            CellResult.Told first = results.getFirst().told();
            boolean fused = variant.row().endsWith(MatrixCell.LATE_FUSION);
            return new Contender(
                    variant.row(),
                    reference(rows),
                    cell.backbone() == null ? variant.row() : cell.backbone().label(),
                    fused
                            ? MatrixCell.LATE_FUSION
                            : cell.regularizer() == null
                                    ? NONE
                                    : cell.regularizer().label(),
                    variant.rareGain() == null ? null : (double) variant.rareGain(),
                    first.lambda() == null ? null : (double) first.lambda(),
                    cell.isOfTrials(),
                    fused || isGained() ? null : validation(),
                    rankings,
                    results.stream()
                            .mapToDouble(result -> result.told().seconds())
                            .average()
                            .orElse(0),
                    first.megabytes(),
                    first.gate(),
                    first.warnings());
        }

        private boolean isGained() {
            return variant.rareGain() != null && variant.rareGain() != 0;
        }

        /** The mean over the seeds; null where validation had no say. */
        private @Nullable Double validation() {
            return results.getFirst().told().validation() == null
                    ? null
                    : (Double) results.stream()
                            .mapToDouble(result ->
                                    Objects.requireNonNull(result.told().validation()))
                            .average()
                            .orElseThrow();
        }

        /** The backbone alone with the same gain; of the backbone alone, the one without gain. */
        private @Nullable String reference(Set<String> rows) {
            if (cell.backbone() == null) {
                return null;
            }
            String plain = cell.base().row();
            String gained = cell.base().row(variant.rareGain() == null ? 0 : variant.rareGain());
            return Stream.of(gained, plain)
                    .filter(name -> rows.contains(name) && !name.equals(variant.row()))
                    .findFirst()
                    .orElse(null);
        }
    }
}
