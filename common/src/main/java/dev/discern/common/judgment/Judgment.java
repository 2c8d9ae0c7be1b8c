package dev.discern.common.judgment;

import java.util.List;

/** A judge's answer to one {@link CandidateSet}: soft scores, or the reason there are none. Never a made-up score. */
public sealed interface Judgment {

    /**
     * An answer.
     *
     * @param scores one soft score in [0, 1] for each candidate, in the order shown
     * @param consistency share of asked orders that agree, in [0, 1]; 1 when only one order was asked
     */
    record Scored(List<Float> scores, double consistency) implements Judgment {

        public Scored {
            scores = List.copyOf(scores);
            for (float score : scores) {
                if (!(score >= 0 && score <= 1)) {
                    throw new IllegalArgumentException("a soft score must be in [0, 1], not " + score);
                }
            }
            if (!(consistency >= 0 && consistency <= 1)) {
                throw new IllegalArgumentException("consistency must be in [0, 1], not " + consistency);
            }
        }

        /**
         * The scores standardized within the prompt (mean 0, variance 1): {@code z} of docs/method.md. All zeros when the judge
         * scored every candidate the same.
         */
        public float[] standardized() {
            double mean =
                    scores.stream().mapToDouble(Float::doubleValue).average().orElse(0);
            double variance = scores.stream()
                    .mapToDouble(score -> (score - mean) * (score - mean))
                    .average()
                    .orElse(0);
            double scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
            float[] z = new float[scores.size()];
            for (int position = 0; position < z.length; position++) {
                z[position] = (float) ((scores.get(position) - mean) * scale);
            }
            return z;
        }
    }

    /**
     * No usable answer.
     *
     * @param detail one sentence for people: what was expected and what came
     */
    record Failed(FailureReason reason, String detail) implements Judgment {}
}
