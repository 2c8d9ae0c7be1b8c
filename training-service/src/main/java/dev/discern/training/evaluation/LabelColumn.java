package dev.discern.training.evaluation;

import java.util.Arrays;

/**
 * Heights for labels that stand in one column beside a chart: each as near to where it would like to be as the others let it. Least
 * squares of the displacements under a least distance of neighbours, which is isotonic regression of the wishes less the distance
 * that the order asks for; solved by pooling adjacent violators (Barlow et al. 1972).
 */
final class LabelColumn {

    private LabelColumn() {}

    /**
     * Places labels.
     *
     * @param wishes (labels), ascending
     * @param distance of neighbours, at least
     * @param top of the first label, at least
     * @param bottom of the last label, at most; there must be room for all
     * @return (labels) heights in the same order
     */
    static double[] place(double[] wishes, double distance, double top, double bottom) {
        int labels = wishes.length;
        double room = bottom - top - distance * (labels - 1);
        if (room < 0) {
            throw new IllegalArgumentException(
                    "%d labels of %s need more than %s".formatted(labels, distance, bottom - top));
        }
        // Of pools of labels that touch each other: how many, and the mean of what they wish for, less the distances.
        int[] size = new int[labels];
        double[] mean = new double[labels];
        int pools = 0;
        for (int label = 0; label < labels; label++) {
            size[pools] = 1;
            mean[pools] = wishes[label] - label * distance;
            pools++;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                int both = size[pools - 2] + size[pools - 1];
                mean[pools - 2] = (mean[pools - 2] * size[pools - 2] + mean[pools - 1] * size[pools - 1]) / both;
                size[pools - 2] = both;
                pools--;
            }
        }
        double[] heights = new double[labels];
        int label = 0;
        for (int pool = 0; pool < pools; pool++) {
            double height = Math.clamp(mean[pool], top, top + room);
            Arrays.fill(heights, label, label + size[pool], height);
            label += size[pool];
        }
        for (int at = 0; at < labels; at++) {
            heights[at] += at * distance;
        }
        return heights;
    }
}
