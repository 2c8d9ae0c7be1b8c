package dev.discern.serving.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.artifact.Alias;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecommendationIdTests {

    @Test
    void tellsTheAliasAndTheVersionAndIsAUuid() {
        for (Alias alias : Alias.values()) {
            for (int n = 0; n < 1_000; n++) {
                UUID id = RecommendationId.next(new Arm(alias, "v1", false));
                assertThat(id.version()).isEqualTo(8);
                assertThat(id.variant()).isEqualTo(2);
                assertThat(RecommendationId.alias(id)).contains(alias);
                assertThat(RecommendationId.isOf(id, "v1")).isTrue();
                assertThat(RecommendationId.isOf(id, "v2")).isFalse();
                assertThat(UUID.fromString(id.toString())).isEqualTo(id);
            }
        }
    }

    @Test
    void noTwoAreTheSame() {
        Set<UUID> ids = new HashSet<>();
        for (int n = 0; n < 100_000; n++) {
            ids.add(RecommendationId.next(new Arm(Alias.CHAMPION, "v1", false)));
        }
        assertThat(ids).hasSize(100_000);
    }

    /** As the database orders them: by their bytes. */
    @Test
    void namesOfAnArmLieBetweenItsFirstAndLastAndThoseOfOthersDoNot() {
        List<Arm> arms = List.of(
                new Arm(Alias.CHAMPION, "v1", false),
                new Arm(Alias.CHAMPION, "v1", true),
                new Arm(Alias.CHALLENGER, "v1", true),
                new Arm(Alias.CHAMPION, "v2", true),
                new Arm(Alias.SHADOW, "v1", false));
        for (Arm arm : arms) {
            for (Arm other : arms) {
                for (int n = 0; n < 200; n++) {
                    UUID id = RecommendationId.next(other);
                    assertThat(id.toString()
                                                    .compareTo(RecommendationId.first(arm)
                                                            .toString())
                                            >= 0
                                    && id.toString()
                                                    .compareTo(RecommendationId.last(arm)
                                                            .toString())
                                            <= 0)
                            .as("%s among those of %s", other, arm)
                            .isEqualTo(arm.equals(other));
                }
            }
        }
        assertThat(RecommendationId.alias(RecommendationId.next(new Arm(Alias.CHALLENGER, "v1", true))))
                .contains(Alias.CHALLENGER);
        assertThatIllegalArgumentException().isThrownBy(() -> new Arm(Alias.SHADOW, "v1", true));
    }

    @Test
    void aNameOfSomebodyElseTellsNothing() {
        assertThat(RecommendationId.alias(UUID.randomUUID())).isEmpty();
        assertThat(RecommendationId.isOf(UUID.randomUUID(), "v1")).isFalse();
    }
}
