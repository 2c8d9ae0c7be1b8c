package dev.discern.training.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.common.random.Seeds;
import dev.discern.training.gate.PairKind;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainingParameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A search over parameters.
 *
 * @param scoringRun the run to learn from; null where the regularizer needs none
 * @param pairs the kind of pairs to teach; null for what suits the backbone best of what the run has
 * @param uncertainty what gates take for the model's uncertainty; null where there is no gate
 * @param eta of halving; one trial of so many goes on
 * @param rungs of halving; 1 of random search
 * @param ranges what is drawn
 * @param parameters what all trials have in common, beside the defaults
 * @param dataVersion state of the data when the job was asked for
 */
record SearchPlan(
        BackboneKind backbone,
        RegularizerKind regularizer,
        long seed,
        @Nullable Long scoringRun,
        @Nullable PairKind pairs,
        // Absent where there is no gate: such a search is the same work as before there was a choice.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UncertaintyKind uncertainty,
        int trials,
        SearchStrategy strategy,
        int eta,
        int rungs,
        Map<String, SearchRange> ranges,
        Map<String, Object> parameters,
        String dataVersion) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};
    private static final String PARAMETER = "search";

    /** Far more than it takes to find the last of {@link #trials} different points by chance. */
    private static final int DRAWS_PER_TRIAL = 1_000;

    SearchPlan {
        // In an order of their own: a request that names the same ranges in another order is the same work.
        ranges = Collections.unmodifiableMap(new TreeMap<>(ranges));
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** The parameter that says how many epochs there are in full. */
    static String budget(BackboneKind backbone) {
        return switch (backbone) {
            case BPR_MF, LIGHTGCN -> "maxEpochs";
            case HISTORY -> "epochs";
        };
    }

    /** Whether a trial goes on where a rung left it; where the step size falls through all epochs, it begins again. */
    boolean goesOn() {
        return backbone != BackboneKind.HISTORY;
    }

    /** The rungs, first to last. */
    List<HalvingSchedule.Rung> schedule() {
        return strategy == SearchStrategy.RANDOM
                ? HalvingSchedule.single(trials)
                : HalvingSchedule.of(trials, parameters(Map.of()).maxEpochs(), eta, rungs);
    }

    /**
     * The points that are tried, trial 1 first, each another; fewer than {@link #trials} where the ranges have no more. Each parameter has
     * a stream of its own, and each draw another one, so that no point depends on what else is looked for.
     */
    List<Map<String, Number>> draws() {
        Seeds seeds = new Seeds(seed);
        Set<Map<String, Number>> distinct = new LinkedHashSet<>();
        for (int draw = 0; draw < trials * DRAWS_PER_TRIAL && distinct.size() < trials; draw++) {
            Map<String, Number> point = new LinkedHashMap<>();
            for (Map.Entry<String, SearchRange> range : ranges.entrySet()) {
                point.put(range.getKey(), range.getValue().draw(seeds.random("search-" + range.getKey(), draw)));
            }
            distinct.add(point);
        }
        return new ArrayList<>(distinct);
    }

    /** What trains a point in full. */
    TrainingPlan training(Map<String, Number> point) {
        return training(parameters(point));
    }

    /** What trains a point on a rung. */
    TrainingPlan training(Map<String, Number> point, HalvingSchedule.Rung rung) {
        Map<String, Number> onRung = new LinkedHashMap<>(point);
        if (rung.epochs() != null) {
            onRung.put(budget(backbone), rung.epochs());
        }
        return training(parameters(onRung));
    }

    private TrainingPlan training(TrainingParameters of) {
        return new TrainingPlan(backbone, regularizer, seed, scoringRun, 1, pairs, uncertainty, of, dataVersion);
    }

    private TrainingParameters parameters(Map<String, Number> point) {
        Map<String, Object> merged = new LinkedHashMap<>(JSON.convertValue(backbone.defaults(regularizer), MEMBERS));
        merged.putAll(parameters);
        merged.putAll(point);
        return JSON.convertValue(merged, backbone.parametersType());
    }

    /** The request that trains a point as the rung did. */
    TrainingRequest request(Map<String, Number> point, HalvingSchedule.Rung rung) {
        Map<String, Object> told = new LinkedHashMap<>(parameters);
        told.putAll(point);
        if (rung.epochs() != null) {
            told.put(budget(backbone), rung.epochs());
        }
        return new TrainingRequest(
                backbone.label(),
                regularizer.label(),
                seed,
                scoringRun,
                pairs == null ? null : pairs.label(),
                uncertainty == null ? null : uncertainty.label(),
                1,
                told);
    }

    /** Tells this work from other work, in other databases too. */
    String fingerprint() {
        return JSON.writeValueAsString(this);
    }

    /** Identifying parameters: the same plan on the same data is the same work. */
    JobParameters toJobParameters() {
        return new JobParametersBuilder().addString(PARAMETER, fingerprint()).toJobParameters();
    }

    static SearchPlan of(JobExecution execution) {
        String plan = execution.getJobParameters().getString(PARAMETER);
        if (plan == null) {
            throw new IllegalStateException("the job lacks its parameter " + PARAMETER);
        }
        return JSON.readValue(plan, SearchPlan.class);
    }
}
