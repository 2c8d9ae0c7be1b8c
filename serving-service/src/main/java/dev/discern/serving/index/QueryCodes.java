package dev.discern.serving.index;

import dev.discern.common.vector.CodedQuery;

/**
 * A query in small whole numbers: {@code p = t a + r}.
 *
 * @param coded {@code a} and {@code t}
 * @param length {@code ‖p‖}, not rounded down
 * @param rest {@code ‖r‖}, not rounded down
 */
record QueryCodes(CodedQuery coded, double length, double rest) {

    static QueryCodes of(float[] query) {
        CodedQuery coded = CodedQuery.of(query);
        double length = 0;
        double rest = 0;
        for (int d = 0; d < query.length; d++) {
            double left = query[d] - (double) coded.step() * coded.codes()[d];
            length += (double) query[d] * query[d];
            rest += left * left;
        }
        return new QueryCodes(coded, CodedScores.root(length), CodedScores.root(rest));
    }
}
