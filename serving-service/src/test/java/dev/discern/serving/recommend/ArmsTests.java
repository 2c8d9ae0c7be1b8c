package dev.discern.serving.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Alias;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmsTests {

    private static final int USERS = 20_000;

    @Test
    void theShareOfUsersIsTriedOnTheChallenger() {
        for (double share : new double[] {0, 0.05, 0.5, 1}) {
            assertThat(onChallenger(new Arms(share), "v2") / (double) USERS)
                    .isCloseTo(share, within(3 * Math.sqrt(0.25 / USERS)));
        }
    }

    @Test
    void aUserStaysOnASideAndALargerShareKeepsWhoIsOnIt() {
        Arms small = new Arms(0.1);
        Arms large = new Arms(0.3);
        assertThat(IntStream.range(0, USERS).mapToObj(n -> "user-" + n))
                .allMatch(user -> small.of(user, "v2") == new Arms(0.1).of(user, "v2"))
                .allMatch(user -> small.of(user, "v2") != Alias.CHALLENGER || large.of(user, "v2") == Alias.CHALLENGER);
    }

    @Test
    void anotherChallengerIsTriedOnOtherUsers() {
        Arms arms = new Arms(0.5);
        long same = IntStream.range(0, USERS)
                .mapToObj(n -> "user-" + n)
                .filter(user -> arms.of(user, "v2") == arms.of(user, "v3"))
                .count();
        assertThat(same / (double) USERS).isCloseTo(0.5, within(0.02));
    }

    @Test
    void aShareIsAShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Arms(1.1)).withMessageContaining("1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Arms(Double.NaN));
    }

    private static long onChallenger(Arms arms, String version) {
        return IntStream.range(0, USERS)
                .filter(n -> arms.of("user-" + n, version) == Alias.CHALLENGER)
                .count();
    }
}
