package dev.discern.serving.index;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.Kernels;
import org.junit.jupiter.api.Nested;

class ExactTopKIndexTests {

    @Nested
    class WithScalarKernels extends TopKIndexContract {

        @Override
        TopKIndex index(EmbeddingTable items, float[] bias) {
            return new ExactTopKIndex(Kernels.scalar(), items, bias);
        }
    }

    @Nested
    class WithTheBestKernels extends TopKIndexContract {

        @Override
        TopKIndex index(EmbeddingTable items, float[] bias) {
            return new ExactTopKIndex(Kernels.best(), items, bias);
        }
    }
}
