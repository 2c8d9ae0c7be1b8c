package dev.discern.scoring.judge;

import dev.discern.common.judgment.Judgment;
import java.util.ArrayList;
import java.util.List;

/**
 * What the order of the candidates did to a run's answers. Not safe for several threads.
 *
 * <pre>
 *   slot effect(p) = mean over answers of the standardized score of the candidate shown in slot p
 *   flip rate      = share, of pairs of candidates in two orders of a prompt, both with a strict preference, that prefer oppositely
 * </pre>
 */
public final class OrderEffects {

    private final List<double[]> slots = new ArrayList<>(); // slot -> {sum, count}
    private long flips;
    private long comparisons;

    /** Adds one answer; {@code bySlot} has the scores as they were shown. */
    public void addSlots(List<Float> bySlot) {
        float[] z = new Judgment.Scored(bySlot, 1).standardized();
        for (int slot = 0; slot < z.length; slot++) {
            if (slots.size() <= slot) {
                slots.add(new double[2]);
            }
            slots.get(slot)[0] += z[slot];
            slots.get(slot)[1]++;
        }
    }

    /** Adds the answers to all orders of a prompt, by the candidates' place as drawn. */
    public void addOrders(List<List<Float>> answers) {
        for (int one = 0; one < answers.size(); one++) {
            for (int other = one + 1; other < answers.size(); other++) {
                compare(answers.get(one), answers.get(other));
            }
        }
    }

    private void compare(List<Float> one, List<Float> other) {
        for (int i = 0; i < one.size(); i++) {
            for (int j = i + 1; j < one.size(); j++) {
                int preference =
                        Agreement.preference(one.get(i), one.get(j)) * Agreement.preference(other.get(i), other.get(j));
                if (preference != 0) {
                    comparisons++;
                    flips += preference < 0 ? 1 : 0;
                }
            }
        }
    }

    /** Mean standardized score by slot, rounded to four decimals; empty without answers. */
    public List<Double> slotEffect() {
        return slots.stream()
                .map(slot -> Math.round(1e4 * slot[0] / slot[1]) / 1e4)
                .toList();
    }

    /** Share of preferences that another order turned round; 0 when no prompt was asked in two orders. */
    public double flipRate() {
        return comparisons == 0 ? 0 : (double) flips / comparisons;
    }
}
