package dev.discern.scoring.judge;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The orders in which a prompt's candidates are shown: first as drawn, then shuffled by the seed, no two the same. */
public final class Orders {

    /** Tries to find another order; few candidates have few. */
    private static final int TRIES = 20;

    private Orders() {}

    /** One order. {@code positions[slot]} is the place, as drawn, of the candidate shown in that slot. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Order(int[] positions, CandidateSet shown) {

        /** Scores by slot to scores by place as drawn. */
        public List<Float> asDrawn(List<Float> bySlot) {
            Float[] scores = new Float[positions.length];
            for (int slot = 0; slot < positions.length; slot++) {
                scores[positions[slot]] = bySlot.get(slot);
            }
            return List.of(scores);
        }
    }

    /**
     * So many orders of a prompt, fewer where its candidates have no more.
     *
     * @param seeds a user's orders depend on the seed and the candidates, not on the other users
     */
    public static List<Order> of(CandidateSet prompt, int permutations, Seeds seeds) {
        int[] positions = IntStream.range(0, prompt.candidates().size()).toArray();
        List<Order> orders = new ArrayList<>();
        orders.add(new Order(positions, prompt));
        SplittableRandom random = seeds.random("orders", prompt.userId());
        for (int tries = 0; orders.size() < permutations && tries < permutations * TRIES; tries++) {
            int[] shuffled = positions.clone();
            for (int k = shuffled.length - 1; k > 0; k--) {
                int swap = random.nextInt(k + 1);
                int position = shuffled[swap];
                shuffled[swap] = shuffled[k];
                shuffled[k] = position;
            }
            if (orders.stream().noneMatch(order -> Arrays.equals(order.positions(), shuffled))) {
                orders.add(new Order(shuffled, shown(prompt, shuffled)));
            }
        }
        return orders;
    }

    private static CandidateSet shown(CandidateSet prompt, int[] positions) {
        List<Candidate> candidates = Arrays.stream(positions)
                .mapToObj(position -> prompt.candidates().get(position))
                .toList();
        return new CandidateSet(prompt.userId(), prompt.history(), prompt.historyLength(), candidates);
    }
}
