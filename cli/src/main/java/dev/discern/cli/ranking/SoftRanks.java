package dev.discern.cli.ranking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Soft scores from places: of {@code n} candidates the one at place {@code r} (1 the best) has
 *
 * <pre>
 *   score = (n − r) / (n − 1)
 * </pre>
 *
 * so 1, …, 0 in equal steps. What the list does not rank shares the mean of the places left, and so one score: nothing is known of
 * their order.
 */
final class SoftRanks {

    private SoftRanks() {}

    /**
     * One score for each candidate.
     *
     * @param candidates two or more, without repeats
     * @param ranked best first; what is no candidate is passed over, and an item counts where it stands first
     */
    static List<Double> scores(List<String> candidates, List<String> ranked) {
        Map<String, Integer> places = places(candidates, ranked);
        int size = candidates.size();
        double left = (places.size() + 1 + size) / 2.0; // mean of the places after the last ranked one
        List<Double> scores = new ArrayList<>(size);
        for (String candidate : candidates) {
            Integer place = places.get(candidate);
            scores.add((size - (place == null ? left : place)) / (size - 1));
        }
        return scores;
    }

    /** How many candidates the list ranks. */
    static int ranked(List<String> candidates, List<String> ranked) {
        return places(candidates, ranked).size();
    }

    private static Map<String, Integer> places(List<String> candidates, List<String> ranked) {
        Map<String, Integer> places = new HashMap<>();
        for (String item : ranked) {
            if (candidates.contains(item)) {
                places.putIfAbsent(item, places.size() + 1);
            }
        }
        return places;
    }
}
