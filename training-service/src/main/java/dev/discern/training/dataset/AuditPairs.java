package dev.discern.training.dataset;

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
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
public record AuditPairs(int[] user, int[] chosen, int[] other, float[] margin, float[] consistency, double[] weight) {

    public AuditPairs {
        Lengths.requireEqual(
                user.length, chosen.length, other.length, margin.length, consistency.length, weight.length);
    }

    public int size() {
        return user.length;
    }
}
