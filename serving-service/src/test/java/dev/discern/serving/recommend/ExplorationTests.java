package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.session;
import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.ServingModels;
import dev.discern.serving.testing.TestModels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sixty items on one line: user zoe, who has nothing, likes 00 best and 59 least. Of 00 to 39 each has the ten other users, of 40 to 59
 * none has any. Even ones are of the category {@code even}, the others {@code odd}; 41 is not available.
 */
class ExplorationTests {

    private static final int KNOWN = 40;
    private static final int ITEMS = 60;
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final LiveData live = new LiveData();
    private final ServingModel model = model();

    private static ServingModel model() {
        float[] vectors = new float[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            vectors[item] = ITEMS - item;
        }
        int[] rowStart = new int[12];
        int[] columns = new int[10 * KNOWN];
        for (int user = 0; user < 10; user++) {
            rowStart[user + 1] = (user + 1) * KNOWN;
            for (int item = 0; item < KNOWN; item++) {
                columns[user * KNOWN + item] = item;
            }
        }
        rowStart[11] = rowStart[10];
        float[] users = new float[11];
        users[10] = 1;
        return ServingModels.of(TestModels.artifact(
                "v",
                IdIndex.of(Stream.concat(IntStream.range(0, 10).mapToObj(n -> "u" + n), Stream.of("zoe"))
                        .toList()),
                IntStream.range(0, ITEMS)
                        .mapToObj(n -> new Item(id(n), "", List.of(n % 2 == 0 ? "even" : "odd"), "", Map.of(), n != 41))
                        .toList(),
                new EmbeddingTable(11, 1, users),
                new EmbeddingTable(ITEMS, 1, vectors),
                new float[ITEMS],
                new InteractionMatrix(ITEMS, rowStart, columns)));
    }

    private static String id(int item) {
        return "i%02d".formatted(item);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0.1, '10'",
        "10, 0.05, ''",
        "20, 0.1, '10 20'",
        "10, 0.5, '2 4 6 8 10'",
        "20, 0.15, '7 14 20'",
        "9, 0.1, ''"
    })
    void newItemsHaveTheLastPlaceOfEachBlock(int k, double share, String places) {
        List<RecommendedItem> items = items(user("zoe").k(k).exploring(share));

        assertThat(items)
                .extracting(RecommendedItem::rank)
                .containsExactly(IntStream.rangeClosed(1, k).boxed().toArray(Integer[]::new));
        List<Integer> explored = items.stream()
                .filter(item -> item.exploration() != null)
                .map(RecommendedItem::rank)
                .toList();
        assertThat(explored.stream().map(String::valueOf).toList())
                .isEqualTo(places.isEmpty() ? List.of() : List.of(places.split(" ")));
        int next = 0;
        for (RecommendedItem item : items) {
            if (item.exploration() == null) {
                assertThat(item.itemId()).as("the others stand as ever").isEqualTo(id(next++));
            } else {
                assertThat(number(item)).isGreaterThanOrEqualTo(KNOWN);
                assertThat(item.score()).as("its score is the model's").isEqualTo(ITEMS - number(item));
            }
        }
        assertThat(items).extracting(RecommendedItem::itemId).doesNotHaveDuplicates();
    }

    @Test
    void withoutAShareNothingIsTriedOut() {
        assertThat(items(user("zoe").k(20)))
                .extracting(RecommendedItem::exploration)
                .containsOnlyNulls();
    }

    @Test
    void eachPlausibleItemGetsItsTurnAndNoOther() {
        TreeSet<Integer> drawn = new TreeSet<>();
        for (int n = 0; n < 300; n++) {
            drawn.add(explored(session("i00", "new-" + n).k(10).exploring(0.1)));
        }
        assertThat(drawn)
                .as("the ten best new ones: 41 is not available")
                .containsExactly(40, 42, 43, 44, 45, 46, 47, 48, 49, 50);
    }

    @Test
    void theSameAudienceGetsTheSameUntilItTouchesSomething() {
        Queries zoe = user("zoe").k(10).exploring(0.1);
        int first = explored(zoe);
        TreeSet<Integer> later = new TreeSet<>();
        for (int n = 0; n < 8; n++) {
            assertThat(explored(zoe)).isEqualTo(explored(zoe));
            live.event("zoe", id(n), NOON);
            later.add(explored(zoe));
        }
        assertThat(later).hasSizeGreaterThan(1);
        assertThat(first).isGreaterThanOrEqualTo(KNOWN);
    }

    @Test
    void filtersHold() {
        for (int n = 0; n < 50; n++) {
            String stranger = "stranger-" + n;
            for (Queries audience : List.of(session("i00", "x" + n), user(stranger))) {
                assertThat(number(last(audience.k(10)
                                .categories(CategoryMode.ANY, "odd")
                                .without("i43", "i45")
                                .exploring(0.1))))
                        .isIn(47, 49, 51, 53, 55, 57, 59);
            }
        }
        live.event("zoe", "i42", NOON);
        for (String item : List.of("i40", "i43")) {
            live.item(new Item(item, "", List.of("even"), "", Map.of(), false), false);
        }
        assertThat(items(user("zoe").k(40).exploring(0.25)))
                .extracting(RecommendedItem::itemId)
                .doesNotContain("i40", "i41", "i42", "i43");
    }

    @Test
    void whatFiveUsersHaveIsNoLongerNew() {
        for (int user = 0; user < 5; user++) {
            live.event("somebody-" + user, "i40", NOON);
        }
        for (int n = 0; n < 100; n++) {
            assertThat(explored(session("i00", "x" + n).k(10).exploring(0.1))).isNotEqualTo(40);
        }
    }

    @Test
    void anItemWithoutAVectorIsTriedOutWhereNoVectorIsAsked() {
        live.item(new Item("later", "Later", List.of("even", "fresh"), "", Map.of(), true), false);
        live.item(new Item("hidden", "", List.of("fresh"), "", Map.of(), false), false);
        live.item(new Item("gone", "", List.of("fresh"), "", Map.of(), false), true);
        live.likes("fan", List.of("fresh"));

        Answer answer = new Recommender(model, live)
                .recommend(user("fan").k(10).exploring(0.1).explained().query());

        assertThat(answer.strategy()).isEqualTo(Strategy.CONTENT);
        RecommendedItem last = answer.items().getLast();
        assertThat(number(answer.items().getFirst())).isLessThan(KNOWN);
        assertThat(last).isEqualTo(new RecommendedItem("later", 10, 0, "Later", null, null, true));
        TreeSet<String> drawn = new TreeSet<>();
        for (int n = 0; n < 300; n++) {
            drawn.add(last(user("stranger-" + n).k(10).exploring(0.1)).itemId());
        }
        assertThat(drawn)
                .contains("later")
                .doesNotContain("hidden", "gone", "i41")
                .hasSizeLessThanOrEqualTo(10);
        Queries fresh =
                user("zoe").k(10).categories(CategoryMode.ALL, "even", "fresh").exploring(0.5);
        assertThat(items(fresh)).as("by vectors it cannot come").isEmpty();
        assertThat(items(user("fan")
                        .k(10)
                        .categories(CategoryMode.ANY, "even", "fresh")
                        .exploring(0.5)))
                .extracting(RecommendedItem::itemId)
                .doesNotContain("hidden", "gone");
        live.event("fan", "later", NOON);
        assertThat(items(user("fan").k(40).exploring(0.5)))
                .as("the fan has it")
                .extracting(RecommendedItem::itemId)
                .doesNotContain("later");
    }

    @Test
    void onlyWhatIsLikedIsTriedOutWithWhoLikesSomething() {
        for (int n = 0; n < 10; n++) {
            live.item(new Item("later-" + n, "", List.of("fresh"), "", Map.of(), true), false);
        }
        for (int n = 0; n < 30; n++) {
            live.likes("fan-" + n, List.of("fresh"));
            assertThat(last(user("fan-" + n).k(10).exploring(0.1)).itemId()).startsWith("later-");
        }
    }

    @Test
    void aCapHoldsWithThem() {
        Variety two = new Variety(0, 2, 0);
        for (int n = 0; n < 20; n++) {
            List<RecommendedItem> items =
                    items(session("i00", "x" + n).k(4).with(two).exploring(0.25));
            assertThat(items).hasSize(4);
            assertThat(items).filteredOn(item -> number(item) % 2 == 0).hasSize(2);
        }
    }

    @Test
    void aShortAnswerHasNoMoreThanItsShare() {
        for (int n = 0; n < 10; n++) {
            live.item(new Item("later-" + n, "", List.of("fresh"), "", Map.of(), true), false);
        }
        for (int n = 0; n < 4; n++) {
            live.item(new Item(id(n), "", List.of("fresh"), "", Map.of(), true), false);
        }
        List<RecommendedItem> items = items(
                user("stranger").k(20).categories(CategoryMode.ANY, "fresh").exploring(0.2));
        assertThat(items)
                .as("four of the model, and one new one for them")
                .extracting(RecommendedItem::exploration)
                .containsExactly(null, null, null, null, true);
    }

    @Test
    void aShareOutOfRangeIsRefused() {
        assertThat(new TrafficProperties(0, 1, 0.5).exploration()).isEqualTo(0.5);
        for (double share : new double[] {-0.1, 0.51, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TrafficProperties(0, 1, share))
                    .withMessageStartingWith("discern.traffic.exploration must be in [0, 0.5], not ");
        }
    }

    private List<RecommendedItem> items(Queries queries) {
        return new Recommender(model, live).recommend(queries.query()).items();
    }

    private RecommendedItem last(Queries queries) {
        RecommendedItem last = items(queries).getLast();
        assertThat(last.exploration()).isTrue();
        return last;
    }

    private int explored(Queries queries) {
        return number(last(queries));
    }

    private static int number(RecommendedItem item) {
        return Integer.parseInt(item.itemId().substring(1));
    }
}
