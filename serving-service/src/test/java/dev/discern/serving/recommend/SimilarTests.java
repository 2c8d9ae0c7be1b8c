package dev.discern.serving.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.Aspect;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.ServingModels;
import dev.discern.serving.testing.TestModels;
import dev.discern.web.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items like others, by the parts of their vectors. */
class SimilarTests {

    private static final int LEARNED = 5;
    private static final int TEXT = 3;

    private final LiveData live = new LiveData();

    /** With and without codes: the larger catalog is searched by them. */
    @ParameterizedTest
    @CsvSource({
        "60, BEHAVIOUR, 1",
        "60, TEXT, 1",
        "60, BLEND, 3",
        "2000, BEHAVIOUR, 4",
        "2000, TEXT, 1",
        "2000, TEXT, 7"
    })
    void theNearestAreThoseOfASortOfAllCosines(int size, Aspect by, int likeHowMany) {
        Artifact artifact = artifact(size, new Random(size + likeHowMany));
        Recommender recommender = new Recommender(ServingModels.of(artifact), live);
        int from = by == Aspect.TEXT ? LEARNED : 0;
        int to = by == Aspect.BEHAVIOUR ? LEARNED : LEARNED + TEXT;
        List<Integer> seeds =
                IntStream.range(0, likeHowMany).mapToObj(n -> 7 * n).toList();
        double[] mean = new double[to - from];
        for (int seed : seeds) {
            double[] direction = direction(artifact, seed, from, to);
            for (int d = 0; d < mean.length; d++) {
                mean[d] += direction[d];
            }
        }
        double[] cosines = IntStream.range(0, size)
                .mapToDouble(item -> dot(direction(artifact, item, from, to), mean) / Math.sqrt(dot(mean, mean)))
                .toArray();

        Answer answer =
                recommender.similar(like(by, 25, seeds.stream().map(n -> id(n)).toList()));

        List<Integer> expected = IntStream.range(0, size)
                .boxed()
                .filter(item -> !seeds.contains(item))
                .sorted(Comparator.comparingDouble((Integer item) -> -cosines[item]))
                .limit(25)
                .toList();
        assertThat(answer.items()).hasSize(25);
        for (int place = 0; place < 25; place++) {
            int item = Integer.parseInt(answer.items().get(place).itemId().substring(1));
            // Two may change places only where their cosines are equal but for rounding.
            assertThat(cosines[item]).isCloseTo(cosines[expected.get(place)], within(1e-5));
            assertThat(answer.items().get(place).score()).isCloseTo(cosines[item], within(1e-5));
            assertThat(seeds).doesNotContain(item);
        }
        assertThat(answer.items()).extracting(RecommendedItem::exploration).containsOnlyNulls();
    }

    @Test
    void filtersHoldAndWhatIsHiddenNeverComes() {
        Recommender recommender = new Recommender(PlantedModel.make(), live);
        assertThat(ids(recommender.similar(new SimilarQuery(
                        List.of("a", "d", "a"),
                        5,
                        Aspect.BLEND,
                        List.of("north"),
                        CategoryMode.ANY,
                        List.of("e", "x")))))
                .as("f is not available")
                .containsExactly("c");
        live.item(new Item("c", "", List.of("north"), "", Map.of(), false), true);
        Answer none = new Recommender(PlantedModel.make(), live)
                .similar(new SimilarQuery(
                        List.of("a"), 5, Aspect.BEHAVIOUR, List.of("south"), CategoryMode.ANY, List.of()));
        assertThat(none.items()).isEmpty();
        assertThat(none.warnings())
                .containsExactly("no item has the category \"south\"", "only 0 items fit, 5 were asked for");
        assertThat(ids(new Recommender(PlantedModel.make(), live).similar(like(Aspect.BLEND, 5, List.of("d")))))
                .doesNotContain("c", "f");
    }

    @Test
    void unknownItemsArePassedOverUnlessAllAre() {
        live.item(new Item("later", "", List.of(), "", Map.of(), true), false);
        Recommender recommender = new Recommender(PlantedModel.make(), live);
        Answer some = recommender.similar(like(Aspect.BLEND, 2, List.of("x", "a", "later")));
        assertThat(some.warnings()).containsExactly("2 of the 3 items are unknown");
        assertThat(some.items())
                .isEqualTo(
                        recommender.similar(like(Aspect.BLEND, 2, List.of("a"))).items());
        assertThat(problem(recommender, like(Aspect.BLEND, 2, List.of("x"))))
                .hasMessage("model planted has no item \"x\"")
                .returns("UNKNOWN_ITEM", ProblemException::code);
        assertThat(problem(recommender, like(Aspect.TEXT, 2, List.of("later", "x"))))
                .hasMessage(
                        "model planted has no item \"later\" and none of the others yet: what came later is in the next version");
    }

    @Test
    void aModelOfOnePartIsAllBehaviour() {
        for (ServingModel model : List.of(PlantedModel.make(), PlantedModel.history())) {
            Recommender recommender = new Recommender(model, live);
            assertThat(recommender
                            .similar(like(Aspect.BEHAVIOUR, 4, List.of("b")))
                            .items())
                    .isEqualTo(recommender
                            .similar(like(Aspect.BLEND, 4, List.of("b")))
                            .items());
            assertThat(problem(recommender, like(Aspect.TEXT, 4, List.of("b"))))
                    .returns("NO_TEXT_PART", ProblemException::code)
                    .returns(400, problem -> problem.status().value());
        }
    }

    @Test
    void nothingIsLikeAnItemWithoutADirection() {
        Artifact artifact = artifact(20, new Random(3));
        int dim = LEARNED + TEXT;
        for (int d = LEARNED; d < dim; d++) {
            artifact.items().values()[4 * dim + d] = 0;
            artifact.items().values()[6 * dim + d] = -artifact.items().values()[5 * dim + d];
        }
        Recommender recommender = new Recommender(ServingModels.of(artifact), live);
        for (List<String> seeds : List.of(List.of(id(4)), List.of(id(5), id(6)))) {
            Answer answer = recommender.similar(like(Aspect.TEXT, 3, seeds));
            assertThat(answer.items()).isEmpty();
            assertThat(answer.warnings()).startsWith("the model has nothing by which other items would be like these");
        }
        assertThat(recommender
                        .similar(like(Aspect.BEHAVIOUR, 3, List.of(id(4))))
                        .items())
                .hasSize(3);
    }

    private static ProblemException problem(Recommender recommender, SimilarQuery query) {
        return catchThrowableOfType(ProblemException.class, () -> recommender.similar(query));
    }

    private static SimilarQuery like(Aspect by, int k, List<String> itemIds) {
        return new SimilarQuery(itemIds, k, by, List.of(), CategoryMode.ANY, List.of());
    }

    private static List<String> ids(Answer answer) {
        return answer.items().stream().map(RecommendedItem::itemId).toList();
    }

    private static String id(int item) {
        return "i%05d".formatted(item);
    }

    private static Artifact artifact(int size, Random random) {
        int dim = LEARNED + TEXT;
        Artifact plain = TestModels.artifact(
                "parts",
                IdIndex.of(List.of("u")),
                IntStream.range(0, size)
                        .mapToObj(n -> new Item(id(n), "", List.of(), "", Map.of(), true))
                        .toList(),
                TestModels.table(1, dim, random),
                TestModels.table(size, dim, random),
                new float[size],
                new InteractionMatrix(size, new int[] {0, 0}, new int[0]));
        return TestModels.history(
                plain,
                new HistoryTables(
                        new EmbeddingTable(size, dim, new float[size * dim]),
                        List.of(
                                new HistoryTables.Part(LEARNED, 1, new float[] {1}),
                                new HistoryTables.Part(TEXT, 1, new float[] {1}))));
    }

    private static double[] direction(Artifact artifact, int item, int from, int to) {
        double[] vector = IntStream.range(from, to)
                .mapToDouble(
                        d -> artifact.items().values()[item * artifact.items().dim() + d])
                .toArray();
        double length = Math.sqrt(dot(vector, vector));
        return IntStream.range(0, vector.length)
                .mapToDouble(d -> vector[d] / length)
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(d -> a[d] * b[d]).sum();
    }
}
