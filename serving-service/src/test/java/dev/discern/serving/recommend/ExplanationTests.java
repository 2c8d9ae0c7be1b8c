package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.session;
import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.HistoryBucket;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.ServingModels;
import dev.discern.serving.recommend.Explanation.Near;
import dev.discern.serving.testing.TestModels;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of an explanation; its words are those of {@link ExplainerTests}. */
class ExplanationTests {

    private static final double ROUNDING = 1e-5;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thePartsOfAScoreAddUpToIt(long seed) {
        for (Artifact artifact : List.of(TestModels.random("v", seed), TestModels.randomHistory("v", seed))) {
            for (Queries query : List.of(user("user-03"), session("item-03", "item-07"), user("nobody"))) {
                List<RecommendedItem> items = explained(ServingModels.of(artifact), query.k(60));
                assertThat(items).hasSizeGreaterThan(40);
                for (RecommendedItem item : items) {
                    Explanation.Score parts = of(item).score();
                    assertThat(sum(parts)).isCloseTo(item.score(), within(ROUNDING));
                    assertThat(parts.boost()).isNull();
                }
            }
        }
    }

    /** By hand: bob, who is (0, 1), against e = (0, 1), whose bias is 0.5. */
    @Test
    void aModelOfOnePartHasNoContent() {
        Explanation.Score parts = of(only(
                        explained(PlantedModel.make(), user("bob").withSeen().only("e")), "e"))
                .score();

        assertThat(parts).isEqualTo(new Explanation.Score(1.0, null, 0.5, null));
    }

    /** The first five dimensions of that model are what people did, the other three texts. */
    @Test
    void theContentOfAHistoryIsItsSecondPart() {
        Artifact artifact = TestModels.randomHistory("v", 1);
        ServingModel model = ServingModels.of(artifact);
        RecommendedItem item = explained(model, session("item-03")).getFirst();
        int idx = model.itemIdx(item.itemId());
        float[] vector = model.foldIn(new int[] {model.itemIdx("item-03")});
        double behaviour = 0;
        double content = 0;
        for (int d = 0; d < 8; d++) {
            double term = (double) vector[d] * artifact.items().values()[8 * idx + d];
            behaviour += d < 5 ? term : 0;
            content += d < 5 ? 0 : term;
        }

        Explanation.Score parts = of(item).score();
        assertThat(parts.behaviour()).isCloseTo(behaviour, within(ROUNDING));
        assertThat(parts.content()).isCloseTo(content, within(ROUNDING));
        assertThat(parts.popularity()).isEqualTo(artifact.itemBias()[idx]);
    }

    @Test
    void aBoostIsAPartOfTheScoreOfWhatItMoves() {
        ServingModel model = ServingModels.of(TestModels.randomHistory("v", 4));
        Queries plain = user("user-03").k(60);
        List<RecommendedItem> items =
                explained(model, plain.boosted(new Boost("third", null, 2), new Boost(null, "item-04", -1)));

        assertThat(items).extracting(item -> of(item).score().boost()).containsNull();
        for (RecommendedItem item : items) {
            int number = TestModels.ODD_ID.equals(item.itemId())
                    ? 59
                    : Integer.parseInt(item.itemId().substring(5));
            Double boost = of(item).score().boost();
            assertThat(sum(of(item).score())).isCloseTo(item.score(), within(ROUNDING));
            if (number % 3 == 0) {
                assertThat(boost).isPositive();
            } else if (number == 4) {
                assertThat(boost).isNegative();
            } else {
                assertThat(boost).isNull();
            }
        }
    }

    @Test
    void whatIsPopularIsNothingElse() {
        Explanation explanation =
                of(explained(PlantedModel.make(), user("stranger")).getFirst());

        assertThat(explanation.score()).isEqualTo(new Explanation.Score(null, null, 2, null));
        assertThat(explanation.nearest()).isEmpty();
        assertThat(explanation.judge()).isNull();
    }

    /** Ann has f, b and a; the cosines to c = (2, 1) are 3/√10, 2/√5 and 2/√5. */
    @Test
    void theNearestOfWhatAUserHasComeFirst() {
        RecommendedItem c = only(explained(PlantedModel.make(), user("ann")), "c");

        assertThat(of(c).nearest()).extracting(Near::itemId).containsExactly("f", "b", "a");
        assertThat(of(c).nearest()).extracting(Near::title).containsExactly("Title f", null, "Title a");
        assertThat(of(c).nearest().get(0).similarity()).isCloseTo(3 / Math.sqrt(10), within(1e-6));
        assertThat(of(c).nearest().get(1).similarity()).isCloseTo(2 / Math.sqrt(5), within(1e-6));
        assertThat(of(only(explained(PlantedModel.make(), user("ann")), "d")).nearest())
                .as("a and b have nothing to do with d")
                .extracting(Near::itemId)
                .containsExactly("f");
    }

    @Test
    void noMoreThanThreeAreNear() {
        List<RecommendedItem> items = explained(
                PlantedModel.make(), session("a", "b", "c", "f", "e").withSeen().k(10));

        assertThat(items).allMatch(item -> of(item).nearest().size() <= 3);
        assertThat(of(only(items, "a")).nearest())
                .extracting(Near::itemId)
                .doesNotContain("a")
                .startsWith("b", "c");
    }

    /** Ann has three items, bob with one more than ten would be told something else. */
    @Test
    void aJudgeIsToldToUsersOfTheBucketThatItJudgedFor() {
        Artifact artifact = PlantedModel.judged(new JudgedItems.Builder()
                .add(2, HistoryBucket.TWO_TO_THREE, true, 0.75)
                .add(2, HistoryBucket.TWO_TO_THREE, false, 0.25)
                .add(2, HistoryBucket.OVER_TEN, true, 1)
                .build());
        ServingModel model = ServingModels.of(artifact);

        assertThat(of(only(explained(model, user("ann")), "c")).judge()).isEqualTo(new Explanation.Judge(2, 0.5, 1));
        assertThat(of(only(explained(model, user("ann")), "e")).judge()).isNull();
        assertThat(of(only(explained(model, session("a")), "c")).judge())
                .as("of one item")
                .isNull();
        assertThat(of(only(explained(PlantedModel.make(), user("ann")), "c")).judge())
                .isNull();
        assertThat(explained(model, user("stranger").k(10)))
                .as("what is popular was judged by nobody")
                .allMatch(item -> of(item).judge() == null);
    }

    private static double sum(Explanation.Score parts) {
        return Objects.requireNonNullElse(parts.behaviour(), 0.0)
                + Objects.requireNonNullElse(parts.content(), 0.0)
                + parts.popularity()
                + Objects.requireNonNullElse(parts.boost(), 0.0);
    }

    private static List<RecommendedItem> explained(ServingModel model, Queries query) {
        return new Recommender(model, new LiveData())
                .recommend(query.explained().query())
                .items();
    }

    private static RecommendedItem only(List<RecommendedItem> items, String itemId) {
        return items.stream()
                .filter(item -> item.itemId().equals(itemId))
                .findFirst()
                .orElseThrow();
    }

    private static Explanation of(RecommendedItem item) {
        return Objects.requireNonNull(item.explanation());
    }
}
