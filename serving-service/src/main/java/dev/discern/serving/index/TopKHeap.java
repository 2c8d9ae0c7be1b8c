package dev.discern.serving.index;

/**
 * Keeps the best k of a stream of scored items: a binary heap with the worst kept item on top. Of two items with equal scores
 * the one with the lower index is better, so that an answer never depends on the order of the search.
 */
final class TopKHeap {

    private final int[] items;
    private final float[] scores;
    private int size;

    TopKHeap(int k) {
        this.items = new int[k];
        this.scores = new float[k];
    }

    /** Whether an item of this score would be kept. */
    boolean wouldKeep(int item, float score) {
        return size < items.length || worse(items[0], scores[0], item, score);
    }

    /** How many it keeps. */
    int capacity() {
        return items.length;
    }

    /** What a score must exceed to be kept, if its item comes after those seen; minus infinity while there is room. */
    float worst() {
        return size < items.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** Keeps the best of both. */
    void addAll(TopKHeap other) {
        for (int n = 0; n < other.size; n++) {
            if (wouldKeep(other.items[n], other.scores[n])) {
                add(other.items[n], other.scores[n]);
            }
        }
    }

    /** Keeps an item for which {@link #wouldKeep} is true. A score that is no number, from sums that overflow, ranks last. */
    void add(int item, float score) {
        float comparable = Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
        if (size < items.length) {
            siftUp(size++, item, comparable);
        } else {
            siftDown(item, comparable);
        }
    }

    /** What was kept, best first; the heap is empty afterwards. */
    TopK drain() {
        int[] bestItems = new int[size];
        float[] bestScores = new float[size];
        for (int place = size - 1; place >= 0; place--) {
            bestItems[place] = items[0];
            bestScores[place] = scores[0];
            size--;
            siftDown(items[size], scores[size]);
        }
        return new TopK(bestItems, bestScores);
    }

    private void siftUp(int from, int item, float score) {
        int node = from;
        while (node > 0) {
            int parent = (node - 1) >>> 1;
            if (!worse(item, score, items[parent], scores[parent])) {
                break;
            }
            items[node] = items[parent];
            scores[node] = scores[parent];
            node = parent;
        }
        items[node] = item;
        scores[node] = score;
    }

    /** Puts an item in the place of the top. */
    private void siftDown(int item, float score) {
        int node = 0;
        for (int child = 1; child < size; child = 2 * node + 1) {
            if (child + 1 < size && worse(items[child + 1], scores[child + 1], items[child], scores[child])) {
                child++;
            }
            if (!worse(items[child], scores[child], item, score)) {
                break;
            }
            items[node] = items[child];
            scores[node] = scores[child];
            node = child;
        }
        items[node] = item;
        scores[node] = score;
    }

    private static boolean worse(int item, float score, int otherItem, float otherScore) {
        return score < otherScore || (score == otherScore && item > otherItem);
    }
}
