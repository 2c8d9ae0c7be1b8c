package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at few items of very many, by their graph: an answer may miss some of the best, but each of its scores is exact, and k items come
 * back whenever k are allowed. Where few items are open, or many are asked for, the exact index answers.
 */
public final class GraphTopKIndex implements TopKIndex {

    /** Candidates that a search keeps. */
    private static final int WIDTH = 400;

    /** With a smaller share open, a search in the graph would see almost only items that are not. */
    private static final double OPEN_SHARE = 0.05;

    private final VectorKernels kernels;
    private final ScoredItems items;
    private final TopKIndex exact;
    private final ItemGraph graph;

    /**
     * An index over these items; it makes their graph, which takes about 0.3 ms an item.
     *
     * @param exact an index over the same
     */
    public GraphTopKIndex(VectorKernels kernels, ScoredItems items, TopKIndex exact) {
        this.kernels = kernels;
        this.items = items;
        this.exact = exact;
        this.graph = new ItemGraph(kernels, items);
    }

    @Override
    public String name() {
        return "hnsw";
    }

    @Override
    public int size() {
        return exact.size();
    }

    @Override
    public int dim() {
        return exact.dim();
    }

    @Override
    public TopK search(float[] query, int k, ItemMask allowed) {
        if (query.length != dim() || k < 1 || k > WIDTH / 2 || open(allowed) < Math.max(WIDTH, OPEN_SHARE * size())) {
            return exact.search(query, k, allowed);
        }
        TopKHeap best = new TopKHeap(k);
        float[] product = new float[1];
        int[] near = graph.near(query, WIDTH, allowed);
        for (int item : near) {
            kernels.scores(query, 0, items.table().values(), item, 1, dim(), product, 0);
            float score = items.score(item, product[0]);
            if (best.wouldKeep(item, score)) {
                best.add(item, score);
            }
        }
        return near.length < k ? exact.search(query, k, allowed) : best.drain();
    }

    @Override
    public List<TopK> search(List<float[]> queries, int k, List<? extends ItemMask> allowed) {
        if (queries.size() != allowed.size()) {
            return exact.search(queries, k, allowed); // which refuses them
        }
        List<TopK> answers = new ArrayList<>(queries.size());
        for (int n = 0; n < queries.size(); n++) {
            answers.add(search(queries.get(n), k, allowed.get(n)));
        }
        return answers;
    }

    /** How many items are open, or a few more. */
    private long open(ItemMask mask) {
        long open = 0;
        for (int group = 0; group < CodeGroups.count(size()); group++) {
            open += Long.bitCount(mask.word(group));
        }
        return open;
    }

    /** The exact index over the same items. */
    TopKIndex exact() {
        return exact;
    }
}
