package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.session;
import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.serving.live.LiveData;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainerTests {

    private Recommender recommender = new Recommender(PlantedModel.make(), new LiveData());

    @Test
    void namesTheNearestOfWhatTheUserHas() {
        // Ann has a, b and f, which lies nearest to c: its cosine is 0.95 against 0.89.
        assertThat(reasons(user("ann").explained().query(), "c"))
                .containsExactly(
                        "close to \"Title f\", which this user has", "both are east, north", "0 users have it");
    }

    @Test
    void anItemWithoutATitleIsNamedByItsId() {
        assertThat(reasons(session("b").explained().query(), "a"))
                .containsExactly("close to \"b\", which this user has", "both are east", "1 users have it");
    }

    @Test
    void whereNothingIsNearOnlyPopularityIsTold() {
        assertThat(reasons(session("a").k(10).explained().query(), "d")).containsExactly("1 users have it");
        assertThat(reasons(user("stranger").explained().query(), "b")).containsExactly("2 users have it");
    }

    @Test
    void anItemIsNoReasonForItself() {
        assertThat(reasons(session("a", "b").withSeen().explained().query(), "a"))
                .first()
                .isEqualTo("close to \"b\", which this user has");
    }

    @Test
    void theReasonsOfAHistoryAreThoseOfItsItems() {
        recommender = new Recommender(PlantedModel.history(), new LiveData());
        assertThat(reasons(user("ann").explained().query(), "c"))
                .containsExactly(
                        "close to \"Title f\", which this user has", "both are east, north", "0 users have it");
    }

    @Test
    void nobodyWhoDidNotAskGetsReasons() {
        assertThat(recommender.recommend(user("ann").query()).items())
                .allMatch(item -> item.reasons() == null && item.explanation() == null);
    }

    private List<String> reasons(Query query, String itemId) {
        return recommender.recommend(query).items().stream()
                .filter(item -> item.itemId().equals(itemId))
                .findFirst()
                .orElseThrow()
                .reasons();
    }
}
