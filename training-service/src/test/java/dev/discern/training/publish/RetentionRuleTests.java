package dev.discern.training.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionRuleTests {

    private static final Instant NOW = Instant.parse("2030-05-01T00:00:00Z");

    /** v9, the newest, to v0. */
    private static final List<ModelVersion> TEN = IntStream.iterate(9, n -> n >= 0, n -> n - 1)
            .mapToObj(n -> version("v" + n, "off", null))
            .toList();

    @Test
    void keepsTheNewestOfEachKind() {
        List<ModelVersion> versions = List.of(
                version("a3", "off", null),
                version("b2", "gated", null),
                version("a2", "off", null),
                version("a1", "off", NOW),
                version("a0", "off", null),
                version("b1", "gated", null));

        RetentionRule.Decision decision = new RetentionRule(2, 0).decide(versions, Map.of(), Map.of(), NOW);

        assertThat(decision.kept()).containsOnlyKeys("a3", "b2", "a2", "b1");
        assertThat(decision.retired()).containsExactly("a0");
        assertThat(decision.kept().get("a2")).isEqualTo("among the newest 2 of bpr-mf off");
    }

    @Test
    void neverTakesWhatAnAliasPointsToNorWhatARollbackReturnsTo() {
        Map<Alias, List<AliasChange>> log = Map.of(
                Alias.CHAMPION, List.of(change("v3", 900, true), change("v2", 1000, false), change("v1", 2000, false)),
                Alias.SHADOW, List.of(change("v0", 3000, false)));

        RetentionRule.Decision decision =
                new RetentionRule(1, 30).decide(TEN, log, Map.of(Alias.CHAMPION, "v2", Alias.SHADOW, "v0"), NOW);

        assertThat(decision.kept())
                .containsEntry("v9", "among the newest 1 of bpr-mf off")
                .containsEntry("v3", "champion within the last 30 days") // rolled back, nobody knows when
                .containsEntry("v2", "champion")
                .containsEntry("v1", "a rollback of the champion")
                .containsEntry("v0", "shadow")
                .hasSize(5);
    }

    @Test
    void keepsWhatAnAliasPointedToLatelyHoweverLongItBegan() {
        Map<Alias, List<AliasChange>> log = Map.of(
                Alias.CHAMPION,
                List.of(
                        change("v6", 1, false),
                        change("v5", 2, false),
                        change("v4", 29, false),
                        change("v3", 31, false),
                        change("v2", 400, false)));

        Map<String, String> kept = new RetentionRule(1, 30)
                .decide(TEN, log, Map.of(Alias.CHAMPION, "v6"), NOW)
                .kept();

        assertThat(kept).containsOnlyKeys("v9", "v6", "v5", "v4", "v3"); // v3 was replaced 29 days ago, v2 31
    }

    private static AliasChange change(String version, int daysAgo, boolean rolledBack) {
        return new AliasChange(
                "", version, NOW.minus(Duration.ofDays(daysAgo)), rolledBack, "somebody", false, null, null);
    }

    private static ModelVersion version(String version, String regularizer, Instant retiredAt) {
        return new ModelVersion(
                version, "bpr-mf", regularizer, 1, "", null, null, "{}", "{}", NOW, "", "", null, null, retiredAt);
    }
}
