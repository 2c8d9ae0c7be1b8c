package dev.discern.scoring.judge;

import dev.discern.common.judgment.Judgment;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer of the answers to several orders of a prompt: the mean score of each candidate, and how far the orders agree.
 *
 * <p>With {@code s_o(i)} the score of candidate {@code i} in order {@code o} and {@code m(i)} the mean over orders,
 *
 * <pre>
 *   consistency = mean over pairs i &lt; j and orders o of  a(sign(s_o(i) - s_o(j)), sign(m(i) - m(j)))
 *   a(x, y) = 1 if x = y;  ½ if one of them is 0;  0 if they are opposite
 * </pre>
 *
 * the share of orders that prefer, of two candidates, the one that all orders together prefer.
 */
public final class Agreement {

    private Agreement() {}

    /**
     * The joint answer.
     *
     * @param answers one or more, each with the scores by the candidates' place as drawn
     */
    public static Judgment.Scored of(List<List<Float>> answers) {
        List<Float> mean = mean(answers);
        if (answers.size() == 1) {
            return new Judgment.Scored(mean, 1);
        }
        double agreeing = 0;
        long count = 0;
        for (List<Float> scores : answers) {
            for (int i = 0; i < mean.size(); i++) {
                for (int j = i + 1; j < mean.size(); j++) {
                    int one = preference(scores.get(i), scores.get(j));
                    int all = preference(mean.get(i), mean.get(j));
                    agreeing += one == all ? 1 : one == 0 || all == 0 ? 0.5 : 0;
                    count++;
                }
            }
        }
        return new Judgment.Scored(mean, agreeing / count);
    }

    /** 1 for the first, -1 for the second, 0 for neither. */
    static int preference(float first, float second) {
        return Integer.signum(Float.compare(first, second));
    }

    private static List<Float> mean(List<List<Float>> answers) {
        List<Float> mean = new ArrayList<>();
        for (int i = 0; i < answers.getFirst().size(); i++) {
            int candidate = i;
            mean.add((float) answers.stream()
                    .mapToDouble(scores -> scores.get(candidate))
                    .average()
                    .orElseThrow());
        }
        return mean;
    }
}
