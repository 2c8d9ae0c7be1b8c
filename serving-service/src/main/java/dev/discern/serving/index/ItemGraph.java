package dev.discern.serving.index;

import dev.discern.common.vector.VectorKernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * A hierarchical navigable small-world graph (Malkov and Yashunin 2018) over items, Lucene's, on the items' own table: only the links are
 * held. Two items are as near as {@code (f_i q_i, b_i) · (f_j q_j, b_j)} is great, so that the bias is one more dimension.
 */
final class ItemGraph {

    private static final int LINKS = 16;
    private static final int BUILDING_WIDTH = 100;
    private static final long SEED = 1;

    private final VectorKernels kernels;
    private final ScoredItems items;
    private final OnHeapHnswGraph links;

    ItemGraph(VectorKernels kernels, ScoredItems items) {
        this.kernels = kernels;
        this.items = items;
        int size = items.table().rows();
        try {
            this.links = HnswGraphBuilder.create(new ItemScorers(), LINKS, BUILDING_WIDTH, SEED, size)
                    .build(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of memory: it does not happen
        }
    }

    /**
     * Items that are probably the best of the open ones.
     *
     * @param width how many; the more, the surer
     */
    int[] near(float[] query, int width, ItemMask mask) {
        int size = items.table().rows();
        Bits open = new Bits() {
            @Override
            public boolean get(int item) {
                return ((mask.word(item / Long.SIZE) >>> item) & 1) != 0 && mask.test(item);
            }

            @Override
            public int length() {
                return size;
            }
        };
        try {
            ScoreDoc[] found = HnswGraphSearcher.search(new QueryScorer(query), width, links, open, Integer.MAX_VALUE)
                    .topDocs()
                    .scoreDocs;
            int[] near = new int[found.length];
            for (int n = 0; n < near.length; n++) {
                near[n] = found[n].doc;
            }
            return near;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of memory: it does not happen
        }
    }

    private float product(float[] vectors, int from, int item) {
        int dim = items.table().dim();
        return kernels.dot(vectors, from, items.table().values(), item * dim, dim);
    }

    /** In the same order; the graph takes similarities to be positive. */
    private static float positive(float product) {
        return product < 0 ? 1 / (1 - product) : product + 1;
    }

    private final class QueryScorer implements RandomVectorScorer {

        private final float[] query;

        QueryScorer(float[] query) {
            this.query = query;
        }

        @Override
        public float score(int item) {
            return positive(items.score(item, product(query, 0, item)));
        }

        @Override
        public int maxOrd() {
            return items.table().rows();
        }
    }

    private final class ItemScorer implements UpdateableRandomVectorScorer {

        private int centre;

        @Override
        public void setScoringOrdinal(int item) {
            centre = item;
        }

        @Override
        public float score(int item) {
            float product =
                    product(items.table().values(), centre * items.table().dim(), item);
            return positive(
                    product * items.factor(centre) * items.factor(item) + items.bias(centre) * items.bias(item));
        }

        @Override
        public int maxOrd() {
            return items.table().rows();
        }
    }

    private final class ItemScorers implements RandomVectorScorerSupplier {

        @Override
        public UpdateableRandomVectorScorer scorer() {
            return new ItemScorer();
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}
