package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.session;
import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.Aspect;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecommenderTests {

    private final Recommender recommender = new Recommender(PlantedModel.make(), new LiveData());
    private final Recommender history = new Recommender(PlantedModel.history(), new LiveData());

    @Test
    void aKnownUserGetsWhatTheirVectorRanksFirst() {
        Answer answer = recommender.recommend(user("zoe").query());

        assertThat(answer.modelVersion()).isEqualTo("planted");
        assertThat(answer.strategy()).isEqualTo(Strategy.PERSONALIZED);
        assertThat(answer.items())
                .containsExactly(
                        new RecommendedItem("a", 1, 4, "Title a", null, null, null),
                        new RecommendedItem(
                                "b", 2, 3, null, null, null, null), // a tie of three goes by index; it has no title
                        new RecommendedItem("c", 3, 3, "Title c", null, null, null));
        assertThat(answer.warnings()).isEmpty();
    }

    @Test
    void theBiasCounts() {
        assertThat(recommender.recommend(user("bob").withSeen().query()).items())
                .extracting(RecommendedItem::itemId, RecommendedItem::score)
                .containsExactly(tuple("d", 3.0), tuple("e", 1.5), tuple("c", 1.0));
    }

    @Test
    void whatAUserHasDoesNotComeBackUnlessAskedFor() {
        assertThat(ids(user("ann"))).containsExactly("c", "e", "d");
        assertThat(ids(user("ann").withSeen())).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsNotAvailableNeverComes() {
        assertThat(ids(user("zoe").k(10).withSeen())).hasSize(5).doesNotContain("f");
        assertThat(ids(user("stranger").k(10))).hasSize(5).doesNotContain("f");
        assertThat(ids(session("f").k(10).withSeen())).hasSize(5).doesNotContain("f");
    }

    @Test
    void aShortListCarriesAWarning() {
        Answer answer = recommender.recommend(user("ann").k(10).query());
        assertThat(answer.items()).hasSize(3);
        assertThat(answer.warnings()).containsExactly("only 3 items fit, 10 were asked for");
    }

    @Test
    void aStrangerGetsAVariedChoiceOfWhatMostUsersHave() {
        Answer answer = recommender.recommend(user("stranger").k(4).query());
        assertThat(answer.strategy()).isEqualTo(Strategy.POPULAR);
        assertThat(answer.items())
                .containsExactly(
                        new RecommendedItem("b", 1, 2, null, null, null, null),
                        new RecommendedItem("d", 2, 1, "Title d", null, null, null), // a is as popular, but as b is
                        new RecommendedItem("a", 3, 1, "Title a", null, null, null),
                        new RecommendedItem("e", 4, 1, "Title e", null, null, null));
        assertThat(answer.warnings()).isEmpty();
        assertThat(ids(user("stranger").k(4).with(Variety.NONE)))
                .as("unless the caller wishes it plain")
                .containsExactly("b", "a", "d", "e");
    }

    @Test
    void aSessionIsFoldedIn() {
        Answer north = recommender.recommend(session("d").query());
        assertThat(north.strategy()).isEqualTo(Strategy.FOLD_IN);
        assertThat(north.items())
                .extracting(RecommendedItem::itemId)
                .startsWith("e")
                .doesNotContain("d");
        assertThat(north.warnings()).isEmpty();
        assertThat(ids(session("a"))).startsWith("b");
        assertThat(ids(session("a").withSeen())).startsWith("a", "b");
    }

    @Test
    void unknownItemsOfASessionArePassedOverAndCounted() {
        Answer answer = recommender.recommend(session("x", "d", "d", "x", "y").query());
        assertThat(answer.strategy()).isEqualTo(Strategy.FOLD_IN);
        assertThat(answer.warnings()).containsExactly("3 of the session's 5 items are unknown");
        assertThat(answer.items())
                .isEqualTo(recommender.recommend(session("d").query()).items());
    }

    @Test
    void aSessionOfWhichNothingIsKnownIsAStrangers() {
        Answer answer = recommender.recommend(session("x", "y").query());
        assertThat(answer.strategy()).isEqualTo(Strategy.POPULAR);
        assertThat(answer.warnings()).containsExactly("2 of the session's 2 items are unknown");
        assertThat(recommender.recommend(session().query()).strategy()).isEqualTo(Strategy.POPULAR);
    }

    @Test
    void filtersHoldForEveryStrategy() {
        assertThat(ids(user("ann").without("c", "x"))).containsExactly("e", "d");
        assertThat(ids(session("a").without("b", "c"))).containsExactlyInAnyOrder("d", "e");
        assertThat(ids(user("stranger").without("b"))).containsExactly("a", "d", "e");
        assertThat(ids(user("stranger").categories(CategoryMode.ALL, "first", "north")))
                .containsExactly("e");
        assertThat(ids(user("zoe").categories(CategoryMode.ANY, "north"))).containsExactly("c", "d", "e");
    }

    @Test
    void aCategoryThatNoItemHasIsTold() {
        Answer answer = recommender.recommend(
                user("zoe").categories(CategoryMode.ANY, "south", "first").query());
        assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("a", "e");
        assertThat(answer.warnings())
                .containsExactly("no item has the category \"south\"", "only 2 items fit, 3 were asked for");
    }

    @Test
    void similarItemsAreThoseWithTheSmallestAngle() {
        Answer answer = recommender.similar(like("a", 3));
        assertThat(answer.strategy()).isEqualTo(Strategy.PERSONALIZED);
        assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("b", "c", "d");
        assertThat(answer.items().getFirst().score()).isCloseTo(1, within(1e-6));
        assertThat(answer.items().get(1).score()).isCloseTo(2 / Math.sqrt(5), within(1e-6));
        assertThat(recommender.similar(like("a", 10)).warnings())
                .containsExactly("only 4 items fit, 10 were asked for");
    }

    @Test
    void aHistoryMakesTheVectorOfAKnownUserFromAllThatTheyHaveInItsOrder() {
        Answer ann = history.recommend(user("ann").query()); // (0, 2), where her own vector is (1, 0)
        assertThat(ann.strategy()).isEqualTo(Strategy.PERSONALIZED);
        assertThat(ann.items())
                .extracting(RecommendedItem::itemId, RecommendedItem::score)
                .containsExactly(tuple("d", 6.0), tuple("e", 2.5), tuple("c", 2.0));
        assertThat(history.recommend(user("bob").query()).items())
                .extracting(RecommendedItem::itemId, RecommendedItem::score)
                .containsExactly(tuple("a", 8.0), tuple("c", 4.0));
    }

    @Test
    void aHistoryFoldsASessionInByItsOrder() {
        Answer eastLast = history.recommend(session("a", "d").query()); // √0.8 (2, 1)
        assertThat(eastLast.strategy()).isEqualTo(Strategy.FOLD_IN);
        assertThat(eastLast.items()).extracting(RecommendedItem::itemId).containsExactly("b", "c", "e");
        assertThat(eastLast.items().getFirst().score()).isCloseTo(6 * Math.sqrt(0.8), within(1e-6));
        Answer northLast = history.recommend(session("d", "a").query());
        assertThat(northLast.items()).extracting(RecommendedItem::itemId).containsExactly("c", "b", "e");

        assertThat(history.recommend(session("x", "d", "a", "y", "d").query()).items())
                .as("what comes again counts at its first place, what is unknown not at all")
                .isEqualTo(northLast.items());
    }

    @Test
    void whereAHistoryIsEmptyNothingIsKnown() {
        for (Queries nobody : List.of(user("zoe"), user("stranger"), session("x"), session())) {
            Answer answer = history.recommend(nobody.query());
            assertThat(answer.strategy()).isEqualTo(Strategy.POPULAR);
            assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("b", "d", "a");
        }
    }

    @Test
    void filtersAndSimilarItemsAreThoseOfEveryModel() {
        assertThat(history.recommend(user("ann").without("d").k(2).query()).items())
                .extracting(RecommendedItem::itemId)
                .containsExactly("e", "c");
        assertThat(history.similar(like("a", 3)).items())
                .isEqualTo(recommender.similar(like("a", 3)).items());
    }

    private static SimilarQuery like(String itemId, int k) {
        return new SimilarQuery(List.of(itemId), k, Aspect.BLEND, List.of(), CategoryMode.ANY, List.of());
    }

    private List<String> ids(Queries queries) {
        return recommender.recommend(queries.query()).items().stream()
                .map(RecommendedItem::itemId)
                .toList();
    }
}
