package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.vector.Kernels;
import dev.discern.serving.testing.TestModels;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExactTopKIndexTests {

    @Nested
    class WithScalarKernels extends ExactTopKIndexContract {

        @Override
        TopKIndex index(ScoredItems items) {
            return new ExactTopKIndex(Kernels.scalar(), items, ScanThreads.upTo(1));
        }
    }

    @Nested
    class WithTheBestKernels extends ExactTopKIndexContract {

        @Override
        TopKIndex index(ScoredItems items) {
            return new ExactTopKIndex(Kernels.best(), items, ScanThreads.upTo(1));
        }
    }

    @Test
    void refusesBiasesOfOtherItems() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoredItems.byDot(TestModels.table(10, 4, new Random(1)), new float[9]))
                .withMessage("9 biases do not belong to 10 items");
    }
}
