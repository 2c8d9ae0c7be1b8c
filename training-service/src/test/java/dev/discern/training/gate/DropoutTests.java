package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTests extends UncertaintyContract {

    @Override
    Uncertainty of(DotProductModel model, DotProductModel other, Seeds seeds) {
        return Uncertainty.of(UncertaintyKind.DROPOUT, model, null, data, seeds);
    }

    /** The same score from one entry of a vector and from many. */
    @Test
    void aScoreThatHangsOnOneEntryIsLessCertain() {
        int dim = 64;
        DotProductModel model = new DotProductModel(
                dim, new float[data.users() * dim], new float[data.items() * dim], new float[data.items()]);
        Arrays.fill(model.users(), 1);
        for (int item = 0; item < data.items(); item++) {
            if (item % 2 == 0) {
                model.items()[item * dim + item / 2] = item;
            } else {
                Arrays.fill(model.items(), item * dim, (item + 1) * dim, (float) item / dim);
            }
        }
        Uncertainty uncertainty = of(model, model, new Seeds(3));

        float onOne = 0;
        float onMany = 0;
        for (int user = 0; user < data.users(); user++) {
            onOne += uncertainty.of(user, 58);
            onMany += uncertainty.of(user, 59);
        }
        assertThat(onOne).isGreaterThan(2 * onMany);
    }

    @Test
    void anotherSeedLeavesOutOtherEntries() {
        DotProductModel model = model(1);

        assertThat(of(model, model, new Seeds(1)).of(5, 5))
                .isNotEqualTo(of(model, model, new Seeds(2)).of(5, 5));
    }
}
