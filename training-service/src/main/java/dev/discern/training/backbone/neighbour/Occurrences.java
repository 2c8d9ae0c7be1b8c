package dev.discern.training.backbone.neighbour;

import dev.discern.common.data.InteractionMatrix;
import java.util.Arrays;

/**
 * Where in the histories each item stands: those of item {@code i} are {@code position[start[i] .. start[i+1])}.
 *
 * @param start (items + 1)
 * @param position (interactions) in the histories' columns
 * @param user (interactions) whose history that is
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
record Occurrences(int[] start, int[] position, int[] user) {

    static Occurrences of(InteractionMatrix histories) {
        int[] start = new int[histories.items() + 1];
        for (int item : histories.columns()) {
            start[item + 1]++;
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] next = start.clone();
        int[] position = new int[histories.columns().length];
        int[] user = new int[position.length];
        for (int u = 0; u < histories.users(); u++) {
            for (int at = histories.rowStart()[u]; at < histories.rowStart()[u + 1]; at++) {
                int place = next[histories.columns()[at]]++;
                position[place] = at;
                user[place] = u;
            }
        }
        return new Occurrences(start, position, user);
    }
}
