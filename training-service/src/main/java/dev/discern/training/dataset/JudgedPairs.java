package dev.discern.training.dataset;

/**
 * Pairs that a judge ordered.
 *
 * @param user (pairs) dense user indices, ascending
 * @param preferred (pairs) the item that the judge puts first
 * @param other (pairs) the item that the judge puts second
 * @param margin (pairs) difference of standardized scores, not negative
 * @param consistency (pairs) share of asked orders that agree, in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
public record JudgedPairs(int[] user, int[] preferred, int[] other, float[] margin, float[] consistency) {

    public JudgedPairs {
        Lengths.requireEqual(user.length, preferred.length, other.length, margin.length, consistency.length);
        UserOrder.require(user);
    }

    public int size() {
        return user.length;
    }
}
