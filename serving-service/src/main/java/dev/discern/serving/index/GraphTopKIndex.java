package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;
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
    public TopK search(Search search) {
        search.requireShape(dim());
        int k = search.k();
        if (k > WIDTH / 2 || open(search.allowed()) < Math.max(WIDTH, OPEN_SHARE * size())) {
            return exact.search(search);
        }
        TopKHeap best = new TopKHeap(k);
        ExactScores scores = new ExactScores(kernels, items, search.query());
        int[] near = graph.near(search.query(), WIDTH, search.allowed());
        for (int item : near) {
            float score = scores.of(item);
            if (best.wouldKeep(item, score)) {
                best.add(item, score);
            }
        }
        return near.length < k ? exact.search(search) : best.drain();
    }

    @Override
    public List<TopK> search(List<Search> searches) {
        searches.forEach(search -> search.requireShape(dim()));
        return searches.stream().map(this::search).toList();
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
