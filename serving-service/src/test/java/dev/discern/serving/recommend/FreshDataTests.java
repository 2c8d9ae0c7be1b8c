package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.session;
import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Item;
import dev.discern.common.db.UserStore;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.Aspect;
import dev.discern.serving.model.ServingModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happened since training counts at once; see {@link PlantedModel}. */
class FreshDataTests {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final LiveData live = new LiveData();
    private final ServingModel trained = PlantedModel.make();
    private final ServingModel history = PlantedModel.history();

    @Test
    void whatIsTouchedDoesNotComeBack() {
        assertThat(ids(trained, user("ann"))).containsExactly("c", "e", "d");
        live.event("ann", "c", NOON);
        assertThat(ids(trained, user("ann").k(5))).containsExactlyInAnyOrder("e", "d");
        assertThat(ids(trained, user("ann").k(5).withSeen())).contains("c");
    }

    @Test
    void whatIsTouchedMovesTheUsersVector() {
        // Ann's newest is a, so she wants the north; d makes her want the east.
        assertThat(answer(history, user("ann").withSeen()).items())
                .first()
                .extracting(RecommendedItem::itemId)
                .isEqualTo("d");
        live.event("ann", "d", NOON);
        Answer after = answer(history, user("ann").withSeen());
        assertThat(after.items()).first().extracting(RecommendedItem::itemId).isEqualTo("a");
        assertThat(after.strategy()).isEqualTo(Strategy.PERSONALIZED);
        live.event("ann", "e", NOON);
        assertThat(answer(trained, user("ann")).strategy())
                .as("a trained vector that is out of date is made anew")
                .isEqualTo(Strategy.FOLD_IN);
    }

    @Test
    void aNewUserIsFoldedIn() {
        assertThat(answer(history, user("new")).strategy()).isEqualTo(Strategy.POPULAR);
        for (ServingModel model : List.of(trained, history)) {
            live.event("new", "e", NOON);
            live.event("new", "an item that came later", NOON);
            Answer answer = answer(model, user("new"));
            assertThat(answer.strategy()).isEqualTo(Strategy.FOLD_IN);
            assertThat(answer.items()).extracting(RecommendedItem::itemId).doesNotContain("e");
        }
        assertThat(ids(history, user("new"))).isEqualTo(ids(history, session("e")));
    }

    @Test
    void whoOnlySaidWhatTheyLikeGetsWhatIsPopularOfIt() {
        live.likes("new", List.of("north", "south"));

        Answer answer = answer(trained, user("new").k(5));

        assertThat(answer.strategy()).isEqualTo(Strategy.CONTENT);
        assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("d", "e", "c", "b", "a");
    }

    @Test
    void aSessionOfItemsThatCameLaterTellsItsCategories() {
        live.item(new Item("later", "", List.of("north"), "", Map.of(), true), false);

        Answer answer = answer(trained, session("later"));

        assertThat(answer.strategy()).isEqualTo(Strategy.CONTENT);
        assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("d", "e", "c");
    }

    @Test
    void anErasedUserIsAStranger() {
        live.erased(UserStore.sha256("ann"));

        for (ServingModel model : List.of(trained, history)) {
            assertThat(answer(model, user("ann").k(5)).items())
                    .isEqualTo(answer(model, user("stranger").k(5)).items());
        }
        live.event("ann", "d", NOON);
        assertThat(ids(history, user("ann"))).isEqualTo(ids(history, session("d")));
    }

    @Test
    void aHiddenItemNeverComesAndItsTitleIsTheNewOne() {
        live.item(new Item("a", "Title a", List.of("east"), "", Map.of(), false), false);
        live.item(new Item("d", "Better title", List.of("north"), "", Map.of(), true), false);

        for (Queries query : List.of(user("zoe"), user("stranger"), user("bob"), session("b"))) {
            assertThat(ids(trained, query.k(10).withSeen())).doesNotContain("a").contains("d");
        }
        assertThat(answer(trained, user("zoe").k(10)).items())
                .filteredOn(item -> item.itemId().equals("d"))
                .extracting(RecommendedItem::title)
                .containsExactly("Better title");
        assertThat(new Recommender(trained, live)
                        .similar(
                                new SimilarQuery(List.of("b"), 5, Aspect.BLEND, List.of(), CategoryMode.ANY, List.of()))
                        .items())
                .extracting(RecommendedItem::itemId)
                .doesNotContain("a");
        assertThat(ids(trained, user("zoe").k(10).categories(CategoryMode.ANY, "first")))
                .as("which a no longer is")
                .containsExactly("e");
    }

    @Test
    void manyAtOnceAreAnsweredLikeEachAlone() {
        live.event("bob", "a", NOON);
        live.likes("new", List.of("first"));
        List<Query> queries = Stream.of(
                        user("ann"),
                        user("bob").k(1),
                        user("stranger"),
                        user("new"),
                        user("zoe").with(new Variety(0.5, null, 0)),
                        user("zoe").k(5),
                        session("d"))
                .map(Queries::query)
                .toList();
        for (ServingModel model : List.of(trained, history)) {
            Recommender recommender = new Recommender(model, live);
            assertThat(recommender.recommend(queries))
                    .isEqualTo(queries.stream().map(recommender::recommend).toList());
        }
    }

    private Answer answer(ServingModel model, Queries query) {
        return new Recommender(model, live).recommend(query.query());
    }

    private List<String> ids(ServingModel model, Queries query) {
        return answer(model, query).items().stream()
                .map(RecommendedItem::itemId)
                .toList();
    }
}
