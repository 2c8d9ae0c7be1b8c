package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * An index that looks at every item, so that its answers are exact. Several threads may share the items of one query; answers are the
 * same to the bit, as they are for queries that are searched together.
 */
abstract class ScanningIndex implements TopKIndex {

    /** Bytes of items that queries searched together look at before the next ones: they stay in the second-level cache. */
    private static final int TILE_BYTES = 512 << 10;

    final VectorKernels kernels;
    final ScoredItems items;
    final ScanThreads threads;
    private final long bytes;
    private final int tileGroups;

    /**
     * Over these items.
     *
     * @param bytesPerValue what a scan reads for each value of the table
     */
    ScanningIndex(VectorKernels kernels, ScoredItems items, int bytesPerValue, ScanThreads threads) {
        this.kernels = kernels;
        this.items = items;
        this.bytes = (long) items.table().values().length * bytesPerValue;
        this.threads = threads;
        this.tileGroups = Math.max(1, TILE_BYTES / (CodeGroups.ROWS * dim() * bytesPerValue));
    }

    /** The way of a query of the right length. */
    abstract Scan scan(float[] query, int k, ItemMask allowed);

    @Override
    public final int size() {
        return items.table().rows();
    }

    @Override
    public final int dim() {
        return items.table().dim();
    }

    @Override
    public final TopK search(float[] query, int k, ItemMask allowed) {
        requireShape(query, k);
        int groups = CodeGroups.count(size());
        int parts = threads.reading(bytes);
        if (parts == 1) {
            Scan scan = scan(query, k, allowed);
            scan.scan(0, groups);
            return scan.best().drain();
        }
        TopKHeap best = new TopKHeap(Math.min(k, size()));
        kernels.on(parts).forRows(groups, (from, to) -> {
            Scan scan = scan(query, k, allowed);
            scan.scan(from, to);
            synchronized (best) {
                best.addAll(scan.best());
            }
        });
        return best.drain();
    }

    @Override
    public final List<TopK> search(List<float[]> queries, int k, List<? extends ItemMask> allowed) {
        if (queries.size() != allowed.size()) {
            throw new IllegalArgumentException(
                    "expected a mask for each of %d queries, got %d".formatted(queries.size(), allowed.size()));
        }
        queries.forEach(query -> requireShape(query, k));
        TopK[] answers = new TopK[queries.size()];
        kernels.on(threads.reading(answers.length * bytes)).forRows(answers.length, (from, to) -> {
            List<Scan> scans = new ArrayList<>(to - from);
            for (int n = from; n < to; n++) {
                scans.add(scan(queries.get(n), k, allowed.get(n)));
            }
            int groups = CodeGroups.count(size());
            for (int tile = 0; tile < groups; tile += tileGroups) {
                int end = Math.min(tile + tileGroups, groups);
                for (Scan scan : scans) {
                    scan.scan(tile, end);
                }
            }
            for (int n = from; n < to; n++) {
                answers[n] = scans.get(n - from).best().drain();
            }
        });
        return List.of(answers);
    }

    private void requireShape(float[] query, int k) {
        if (query.length != dim()) {
            throw new IllegalArgumentException(
                    "expected a query of %d dimensions, got %d".formatted(dim(), query.length));
        }
        if (k < 1) {
            throw new IllegalArgumentException("expected k of at least 1, got " + k);
        }
    }
}
