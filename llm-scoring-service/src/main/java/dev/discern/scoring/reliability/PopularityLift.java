package dev.discern.scoring.reliability;

import java.util.List;

/**
 * Whether a judge only says what is popular: mean popularity percentile of the item that it prefers minus that of the other one,
 * in [-1, 1], over the pairs of candidates without the audit item that it does not score alike.
 *
 * @param judge of its preferences
 * @param popularity of an order by popularity on the same pairs: the most there can be
 * @param users of what the users chose: the audit item minus the other candidates
 */
public record PopularityLift(Estimate judge, Estimate popularity, Estimate users) {

    static PopularityLift of(List<JudgedPrompt> prompts, PopularityRanks ranks) {
        Share judge = new Share();
        Share popularity = new Share();
        Share users = new Share();
        for (int n = 0; n < prompts.size(); n++) {
            JudgedPrompt prompt = prompts.get(n);
            double[] percentiles = new double[prompt.size()];
            for (int position = 0; position < percentiles.length; position++) {
                percentiles[position] = ranks.percentile(prompt.popularity()[position]);
            }
            for (int a = 0; a < percentiles.length; a++) {
                for (int b = a + 1; b < percentiles.length; b++) {
                    double lift = percentiles[a] - percentiles[b];
                    if (a == prompt.audit() || b == prompt.audit()) {
                        users.add(n, a == prompt.audit() ? lift : -lift, 1);
                    } else if (prompt.scores()[a] != prompt.scores()[b]) {
                        judge.add(n, prompt.scores()[a] > prompt.scores()[b] ? lift : -lift, 1);
                        popularity.add(n, Math.abs(lift), 1);
                    }
                }
            }
        }
        return new PopularityLift(Estimate.of(judge), Estimate.of(popularity), Estimate.of(users));
    }
}
