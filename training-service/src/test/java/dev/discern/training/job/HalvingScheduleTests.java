package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.training.job.HalvingSchedule.Rung;
import dev.discern.training.trainer.InvalidParameterException;
import org.junit.jupiter.api.Test;

class HalvingScheduleTests {

    @Test
    void halvesTrialsAndDoublesEpochs() {
        assertThat(HalvingSchedule.of(16, 200, 2, 4))
                .containsExactly(new Rung(1, 16, 25), new Rung(2, 8, 50), new Rung(3, 4, 100), new Rung(4, 2, 200));
    }

    @Test
    void roundsDownAndEndsWithTheFullBudget() {
        assertThat(HalvingSchedule.of(10, 20, 3, 3))
                .containsExactly(new Rung(1, 10, 2), new Rung(2, 3, 6), new Rung(3, 1, 20));
        assertThat(HalvingSchedule.of(5, 7, 2, 1)).containsExactly(new Rung(1, 5, 7));
    }

    @Test
    void hasAsManyRungsAsTrialsAndEpochsLastFor() {
        assertThat(HalvingSchedule.rungs(16, 200, 2)).isEqualTo(4);
        assertThat(HalvingSchedule.rungs(16, 200, 3)).isEqualTo(3);
        assertThat(HalvingSchedule.rungs(16, 4, 2)).isEqualTo(3);
        assertThat(HalvingSchedule.rungs(3, 200, 2)).isEqualTo(2);
        assertThat(HalvingSchedule.rungs(1, 200, 2)).isEqualTo(1);
        assertThatThrownBy(() -> HalvingSchedule.of(16, 4, 2, 4))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("rungs must be in [1, 3], not 4");
        assertThatThrownBy(() -> HalvingSchedule.of(256, 1000, 2, 7)).hasMessage("rungs must be in [1, 6], not 7");
    }
}
