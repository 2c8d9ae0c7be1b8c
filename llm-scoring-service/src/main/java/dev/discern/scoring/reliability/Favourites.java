package dev.discern.scoring.reliability;

import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongToIntFunction;

/**
 * Finds the items that a judge scores highest over all prompts. Candidates are drawn without regard to the judge, so an item that many
 * different users are said to want most stands out; an audit item does not count, since its user did want it.
 */
final class Favourites {

    private static final int LISTED = 5;
    private static final int FEWEST_PROMPTS = 5;
    private static final double NORMAL_95 = 1.96;

    private final Map<Long, Scores> byItem = new HashMap<>();

    void add(CandidateSet prompt, Judgment.Scored answer) {
        float[] z = answer.standardized();
        for (int position = 0; position < z.length; position++) {
            if (prompt.candidates().get(position).source() != CandidateSource.AUDIT) {
                byItem.computeIfAbsent(prompt.candidates().get(position).itemId(), item -> new Scores())
                        .add(z[position]);
            }
        }
    }

    /**
     * The items of the highest lower ends of their intervals, at most five, each of five prompts or more; only such as are scored
     * above the mean.
     *
     * @param externalId of an item by row id
     * @param popularity training interactions of an item by row id
     */
    List<Favourite> list(LongFunction<String> externalId, LongToIntFunction popularity) {
        return byItem.entrySet().stream()
                .filter(entry -> entry.getValue().count >= FEWEST_PROMPTS
                        && entry.getValue().low() > 0)
                .sorted(Comparator.comparingDouble((Map.Entry<Long, Scores> entry) ->
                                -entry.getValue().low())
                        .thenComparing(Map.Entry::getKey))
                .limit(LISTED)
                .map(entry ->
                        entry.getValue().of(externalId.apply(entry.getKey()), popularity.applyAsInt(entry.getKey())))
                .toList();
    }

    /** The standardized scores of one item. */
    private static final class Scores {

        private int count;
        private double sum;
        private double squares;

        void add(double score) {
            count++;
            sum += score;
            squares += score * score;
        }

        double mean() {
            return sum / count;
        }

        double low() {
            return mean() - halfWidth();
        }

        private double halfWidth() {
            double variance = Math.max(0, squares - sum * sum / count) / (count - 1);
            return NORMAL_95 * Math.sqrt(variance / count);
        }

        Favourite of(String itemId, int popularity) {
            return new Favourite(itemId, popularity, count, mean(), List.of(low(), mean() + halfWidth()));
        }
    }
}
