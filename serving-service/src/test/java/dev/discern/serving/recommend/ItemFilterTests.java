package dev.discern.serving.recommend;

import static dev.discern.serving.recommend.Queries.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.Aspect;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemFilterTests {

    private static final int[] NOTHING = {};

    private final ServingModel model = PlantedModel.make();
    private final CurrentCatalog catalog = model.catalog(new LiveData());

    @Test
    void allThatIsAvailablePasses() {
        assertThat(passing(user("ann"), NOTHING)).isEqualTo("abcde");
    }

    @Test
    void whatTheAudienceHasDoesNotPassUnlessAskedFor() {
        assertThat(passing(user("ann"), 0, 3)).isEqualTo("bce");
        assertThat(passing(user("ann").withSeen(), 0, 3)).isEqualTo("abcde");
    }

    @Test
    void whatIsExcludedDoesNotPassEvenIfSeenMay() {
        assertThat(passing(user("ann").withSeen().without("a", "nothing", "e"), 1))
                .isEqualTo("bcd");
    }

    @Test
    void anyCategoryOrAllOfThem() {
        assertThat(passing(user("ann").categories(CategoryMode.ANY, "east"), NOTHING))
                .isEqualTo("abc");
        assertThat(passing(user("ann").categories(CategoryMode.ANY, "first", "north"), NOTHING))
                .isEqualTo("acde");
        assertThat(passing(user("ann").categories(CategoryMode.ALL, "first", "north"), NOTHING))
                .isEqualTo("e");
        assertThat(passing(user("ann").categories(CategoryMode.ALL, "north", "east"), NOTHING))
                .isEqualTo("c");
    }

    @Test
    void aQueryDoesNotChangeTheModelsCategories() {
        passing(user("ann").categories(CategoryMode.ALL, "east", "north"), NOTHING);
        passing(user("ann").categories(CategoryMode.ANY, "first", "north"), NOTHING);
        assertThat(passing(user("ann").categories(CategoryMode.ANY, "east"), NOTHING))
                .isEqualTo("abc");
        assertThat(passing(user("ann").categories(CategoryMode.ANY, "first"), NOTHING))
                .isEqualTo("ae");
    }

    @Test
    void unknownCategoriesAreTold() {
        Queries queries = user("ann").categories(CategoryMode.ALL, "east", "South", "East");
        assertThat(passing(queries, NOTHING)).isEmpty();
        assertThat(ItemFilter.of(model, catalog, queries.query(), NOTHING).unknownCategories())
                .containsExactly("South", "East");
        assertThat(passing(user("ann").categories(CategoryMode.ANY, "South"), NOTHING))
                .isEmpty();
    }

    @Test
    void wordsHoldWhatMayPassButForSingleItems() {
        ItemFilter filter = ItemFilter.of(
                model,
                catalog,
                user("ann").without("a").categories(CategoryMode.ANY, "east").query(),
                new int[] {1});
        assertThat(filter.word(0)).as("a, b and c; f is not available").isEqualTo(0b000111);
        assertThat(filter.word(1)).isZero();
        assertThat(ItemFilter.of(
                                model,
                                catalog,
                                user("ann")
                                        .categories(CategoryMode.ALL, "east", "north")
                                        .query(),
                                NOTHING)
                        .word(0))
                .isEqualTo(0b000100);
    }

    @Test
    void nothingIsLikeItself() {
        ItemFilter filter = ItemFilter.of(
                model,
                catalog,
                new SimilarQuery(
                        List.of("c"), 3, Aspect.BLEND, List.of("east"), CategoryMode.ANY, List.of("b", "nothing")),
                List.of(2));
        assertThat(filter.word(0)).isEqualTo(0b000111);
        assertThat(IntStream.range(0, model.items()).filter(filter::test)).containsExactly(0);
    }

    @Test
    void aCallersListIsAllThatPasses() {
        assertThat(passing(user("ann").only("e", "f", "nothing", "b"), 1)).isEqualTo("e");
        assertThat(passing(user("ann").only("nothing"), NOTHING)).isEmpty();
    }

    private String passing(Queries queries, int... had) {
        ItemFilter filter = ItemFilter.of(model, catalog, queries.query(), had);
        return IntStream.range(0, model.items())
                .filter(filter::test)
                .mapToObj(item -> catalog.item(item).id())
                .collect(Collectors.joining());
    }
}
