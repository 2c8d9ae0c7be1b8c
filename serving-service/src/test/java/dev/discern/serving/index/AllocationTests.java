package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.testing.TestModels;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Once compiled, a search allocates its answer and a few hundred candidates for it, however many items it looks at. */
class AllocationTests {

    private static final int ITEMS = 30_000;
    private static final int DIM = 32;
    private static final int K = 10;
    private static final long MOST_BYTES = 2 * K * (Integer.BYTES + Float.BYTES) + 4L * DIM + 3000;
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private final ScoredItems items;
    private final float[] query;

    AllocationTests() {
        Random random = new Random(2);
        EmbeddingTable table = TestModels.table(ITEMS, DIM, random);
        items = ScoredItems.byDot(table, TestModels.table(ITEMS, 1, random).values());
        query = TestModels.table(1, DIM, random).values();
    }

    @Test
    void ofTheFloats() {
        requireLittle(new ExactTopKIndex(Kernels.best(), items, ScanThreads.upTo(1)));
    }

    @Test
    void ofTheCodes() {
        requireLittle(new QuantizedTopKIndex(Kernels.best(), items, ScanThreads.upTo(1)));
    }

    private void requireLittle(TopKIndex index) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + PATIENCE_NANOS; // until then the vectors of what is interpreted are objects
        long least = Long.MAX_VALUE;
        while (least > MOST_BYTES && System.nanoTime() < end) {
            long before = threads.getCurrentThreadAllocatedBytes();
            TopK answer = index.search(query, K, ItemMask.ALL);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(answer.size()).isEqualTo(K);
        }
        assertThat(least).isLessThanOrEqualTo(MOST_BYTES);
    }
}
