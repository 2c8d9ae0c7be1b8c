package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;

/**
 * A query in small whole numbers: {@code p = t a + r} with {@code t = max_d |p_d| / 31} and {@code a_d} in {@code [−31, 31]}.
 *
 * @param codes (dim) {@code a}
 * @param step {@code t}
 * @param length {@code ‖p‖}, not rounded down
 * @param rest {@code ‖r‖}, not rounded down
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one search; it is never compared
record QueryCodes(short[] codes, float step, double length, double rest) {

    static QueryCodes of(float[] query) {
        short[] codes = new short[query.length];
        float step = ItemCodes.step(query, 0, query.length, CodeGroups.MAX_QUERY_CODE);
        double length = 0;
        double rest = 0;
        for (int d = 0; d < query.length; d++) {
            codes[d] = (short) ItemCodes.code(query[d], step, CodeGroups.MAX_QUERY_CODE);
            double left = query[d] - (double) step * codes[d];
            length += (double) query[d] * query[d];
            rest += left * left;
        }
        return new QueryCodes(codes, step, CodedScores.root(length), CodedScores.root(rest));
    }
}
