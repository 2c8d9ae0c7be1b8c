package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;
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

    /** The way of a search whose query has the right length. */
    abstract Scan scan(Search search);

    @Override
    public final int size() {
        return items.table().rows();
    }

    @Override
    public final int dim() {
        return items.table().dim();
    }

    @Override
    public final TopK search(Search search) {
        search.requireShape(dim());
        int groups = CodeGroups.count(size());
        int parts = threads.reading(bytes);
        if (parts == 1) {
            Scan scan = scan(search);
            scan.scan(0, groups);
            return scan.best().drain();
        }
        TopKHeap best = new TopKHeap(Math.min(search.k(), size()));
        kernels.on(parts).forRows(groups, (from, to) -> {
            Scan scan = scan(search);
            scan.scan(from, to);
            synchronized (best) {
                best.addAll(scan.best());
            }
        });
        return best.drain();
    }

    @Override
    public final List<TopK> search(List<Search> searches) {
        searches.forEach(search -> search.requireShape(dim()));
        TopK[] answers = new TopK[searches.size()];
        kernels.on(threads.reading(answers.length * bytes)).forRows(answers.length, (from, to) -> {
            List<Scan> scans =
                    searches.subList(from, to).stream().map(this::scan).toList();
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
}
