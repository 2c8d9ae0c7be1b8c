package dev.discern.training.dataset;

import dev.discern.common.judgment.CandidateSource;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the judge said of held-out items: each against every other candidate of its prompt. The first item is the one the user
 * chose.
 *
 * @param user (pairs) dense user indices; the pairs of one prompt stand together
 * @param chosen (pairs) the held-out item
 * @param other (pairs) a candidate beside it
 * @param margin (pairs) standardized score of the chosen item minus that of the other, any sign
 * @param consistency (pairs) share of asked orders that agree, in [0, 1]
 * @param weight (pairs) inverse of the probability with which the other candidate was drawn
 * @param source (pairs) where the other candidate came from
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
public record AuditPairs(
        int[] user,
        int[] chosen,
        int[] other,
        float[] margin,
        float[] consistency,
        double[] weight,
        CandidateSource[] source) {

    public AuditPairs {
        Lengths.requireEqual(
                user.length,
                chosen.length,
                other.length,
                margin.length,
                consistency.length,
                weight.length,
                source.length);
    }

    /** Those of these pairs that the rule keeps, in their order. */
    public AuditPairs only(IntPredicate kept) {
        int[] at = IntStream.range(0, size()).filter(kept).toArray();
        float[] margins = new float[at.length];
        float[] consistencies = new float[at.length];
        for (int n = 0; n < at.length; n++) {
            margins[n] = margin[at[n]];
            consistencies[n] = consistency[at[n]];
        }
        return new AuditPairs(
                Arrays.stream(at).map(n -> user[n]).toArray(),
                Arrays.stream(at).map(n -> chosen[n]).toArray(),
                Arrays.stream(at).map(n -> other[n]).toArray(),
                margins,
                consistencies,
                Arrays.stream(at).mapToDouble(n -> weight[n]).toArray(),
                Arrays.stream(at).mapToObj(n -> source[n]).toArray(CandidateSource[]::new));
    }

    public int size() {
        return user.length;
    }
}
