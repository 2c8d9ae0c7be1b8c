package dev.discern.training.backbone.neighbour;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.Scorer;
import java.util.Arrays;

/**
 * Sums what the items of a history are near to: {@code s(u, j) = Σ_k r(k) · w(h(k), j)}, h(1) the newest item of the user.
 *
 * @param histories oldest first
 * @param recency (most items that count) r(1), r(2), …; older items do not count
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
record NeighbourScorer(Neighbours neighbours, InteractionMatrix histories, float[] recency) implements Scorer {

    NeighbourScorer {
        if (neighbours.item().length != histories.items()) {
            throw new IllegalArgumentException("neighbours of %d items do not fit histories of %d"
                    .formatted(neighbours.item().length, histories.items()));
        }
    }

    @Override
    public int itemCount() {
        return histories.items();
    }

    @Override
    public void scores(int[] users, int from, int to, float[] into) {
        int items = itemCount();
        Arrays.fill(into, 0, (to - from) * items, 0);
        for (int n = from; n < to; n++) {
            int end = histories.rowStart()[users[n] + 1];
            int start = Math.max(histories.rowStart()[users[n]], end - recency.length);
            for (int at = start; at < end; at++) {
                add(histories.columns()[at], recency[end - at - 1], into, (n - from) * items);
            }
        }
    }

    private void add(int item, float scale, float[] into, int row) {
        int[] near = neighbours.item()[item];
        float[] weight = neighbours.weight()[item];
        for (int k = 0; k < near.length; k++) {
            into[row + near[k]] += scale * weight[k];
        }
    }
}
