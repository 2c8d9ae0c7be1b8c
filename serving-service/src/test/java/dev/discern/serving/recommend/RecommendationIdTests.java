package dev.discern.serving.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecommendationIdTests {

    @Test
    void tellsTheAliasAndTheVersionAndIsAUuid() {
        for (Alias alias : Alias.values()) {
            for (int n = 0; n < 1_000; n++) {
                UUID id = RecommendationId.next(alias, "v1");
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
            ids.add(RecommendationId.next(Alias.CHAMPION, "v1"));
        }
        assertThat(ids).hasSize(100_000);
    }

    @Test
    void aNameOfSomebodyElseTellsNothing() {
        assertThat(RecommendationId.alias(UUID.randomUUID())).isEmpty();
        assertThat(RecommendationId.isOf(UUID.randomUUID(), "v1")).isFalse();
    }
}
