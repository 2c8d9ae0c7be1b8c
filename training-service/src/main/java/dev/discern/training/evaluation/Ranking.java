package dev.discern.training.evaluation;

/**
 * Where a model puts the held-out items: all that an evaluation needs to know of it, in the task's order of users.
 *
 * @param rank (n) of the held-out item, 1 for the best; the middle of the ranks that it shares with equal scores
 * @param candidates (n) how many items were ranked, those that the user already had left out
 * @param top (n, at most k) the best items, best first; null rows where none were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // filled by parallel blocks; the record is never compared
public record Ranking(double[] rank, int[] candidates, int[][] top) {

    public Ranking {
        if (candidates.length != rank.length || top.length != rank.length) {
            throw new IllegalArgumentException("a ranking of %d users has %d counts of candidates and %d lists"
                    .formatted(rank.length, candidates.length, top.length));
        }
    }
}
