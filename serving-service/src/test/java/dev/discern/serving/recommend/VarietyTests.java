package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.ServingModels;
import dev.discern.serving.testing.TestModels;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Zoe = (1, 1) has nothing, and would get a 4, b 3, c 3, d 3, e 1.5; see {@link PlantedModel}. */
class VarietyTests {

    private final Recommender recommender = new Recommender(PlantedModel.make(), new LiveData());

    @Test
    void diversityTakesTheNextBestThatIsUnlikeTheFirst() {
        assertThat(ids(user("zoe").with(new Variety(0, null, 0)))).containsExactly("a", "b", "c");
        assertThat(ids(user("zoe").with(new Variety(0.5, null, 0)))).startsWith("a", "d");
        assertThat(ids(user("zoe").with(new Variety(1, null, 0)))).startsWith("a", "d");
    }

    @Test
    void aCapHoldsForEveryCategory() {
        assertThat(ids(user("zoe").with(new Variety(0, 1, 0)))).containsExactly("a", "d");
        assertThat(ids(user("zoe").k(5).with(new Variety(0, 2, 0)))).containsExactly("a", "b", "d", "e");
        assertThat(recommender
                        .recommend(user("zoe").with(new Variety(0, 1, 0)).query())
                        .warnings())
                .containsExactly("only 2 items fit, 3 were asked for");
        assertThat(ids(user("stranger").with(new Variety(0, 1, 0))))
                .as("of what is popular, too")
                .containsExactly("b", "d");
    }

    /** The best 997 are of one category. */
    @Test
    void whereACapLeavesTooFewTheListGetsLonger() {
        List<Item> catalog = IntStream.range(0, 1_000)
                .mapToObj(n -> new Item(
                        "item-%03d".formatted(n), "", List.of(n < 997 ? "many" : "few-" + n), "", Map.of(), true))
                .toList();
        float[] items = new float[1_000];
        for (int n = 0; n < items.length; n++) {
            items[n] = 1_000 - n;
        }
        Recommender one = new Recommender(
                ServingModels.of(TestModels.artifact(
                        "v",
                        IdIndex.of(List.of("zoe")),
                        catalog,
                        new EmbeddingTable(1, 1, new float[] {1}),
                        new EmbeddingTable(1_000, 1, items),
                        new float[1_000],
                        new InteractionMatrix(1_000, new int[] {0, 0}, new int[0]))),
                new LiveData());

        for (String user : List.of("zoe", "stranger")) {
            assertThat(one.recommend(user(user).k(4).with(new Variety(0, 1, 0)).query())
                            .items())
                    .extracting(RecommendedItem::itemId)
                    .containsExactly("item-000", "item-997", "item-998", "item-999");
        }
    }

    @Test
    void theLongTailGetsItsShareAndKeepsItsPlaceByScore() {
        // All but b, which two users have: of those that one has the fifth with the fewest users cannot leave one out.
        assertThat(ids(user("zoe").with(new Variety(0, null, 0.5))))
                .as("two of three are")
                .containsExactly("a", "b", "c");
        assertThat(ids(user("zoe").with(new Variety(0, null, 1)))).containsExactly("a", "c", "d");
        assertThat(ids(user("stranger").k(1).with(new Variety(0, null, 1)))).containsExactly("a");
        assertThat(ids(user("zoe").k(2).only("b", "e").with(new Variety(0, null, 1))))
                .as("as far as there are some")
                .containsExactlyInAnyOrder("b", "e");
    }

    @Test
    void aBoostMovesACategoryOrAnItem() {
        assertThat(ids(user("zoe").boosted(new Boost("first", null, 10)))).startsWith("a", "e");
        assertThat(ids(user("zoe").boosted(new Boost("east", null, -10)))).containsExactly("d", "e", "a");
        assertThat(ids(user("zoe").boosted(new Boost(null, "e", 10)))).first().isEqualTo("e");
        assertThat(ids(user("zoe").boosted(new Boost(null, "unknown", 10), new Boost("nowhere", null, 3))))
                .containsExactly("a", "b", "c");
        assertThat(ids(user("zoe").boosted(new Boost(null, "f", 10))))
                .as("not available")
                .doesNotContain("f");
    }

    @Test
    void whatTheLongTailBringsIsBoostedAsTheRest() {
        Queries boosted = user("zoe").boosted(new Boost("first", null, 1), new Boost(null, "d", -1));
        List<RecommendedItem> withoutShare = items(boosted.k(5));

        assertThat(withoutShare).extracting(RecommendedItem::itemId).containsExactly("a", "b", "c", "e", "d");
        assertThat(items(boosted.with(new Variety(0, null, 1))))
                .extracting(RecommendedItem::itemId, RecommendedItem::score)
                .containsExactly(Stream.of(0, 2, 3)
                        .map(withoutShare::get)
                        .map(item -> tuple(item.itemId(), item.score()))
                        .toArray(Tuple[]::new));
    }

    @Test
    void aWishOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Variety(1.5, null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Variety(0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Variety(0, null, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Boost("a", "b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Boost(null, null, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Boost("a", null, 11));
    }

    private List<RecommendedItem> items(Queries queries) {
        return recommender.recommend(queries.query()).items();
    }

    private List<String> ids(Queries queries) {
        return items(queries).stream().map(RecommendedItem::itemId).toList();
    }
}
