package dev.discern.training.job;

import dev.discern.training.job.HalvingSchedule.Rung;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search has found; its JSON form is read by tools.
 *
 * @param trials in the order drawn
 * @param chosen by validation alone: of the highest rung the best; null where all trials have diverged
 */
record SearchReport(
        String backbone,
        String regularizer,
        long seed,
        @Nullable Long scoringRun,
        String strategy,
        List<Rung> rungs,
        List<Trial> trials,
        @Nullable Chosen chosen) {

    /**
     * A point and how it fared.
     *
     * @param parameters what was drawn
     * @param rungs those it took part in
     */
    record Trial(int trial, Map<String, Number> parameters, List<TrialResult> rungs) {}

    /**
     * The trial that won.
     *
     * @param validation NDCG@10 of the validation items: the best of many, so it flatters the trial
     * @param test metrics of the test items by slice, then metric, computed once and for this trial alone: no trial was chosen by them
     * @param training the request that trains it
     */
    record Chosen(
            int trial,
            int rung,
            Map<String, Number> parameters,
            double validation,
            Map<String, Map<String, Number>> test,
            TrainingRequest training,
            List<String> warnings) {}
}
