package dev.discern.training.evaluation;

import dev.discern.training.gate.GateReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model of a comparison, ranked once for each seed.
 *
 * @param name unique among those that are compared
 * @param reference name of the one that its differences are to: {@code off} of the same text gain, and of {@code off} with a gain the one
 *     without; null where there is none
 * @param regularizer {@code none} for a baseline
 * @param rareGain how much more the text of rare items counts; null where a model has no such part
 * @param lambda weight of the regularizer; null where it has none
 * @param validation mean NDCG@10 of the validation items, over the seeds; null for a baseline
 * @param rankings one for each seed, or one for all where nothing is drawn
 * @param seconds of training, mean over seeds
 * @param gate of the first seed
 */
public record Contender(
        String name,
        @Nullable String reference,
        String backbone,
        String regularizer,
        @Nullable Double rareGain,
        @Nullable Double lambda,
        boolean tuned,
        @Nullable Double validation,
        List<Ranking> rankings,
        double seconds,
        double megabytes,
        @Nullable GateReport gate,
        List<String> warnings) {

    public Contender {
        rankings = List.copyOf(rankings);
        warnings = List.copyOf(warnings);
        if (rankings.isEmpty()) {
            throw new IllegalArgumentException(name + " has not been ranked");
        }
    }
}
