package dev.discern.serving.model;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.VectorKernels;
import dev.discern.serving.index.CatalogIndexes;
import dev.discern.serving.index.ScanThreads;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of items' vectors, what was learned before what the texts alone tell. Searching a part needs a table of its own, which is made
 * when a part is first asked for: who never asks pays nothing, and whoever asks first waits for it.
 */
final class ItemParts {

    private final EmbeddingTable whole;
    private final int learned; // dimensions; the others are the texts'
    private final VectorKernels kernels;
    private final ScanThreads threads;
    private volatile @Nullable ItemSpace behaviour;
    private volatile @Nullable ItemSpace text;

    ItemParts(EmbeddingTable whole, int learned, VectorKernels kernels, ScanThreads threads) {
        this.whole = whole;
        this.learned = learned;
        this.kernels = kernels;
        this.threads = threads;
    }

    ItemSpace behaviour() {
        ItemSpace made = behaviour;
        if (made == null) {
            synchronized (this) {
                made = behaviour;
                if (made == null) {
                    made = space(0, learned);
                    behaviour = made;
                }
            }
        }
        return made;
    }

    ItemSpace text() {
        ItemSpace made = text;
        if (made == null) {
            synchronized (this) {
                made = text;
                if (made == null) {
                    made = space(learned, whole.dim() - learned);
                    text = made;
                }
            }
        }
        return made;
    }

    private ItemSpace space(int from, int length) {
        EmbeddingTable part = ItemSpace.part(whole, from, length);
        return new ItemSpace(part, CatalogIndexes.byCosine(kernels, part, threads));
    }
}
