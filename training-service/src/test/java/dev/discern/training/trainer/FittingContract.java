package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.gate.CalibratedGate;
import dev.discern.training.gate.Uncertainty;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.testing.PlantedData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every backbone in training must do. */
abstract class FittingContract {

    /** Places from stop to stop: coprime to the parts of every backbone's epoch here, so that all of them are stopped at. */
    private static final int STRIDE = 5;

    private static final PlantedData PLANTED = new PlantedData(400, 80, 3);

    @TempDir
    private Path folder;

    /** A fresh fitting. */
    abstract Fitting fitting(TrainingData data, TrainingParameters parameters, long seed, Guidance guidance);

    /** Parameters that learn the planted data, with this weight of the regularizer. */
    abstract TrainingParameters parameters(float lambda);

    @Test
    void learnsThePlantedTastesAbovePopularity() {
        TrainingData data = PLANTED.data();
        double learned = fit(data, 1, Guidance.none(), "learned").validation();

        float[] bias = new float[data.items()];
        for (int item = 0; item < bias.length; item++) {
            bias[item] = data.popularity().count(item);
        }
        double popularity = Evaluator.validationNdcg(
                new DotProductModel(1, new float[data.users()], new float[data.items()], bias), data.split());
        assertThat(popularity).isGreaterThan(0.05);
        assertThat(learned).isGreaterThan(1.5 * popularity);
    }

    @Test
    void theSameSeedGivesTheSameModelToTheBit() {
        TrainingData data = PlantedData.small().data();
        TrainedModel one = fit(data, 1, Guidance.none(), "one");

        assertEqual(fit(data, 1, Guidance.none(), "same"), one);
        assertThat(fit(data, 2, Guidance.none(), "other").model().items())
                .isNotEqualTo(one.model().items());
    }

    @Test
    void aRunThatStoppedAfterAnyEpochEndsAsIfItHadNot() {
        TrainingData data = PlantedData.small().data();
        TrainedModel unbroken = fit(data, 1, Guidance.none(), "unbroken");
        for (int stopAfter : new int[] {1, 2, unbroken.epochs() - 1}) {
            String broken = "broken-" + stopAfter;
            assertThatThrownBy(() -> fit(data, 1, Guidance.none(), broken, stopAfter))
                    .isInstanceOf(TrainingStoppedException.class);

            assertEqual(fit(data, 1, Guidance.none(), broken), unbroken);
        }
    }

    @Test
    void aRunThatStoppedAtEverySecondPlaceEndsAsIfItHadNot() {
        TrainingData data = PlantedData.small().data();
        TrainedModel unbroken = fit(data, 1, Guidance.none(), "unbroken");

        assertEqual(stoppedAtEvery(2, data, Guidance::none, "broken"), unbroken);
    }

    /** Fits in as many runs as it takes when each is stopped at the so-manieth place that it comes to. */
    private TrainedModel stoppedAtEvery(int every, TrainingData data, Supplier<Guidance> guidance, String checkpoint) {
        TrainingParameters parameters = parameters(1);
        while (true) {
            AtomicInteger places = new AtomicInteger();
            try {
                return fit(
                        new Trainer(fitting(data, parameters, 1, guidance.get()), parameters),
                        data,
                        checkpoint,
                        epoch -> {},
                        () -> places.incrementAndGet() == every);
            } catch (TrainingStoppedException e) {
                assertThat(places.get()).isEqualTo(every); // it went on from there the next time
            }
        }
    }

    @Test
    void aDozenUsersAreEnoughAndOneWithoutTrainingItemsIsNoError() {
        InteractionMatrix dozen = new PlantedData(12, 20, 1).histories();
        int[] rowStart = Arrays.copyOf(dozen.rowStart(), 14);
        rowStart[13] = rowStart[12];
        TrainingData data = TrainingData.of(new InteractionMatrix(20, rowStart, dozen.columns()));

        DotProductModel model = fit(data, 1, Guidance.none(), "dozen").model();

        assertThat(model.userCount()).isEqualTo(13);
        assertThat(model.score(12, 3, Kernels.scalar())).isFinite();
    }

    @ParameterizedTest
    @EnumSource(value = RegularizerKind.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void everyRegularizerMovesTheModelAndSurvivesARestart(RegularizerKind kind) {
        PlantedData planted = PlantedData.small();
        TrainingData data = planted.data();
        TrainedModel off = fit(data, 1, Guidance.none(), "off");
        TrainedModel guided = fit(data, 1, guidance(kind, planted), "guided");

        assertThat(guided.model().items()).isNotEqualTo(off.model().items());
        assertEqual(stoppedAtEvery(STRIDE, data, () -> guidance(kind, planted), "broken"), guided);
    }

    /** The earlier version knew neither the first user nor the first item, so that every row has moved by one. */
    @Test
    void beginsWithWhatAnEarlierVersionHasLearnedOfTheSameIds() {
        TrainingData data = PLANTED.data();
        IdIndex users = ids('u', 0, data.users());
        IdIndex items = ids('i', 0, data.items());
        IdIndex usersThen = ids('u', 1, data.users());
        IdIndex itemsThen = ids('i', 1, data.items());
        TrainingParameters parameters = parameters(1);
        Fitting earlier = fitting(data, parameters, 1, Guidance.none());
        new Trainer(earlier, parameters).warmUp(parameters.maxEpochs(), epoch -> {});
        Map<String, EmbeddingTable> learned = new HashMap<>();
        for (Fitting.Table table : earlier.tables()) {
            EmbeddingTable all = Objects.requireNonNull(earlier.learned().get(table.key()));
            learned.put(table.key(), without(table, all, data.users()));
        }
        WarmStart start = new WarmStart(learned, usersThen, itemsThen, users, items);

        Fitting cold = fitting(data, parameters, 2, Guidance.none());
        Fitting warm = fitting(data, parameters, 2, Guidance.none());
        start.into(warm);

        assertThat(start.knownUsers()).isEqualTo(data.users() - 1);
        assertThat(start.knownItems()).isEqualTo(data.items() - 1);
        for (int n = 0; n < warm.tables().size(); n++) {
            Fitting.Table table = warm.tables().get(n);
            float[] found = warm.parameters().get(n);
            int dim = found.length / table.rows();
            for (int row = 0; row < table.rows(); row++) {
                boolean isNew = table.of() != Fitting.RowsOf.MODEL
                        && (row == 0 || (table.of() == Fitting.RowsOf.USERS_AND_ITEMS && row == data.users()));
                float[] expected = (isNew ? cold : earlier).parameters().get(n);
                assertThat(Arrays.copyOfRange(found, row * dim, (row + 1) * dim))
                        .as("%s, row %d", table.name(), row)
                        .isEqualTo(Arrays.copyOfRange(expected, row * dim, (row + 1) * dim));
            }
        }
        assertThat(Evaluator.validationNdcg(warm.model(), data.split()))
                .isGreaterThan(2 * Evaluator.validationNdcg(cold.model(), data.split()));
    }

    @Test
    void aVersionOfOtherWidthIsNoBeginning() {
        TrainingData data = PlantedData.small().data();
        Fitting fitting = fitting(data, parameters(1), 1, Guidance.none());
        IdIndex users = ids('u', 0, data.users());
        IdIndex items = ids('i', 0, data.items());

        assertThatThrownBy(() -> new WarmStart(Map.of(), users, items, users, items).into(fitting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("the earlier version's [a-z ]+: expected rows of \\d+, found none");
    }

    private static IdIndex ids(char kind, int from, int to) {
        return IdIndex.of(IntStream.range(from, to)
                .mapToObj(n -> "%s%05d".formatted(kind, n))
                .toList());
    }

    /** Without the first user's and the first item's row. */
    private static EmbeddingTable without(Fitting.Table table, EmbeddingTable all, int users) {
        int dim = all.dim();
        int[] kept = IntStream.range(0, all.rows())
                .filter(row -> switch (table.of()) {
                    case USERS, ITEMS -> row > 0;
                    case USERS_AND_ITEMS -> row > 0 && row != users;
                    case MODEL -> true;
                })
                .toArray();
        float[] values = new float[kept.length * dim];
        for (int row = 0; row < kept.length; row++) {
            System.arraycopy(all.values(), kept[row] * dim, values, row * dim, dim);
        }
        return new EmbeddingTable(kept.length, dim, values);
    }

    /** Of every four neighbours the judge likes the less popular two. */
    @Test
    void pairsTeachWhatInteractionsDoNot() {
        TrainingData data = PLANTED.data();
        SplittableRandom random = new SplittableRandom(8);
        int size = 6 * data.users();
        int[] user = new int[size];
        int[] preferred = new int[size];
        int[] other = new int[size];
        float[] target = new float[size];
        for (int n = 0; n < size; n++) {
            user[n] = n / 6;
            preferred[n] = 4 * random.nextInt(data.items() / 4) + 2 + random.nextInt(2);
            other[n] = 4 * random.nextInt(data.items() / 4) + random.nextInt(2);
            target[n] = 0.9f;
        }
        JudgedPairs pairs = new JudgedPairs(user, preferred, other, new float[size], new float[size]);

        TrainedModel off = fit(data, 1, Guidance.none(), "off");
        TrainedModel guided = fit(data, 1, Guidance.calibrated(pairs, target, parameters(1)), "guided");

        assertThat(agreement(guided.model())).isGreaterThan(agreement(off.model()) + 0.25);
    }

    private static double agreement(DotProductModel model) {
        int agreed = 0;
        int all = 0;
        for (int user = 0; user < model.userCount(); user++) {
            for (int item = 0; item + 2 < model.itemCount(); item += 4) {
                agreed += model.difference(user, item + 2, item, Kernels.scalar()) > 0 ? 1 : 0;
                all++;
            }
        }
        return (double) agreed / all;
    }

    private Guidance guidance(RegularizerKind kind, PlantedData planted) {
        TrainingData data = planted.data();
        Judgments judgments = planted.judgments(6);
        TrainingParameters parameters = parameters(1);
        return PlantedGuidance.of(kind, planted, data, judgments, parameters, () -> gate(data, judgments));
    }

    private CalibratedGate gate(TrainingData data, Judgments judgments) {
        TrainingParameters parameters = parameters(0);
        DotProductModel off = new Trainer(fitting(data, parameters, 1, Guidance.none()), parameters)
                .warmUp(parameters.warmUpEpochs(), epoch -> {});
        return CalibratedGate.fit(
                judgments.audits(),
                data,
                off,
                Uncertainty.of(UncertaintyKind.SCORE_ENTROPY, off, null, data, new Seeds(1)),
                new Seeds(1));
    }

    final TrainedModel fit(TrainingData data, long seed, Guidance guidance, String checkpoint) {
        return fit(data, seed, guidance, checkpoint, Integer.MAX_VALUE);
    }

    private TrainedModel fit(TrainingData data, long seed, Guidance guidance, String checkpoint, int stopAfter) {
        TrainingParameters parameters = parameters(1);
        AtomicInteger epoch = new AtomicInteger();
        return fit(
                new Trainer(fitting(data, parameters, seed, guidance), parameters),
                data,
                checkpoint,
                report -> epoch.set(report.epoch()),
                () -> epoch.get() >= stopAfter);
    }

    private TrainedModel fit(
            Trainer trainer,
            TrainingData data,
            String checkpoint,
            Consumer<EpochReport> listener,
            BooleanSupplier stop) {
        return trainer.fit(
                folder.resolve(checkpoint),
                "planted",
                model -> Evaluator.validationNdcg(model, data.split()),
                listener,
                stop);
    }

    private static void assertEqual(TrainedModel found, TrainedModel expected) {
        TestRun.assertEqual(found, expected);
        HistoryTables foundHistory = found.history();
        HistoryTables expectedHistory = expected.history();
        assertThat(foundHistory == null).isEqualTo(expectedHistory == null);
        if (foundHistory != null && expectedHistory != null) {
            assertThat(foundHistory.context().values())
                    .isEqualTo(expectedHistory.context().values());
            for (int part = 0; part < foundHistory.parts().size(); part++) {
                assertThat(foundHistory.parts().get(part).recency())
                        .isEqualTo(expectedHistory.parts().get(part).recency());
            }
        }
    }
}
