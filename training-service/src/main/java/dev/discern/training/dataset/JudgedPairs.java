package dev.discern.training.dataset;

import java.util.Arrays;

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

    /** These pairs and audit pairs beside them, the item of the higher score first. */
    public JudgedPairs with(AuditPairs audits) {
        int all = size() + audits.size();
        int[] users = Arrays.copyOf(user, all);
        int[] first = Arrays.copyOf(preferred, all);
        int[] second = Arrays.copyOf(other, all);
        float[] margins = Arrays.copyOf(margin, all);
        float[] consistencies = Arrays.copyOf(consistency, all);
        for (int n = 0; n < audits.size(); n++) {
            boolean chosenFirst = audits.margin()[n] >= 0;
            users[size() + n] = audits.user()[n];
            first[size() + n] = chosenFirst ? audits.chosen()[n] : audits.other()[n];
            second[size() + n] = chosenFirst ? audits.other()[n] : audits.chosen()[n];
            margins[size() + n] = Math.abs(audits.margin()[n]);
            consistencies[size() + n] = audits.consistency()[n];
        }
        UserOrder order = new UserOrder(users);
        return new JudgedPairs(
                order.of(users), order.of(first), order.of(second), order.of(margins), order.of(consistencies));
    }

    public int size() {
        return user.length;
    }
}
