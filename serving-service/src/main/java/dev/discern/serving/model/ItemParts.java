package dev.discern.serving.model;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.VectorKernels;
import dev.discern.serving.index.CatalogIndexes;
import dev.discern.serving.index.ScanThreads;
import org.springframework.util.function.SingletonSupplier;

/**
 * The two parts of items' vectors, what was learned before what the texts alone tell. Searching a part needs a table of its own, which is made
 * when a part is first asked for: who never asks pays nothing, and whoever asks first waits for it.
 */
final class ItemParts {

    private final EmbeddingTable whole;
    private final VectorKernels kernels;
    private final ScanThreads threads;
    private final SingletonSupplier<ItemSpace> behaviour;
    private final SingletonSupplier<ItemSpace> text;

    /**
     * The parts of these vectors.
     *
     * @param learned how many dimensions, the first ones; the others are the texts'
     */
    ItemParts(EmbeddingTable whole, int learned, VectorKernels kernels, ScanThreads threads) {
        this.whole = whole;
        this.kernels = kernels;
        this.threads = threads;
        this.behaviour = SingletonSupplier.of(() -> space(0, learned));
        this.text = SingletonSupplier.of(() -> space(learned, whole.dim() - learned));
    }

    ItemSpace behaviour() {
        return behaviour.obtain();
    }

    ItemSpace text() {
        return text.obtain();
    }

    private ItemSpace space(int from, int length) {
        EmbeddingTable part = ItemSpace.part(whole, from, length);
        return new ItemSpace(part, CatalogIndexes.byCosine(kernels, part, threads));
    }
}
