package dev.discern.training.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every metric of every tested user: (n) values for each metric, in the task's order of users. */
final class UserMetrics {

    private final Map<Metric, float[]> values = new EnumMap<>(Metric.class);

    UserMetrics(Ranking ranks) {
        int users = ranks.rank().length;
        for (Metric metric : Metric.values()) {
            float[] of = new float[users];
            for (int n = 0; n < users; n++) {
                of[n] = (float) metric.of(ranks.rank()[n], ranks.candidates()[n]);
            }
            values.put(metric, of);
        }
    }

    private UserMetrics() {}

    /** Each user's mean over several models of one task. */
    static UserMetrics mean(List<UserMetrics> of) {
        UserMetrics mean = new UserMetrics();
        for (Metric metric : Metric.values()) {
            float[] sums = new float[of.getFirst().of(metric).length];
            for (UserMetrics one : of) {
                for (int n = 0; n < sums.length; n++) {
                    sums[n] += one.of(metric)[n] / of.size();
                }
            }
            mean.values.put(metric, sums);
        }
        return mean;
    }

    float[] of(Metric metric) {
        return values.getOrDefault(metric, new float[0]);
    }

    /** The mean over the slice's users; 0 when it has none. */
    double mean(Metric metric, Slice slice) {
        float[] of = of(metric);
        double sum = 0;
        for (int n = 0; n < of.length; n++) {
            sum += slice.member()[n] ? of[n] : 0;
        }
        return slice.users() == 0 ? 0 : sum / slice.users();
    }
}
