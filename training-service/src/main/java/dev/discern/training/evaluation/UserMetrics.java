package dev.discern.training.evaluation;

import java.util.EnumMap;
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
