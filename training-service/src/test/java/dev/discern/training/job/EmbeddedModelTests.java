package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.RareGain;
import dev.discern.training.backbone.history.TextBasis;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.HistoryFitting;
import dev.discern.training.trainer.HistoryParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A history model of {@link PlantedData} to which two items are added: one stands before all others, one in their midst. */
class EmbeddedModelTests {

    private static final int DIM = 6;
    private static final int CONTENT = 3;
    private static final int VECTOR = DIM + CONTENT;
    private static final int WIDTH = 8;
    private static final float GAIN = 2;
    private static final HistoryParameters PARAMETERS =
            new HistoryParameters(DIM, CONTENT, 3, 64, 32, 0.02f, 0.1f, 0.1f, GAIN, 4, 0, 0, 1, 1, 1, 1, 0.1f, 3);

    private final TrainingData data = PlantedData.small().data();
    private final IdIndex itemIds = IdIndex.of(IntStream.range(0, data.items())
            .mapToObj(n -> "i%03d".formatted(2 * n))
            .toList());
    private final TextBasis basis = TextBasis.of(vectors(data.items()), DIM, CONTENT);
    private final HistoryFitting fitting = trained();
    private final Artifact artifact = artifact();
    private final TreeMap<String, float[]> added =
            new TreeMap<>(Map.of("a-first", vectors(3)[2], "i003", vectors(9)[8]));
    private final EmbeddedModel embedded = EmbeddedModel.of(
            artifact,
            new Learned(fitting.learned(), new Learned.Texts("e", basis)),
            added,
            PARAMETERS.gain(),
            Kernels.best());

    private static float[][] vectors(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[][] vectors = new float[count][WIDTH];
        for (float[] vector : vectors) {
            for (int d = 0; d < WIDTH; d++) {
                vector[d] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    private HistoryFitting trained() {
        HistoryFitting fitting = new HistoryFitting(
                data, basis.features(vectors(data.items())), PARAMETERS, new Seeds(1), Guidance.none(), Kernels.best());
        for (int epoch = 1; epoch <= 3; epoch++) {
            fitting.epoch(epoch);
        }
        return fitting;
    }

    private Artifact artifact() {
        DotProductModel model = fitting.model();
        InteractionMatrix histories = PlantedData.small().histories();
        return new Artifact(
                new ModelManifest(
                        ModelManifest.FORMAT_VERSION,
                        "before",
                        "history",
                        "off",
                        VECTOR,
                        data.users(),
                        data.items(),
                        ModelManifest.DOT,
                        ModelManifest.HISTORY,
                        new Provenance("hash", null, null, 1, Map.of(), "test", Instant.EPOCH, "here"),
                        Map.of(),
                        Map.of()),
                IdIndex.of(IntStream.range(0, data.users())
                        .mapToObj(n -> "u%03d".formatted(n))
                        .toList()),
                itemIds,
                new EmbeddingTable(data.users(), VECTOR, model.users()),
                new EmbeddingTable(data.items(), VECTOR, model.items()),
                model.itemBias(),
                histories,
                itemIds.ids().stream()
                        .map(id -> new Item(id, "", List.of(), "", Map.of(), true))
                        .toList(),
                fitting.history().orElseThrow(),
                new JudgedItems.Builder()
                        .add(1, HistoryBucket.ONE, true, 0.5)
                        .add(2, HistoryBucket.OVER_TEN, false, 0.25)
                        .build(),
                new ItemTrend(LocalDate.EPOCH, 30, trend()));
    }

    private float[] trend() {
        float[] weights = new float[data.items()];
        for (int item = 0; item < weights.length; item++) {
            weights[item] = 0.5f + item;
        }
        return weights;
    }

    @Test
    void usersHaveNotTurnedToANewItemAndAsBeforeToTheOthers() {
        ItemTrend trend = Objects.requireNonNull(embedded.trend());

        assertThat(trend.day()).isEqualTo(LocalDate.EPOCH);
        assertThat(trend.halfLifeDays()).isEqualTo(30);
        for (int item = 0; item < embedded.items().size(); item++) {
            int before = itemIds.idx(embedded.items().id(item));
            assertThat(trend.weights()[item]).isEqualTo(before < 0 ? 0 : 0.5f + before);
        }
    }

    @Test
    void everyOldScoreIsTheSameToTheBit() {
        DotProductModel before = fitting.model();
        DotProductModel after = embedded.model();

        assertThat(after.itemCount()).isEqualTo(data.items() + 2);
        assertThat(after.users()).isEqualTo(before.users());
        for (int item = 0; item < data.items(); item++) {
            int now = embedded.items().idx(itemIds.id(item));
            for (int user = 0; user < data.users(); user++) {
                assertThat(after.score(user, now, Kernels.best())).isEqualTo(before.score(user, item, Kernels.best()));
            }
        }
    }

    @Test
    void aHistoryOfOldItemsMakesTheSameUser() {
        HistoryTables before = fitting.history().orElseThrow();
        InteractionMatrix then = artifact.seen();
        InteractionMatrix now = embedded.seen();
        float[] expected = new float[VECTOR];
        float[] found = new float[VECTOR];
        for (int user = 0; user < data.users(); user++) {
            int from = then.rowStart()[user];
            int to = then.rowStart()[user + 1];
            before.vector(then.columns(), from, to, Kernels.best(), expected, 0);
            embedded.history().vector(now.columns(), from, to, Kernels.best(), found, 0);
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void whatTheJudgeTaughtStaysWithItsItems() {
        JudgedItems now = embedded.judged();
        assertThat(now).isNotNull();
        assertThat(now.size()).isEqualTo(2);
        assertThat(now.of(embedded.items().idx(itemIds.id(1)), HistoryBucket.ONE))
                .contains(new JudgedItems.Judged(1, 1, 0.5f));
        assertThat(now.of(embedded.items().idx(itemIds.id(2)), HistoryBucket.OVER_TEN))
                .contains(new JudgedItems.Judged(1, 0, 0.25f));
    }

    /** {@code [ norm(t W) ; (1 + A) p ] / τ}, by hand. */
    @Test
    void aNewItemIsWhatTheTowerMakesOfItsText() {
        TextFeatures text = basis.features(new float[][] {added.get("i003")});
        float[] weights = fitting.parameters().get(2);
        double[] learned = new double[DIM];
        double square = 0;
        for (int d = 0; d < DIM; d++) {
            for (int c = 0; c < DIM; c++) {
                learned[d] += text.wide()[c] * weights[c * DIM + d];
            }
            square += learned[d] * learned[d];
        }
        int at = embedded.items().idx("i003") * VECTOR;
        for (int d = 0; d < DIM; d++) {
            assertThat((double) embedded.model().items()[at + d])
                    .isCloseTo(learned[d] / Math.sqrt(square) / HistoryModel.TEMPERATURE, within(1e-4));
        }
        for (int d = 0; d < CONTENT; d++) {
            assertThat((double) embedded.model().items()[at + DIM + d])
                    .isCloseTo((1 + GAIN) * text.narrow()[d] / HistoryModel.TEMPERATURE, within(1e-4));
        }
        assertThat(PARAMETERS.gain()).isEqualTo(new RareGain(GAIN, 4));
    }

    @Test
    void whatIsKeptSeesTextsAlikeAndAddsTheNextItems() {
        Learned read = Learned.of(embedded.learned().toState());

        assertThat(List.copyOf(embedded.learned().toState().tables().keySet()))
                .as("equal tables make equal files")
                .isSorted();
        assertThat(read.table("item").rows()).isEqualTo(data.items() + 2);
        int at = embedded.items().idx("a-first") * DIM;
        assertThat(Arrays.copyOfRange(read.table("item").values(), at, at + DIM))
                .containsOnly(0);
        assertThat(read.shared())
                .usingRecursiveComparison()
                .isEqualTo(fitting.parameters().subList(2, 7));
        Learned.Texts texts = read.texts();
        assertThat(texts).isNotNull();
        assertThat(texts.encoder()).isEqualTo("e");
        assertThat(texts.basis().features(vectors(5)).wide())
                .containsExactly(basis.features(vectors(5)).wide(), within(1e-5f));
    }
}
