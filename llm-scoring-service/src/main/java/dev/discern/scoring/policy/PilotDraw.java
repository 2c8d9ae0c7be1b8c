package dev.discern.scoring.policy;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.PopularityBucket;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws the pilot: a quarter of the prompts, at least 25 and at most 100, stratified by history length and popularity of the audit
 * item. A stratum of {@code N_h} prompts has a share proportional to {@code √N_h} (power allocation, Bankier 1988): nearly as good as
 * the proportional share for the whole and far better for rare strata, on which the gate's slopes depend. Within a stratum every prompt
 * has the same probability {@code n_h / N_h}, which is kept as its weight's inverse.
 */
public final class PilotDraw {

    private static final int LARGEST = 100;
    private static final int SMALLEST = 25;
    private static final int ONE_IN = 4;

    /** A prompt that may be drawn. */
    public record Prompt(long userId, HistoryBucket history, PopularityBucket popularity) {

        private static final Comparator<Prompt> BY_STRATUM =
                Comparator.comparing(Prompt::history).thenComparing(Prompt::popularity);
    }

    private PilotDraw() {}

    /** How many of so many prompts are the pilot. */
    public static int size(int prompts) {
        return Math.min(prompts, Math.clamp((prompts + ONE_IN - 1) / ONE_IN, SMALLEST, LARGEST));
    }

    /**
     * The users drawn, each with the probability with which it was.
     *
     * @param prompts in an order that is the same wherever the same data lie
     */
    public static Map<Long, Double> draw(List<Prompt> prompts, Seeds seeds) {
        Map<Prompt, List<Prompt>> strata = new TreeMap<>(Prompt.BY_STRATUM);
        for (Prompt prompt : prompts) {
            strata.computeIfAbsent(prompt, first -> new ArrayList<>()).add(prompt);
        }
        List<List<Prompt>> groups = List.copyOf(strata.values());
        int[] shares = shares(groups.stream().mapToInt(List::size).toArray(), size(prompts.size()));
        SplittableRandom random = seeds.random("pilot");
        Map<Long, Double> drawn = new HashMap<>();
        for (int h = 0; h < shares.length; h++) {
            List<Prompt> group = new ArrayList<>(groups.get(h));
            for (int k = 0; k < shares[h]; k++) {
                java.util.Collections.swap(group, k, k + random.nextInt(group.size() - k));
                drawn.put(group.get(k).userId(), (double) shares[h] / group.size());
            }
        }
        return drawn;
    }

    /**
     * How many of each stratum: one, the largest strata first, then one by one to the stratum whose share is furthest below that of
     * {@code √N_h} (Sainte-Laguë's divisors).
     */
    static int[] shares(int[] sizes, int total) {
        int[] shares = new int[sizes.length];
        List<Integer> largestFirst = new ArrayList<>();
        for (int h = 0; h < sizes.length; h++) {
            largestFirst.add(h);
        }
        largestFirst.sort(
                Comparator.comparingInt((Integer h) -> sizes[h]).reversed().thenComparingInt(h -> h));
        for (int n = 0; n < total; n++) {
            if (n < sizes.length) {
                shares[largestFirst.get(n)] = 1;
                continue;
            }
            int next = -1;
            for (int h : largestFirst) {
                if (shares[h] < sizes[h] && (next < 0 || claim(sizes, shares, h) > claim(sizes, shares, next))) {
                    next = h;
                }
            }
            shares[next]++;
        }
        return shares;
    }

    private static double claim(int[] sizes, int[] shares, int h) {
        return Math.sqrt(sizes[h]) / (shares[h] + 0.5);
    }
}
