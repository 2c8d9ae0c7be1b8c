package dev.discern.training.job;

import dev.discern.training.job.HalvingSchedule.Rung;
import dev.discern.training.trainer.TrainingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.batch.core.job.JobExecution;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The folder of one search, kept until its report is made, and what its files say so far. */
record SearchWorkspace(SearchPlan plan, List<Map<String, Number>> points, JobFolder folder) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    /** Parameters that the warm-up before the gate does not see: those of the regularizer, of what is done once training is over, and those that end it. */
    private static final Set<String> UNSEEN_BY_WARM_UP = Set.of(
            "lambda",
            "margin",
            "gateRate",
            "paperPairs",
            "judged",
            "guideItems",
            "guideText",
            "guideUsers",
            "rareGain",
            "rareCount",
            "maxEpochs",
            "patience");

    static SearchWorkspace open(Path checkpoints, JobExecution execution) throws IOException {
        SearchPlan plan = SearchPlan.of(execution);
        return new SearchWorkspace(
                plan, plan.draws(), JobFolder.open(checkpoints, "search", execution, plan.fingerprint()));
    }

    Map<String, Number> point(int trial) {
        return points.get(trial - 1);
    }

    Path result(int trial, int rung) {
        return folder.file("trial-%03d-rung-%d.result".formatted(trial, rung));
    }

    /** One for all rungs where a trial goes on. */
    Path checkpoint(int trial, int rung) {
        return folder.file(
                plan.goesOn()
                        ? "trial-%03d.checkpoint".formatted(trial)
                        : "trial-%03d-rung-%d.checkpoint".formatted(trial, rung));
    }

    /** Names the work behind a checkpoint, as {@link #checkpoint} does. */
    String fingerprint(int trial, Rung rung) {
        return (plan.goesOn() ? plan.training(point(trial)) : plan.training(point(trial), rung)).fingerprint();
    }

    /** The gate of a trial; trials that are warmed up alike share it, and so do the rungs where a trial goes on. */
    Path calibration(int trial, Rung rung) {
        Map<String, Object> warmUp = warmUp(trial, rung);
        int first = IntStream.rangeClosed(1, trial)
                .filter(other -> warmUp(other, rung).equals(warmUp))
                .findFirst()
                .orElseThrow();
        return folder.file(
                plan.goesOn()
                        ? "gate-%03d.calibration".formatted(first)
                        : "gate-%03d-rung-%d.calibration".formatted(first, rung.number()));
    }

    private Map<String, Object> warmUp(int trial, Rung rung) {
        TrainingParameters parameters = plan.training(point(trial), rung).parameters();
        Map<String, Object> seen = new TreeMap<>(JSON.convertValue(parameters, MEMBERS));
        seen.keySet().removeAll(UNSEEN_BY_WARM_UP);
        return seen;
    }

    /** The trials of a rung, once all results of the rung before are there. */
    List<Integer> trials(Rung rung) throws IOException {
        if (rung.number() == 1) {
            return IntStream.rangeClosed(1, points.size()).boxed().toList();
        }
        return results(rung.number() - 1).stream()
                .filter(TrialResult::hasModel)
                .sorted(TrialResult.BEST_FIRST)
                .limit(rung.trials())
                .map(TrialResult::trial)
                .sorted()
                .toList();
    }

    /** The results of a rung that are there, in the order of trials. */
    List<TrialResult> results(int rung) throws IOException {
        List<TrialResult> results = new ArrayList<>();
        for (int trial = 1; trial <= points.size(); trial++) {
            Path file = result(trial, rung);
            if (Files.exists(file)) {
                results.add(TrialResult.read(file));
            }
        }
        return results;
    }

    /** The best trial of the highest rung that has one; empty where all have diverged. */
    Optional<TrialResult> chosen() throws IOException {
        for (Rung rung : plan.schedule().reversed()) {
            Optional<TrialResult> best = results(rung.number()).stream()
                    .filter(TrialResult::hasModel)
                    .min(TrialResult.BEST_FIRST);
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    void delete() throws IOException {
        folder.delete();
    }
}
