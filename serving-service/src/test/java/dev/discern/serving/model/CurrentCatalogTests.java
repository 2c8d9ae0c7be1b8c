package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.data.Item;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.testing.TestModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CurrentCatalogTests {

    private final ServingModel model = ServingModels.of(TestModels.random("v1", 1));
    private final LiveData live = new LiveData();
    private final int first = model.itemIdx("item-00");

    @Test
    void withoutChangesItIsAsItWasTrained() {
        CurrentCatalog catalog = model.catalog(live);

        assertThat(catalog.item(first).title()).isEqualTo("Title 0 of v1");
        assertThat(IntStream.range(0, model.items())
                        .filter(catalog.available()::test)
                        .count())
                .isEqualTo(52);
        assertThat(model.catalog(live)).as("made once").isSameAs(catalog);
    }

    @Test
    void aChangeHoldsForTheNextWhoAsks() {
        CurrentCatalog before = model.catalog(live);
        live.item(item("item-00", "Another", false, "even", "new"), false);
        live.item(item("item-06", "Back again", true, "odd"), false);
        live.item(item("unknown to the model", "", true, "new"), false);

        CurrentCatalog after = model.catalog(live);

        assertThat(after.item(first).title()).isEqualTo("Another");
        assertThat(after.available().test(first)).isFalse();
        assertThat(after.available().test(model.itemIdx("item-06"))).isTrue();
        assertThat(after.available().test(model.itemIdx("item-13")))
                .as("still hidden")
                .isFalse();
        assertThat(after.category("new").orElseThrow().test(first)).isTrue();
        assertThat(after.category("third").orElseThrow().test(first)).isFalse();
        assertThat(after.category("even").orElseThrow().test(model.itemIdx("item-06")))
                .isFalse();
        assertThat(after.category("third").orElseThrow().test(model.itemIdx("item-03")))
                .isTrue();
        assertThat(after.category("nowhere")).isEmpty();
        assertThat(before.item(first).title())
                .as("who holds the old one keeps it")
                .isEqualTo("Title 0 of v1");
        assertThat(before.available().test(first)).isTrue();
    }

    @Test
    void aCategoryThatLostItsLastItemIsEmpty() {
        live.item(item("item-00", "", true, "alone"), false);
        assertThat(model.catalog(live).category("alone")).isPresent();
        live.item(item("item-00", "", true), false);

        ItemSet alone = model.catalog(live).category("alone").orElse(ItemSet.EMPTY);

        assertThat(IntStream.range(0, model.items()).anyMatch(alone::test)).isFalse();
    }

    @Test
    void whatExpiresIsGoneFromThatMomentOn() {
        Artifact artifact = TestModels.random("v1", 1);
        List<Item> catalog = new ArrayList<>(artifact.catalog());
        catalog.set(model.itemIdx("item-00"), expiring("item-00", 10));
        catalog.set(model.itemIdx("item-01"), expiring("item-01", 20));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(9));
        ServingModel expiring = ServingModels.of(TestModels.with(artifact, catalog), now::get);
        live.item(expiring("item-02", 15), false);
        live.item(expiring("later", 15), false);
        live.item(item("item-01", "stays after all", true), false);
        CurrentCatalog before = expiring.catalog(live);

        assertThat(before.later()).extracting(Item::id).containsExactly("later");
        assertThat(open(before)).contains("item-00", "item-01", "item-02");
        now.set(Instant.ofEpochSecond(10));
        assertThat(open(expiring.catalog(live))).doesNotContain("item-00").contains("item-01", "item-02");
        now.set(Instant.ofEpochSecond(15));
        assertThat(expiring.catalog(live).later()).isEmpty();
        assertThat(open(expiring.catalog(live)))
                .doesNotContain("item-00", "item-02")
                .contains("item-01");
        now.set(Instant.ofEpochSecond(20));
        assertThat(open(expiring.catalog(live)))
                .doesNotContain("item-00", "item-02")
                .contains("item-01");
        assertThat(open(expiring.catalog(new LiveData())))
                .doesNotContain("item-00", "item-01")
                .contains("item-02");
        assertThat(open(before)).as("who holds the old one keeps it").contains("item-00", "item-01", "item-02");
        live.item(expiring("item-00", 30), false);
        assertThat(open(expiring.catalog(live))).contains("item-00");
    }

    private static Item expiring(String id, int second) {
        return new Item(id, "", List.of(), "", Map.of(), true, Instant.ofEpochSecond(second));
    }

    private List<String> open(CurrentCatalog catalog) {
        return Stream.of("item-00", "item-01", "item-02")
                .filter(id -> catalog.available().test(model.itemIdx(id)))
                .toList();
    }

    private static Item item(String id, String title, boolean available, String... categories) {
        return new Item(id, title, List.of(categories), "", Map.of(), available);
    }
}
