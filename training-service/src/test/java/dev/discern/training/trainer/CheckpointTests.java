package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.training.backbone.DotProductModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTests {

    private static final int EPOCHS = 4;

    /** Of an epoch. */
    private static final int PARTS = 4;

    private static final String NONE =
            "%s: expected a checkpoint of this version, found another file; delete it to train from the beginning";

    private static final BprMfParameters PARAMETERS =
            new BprMfParameters(6, EPOCHS, EPOCHS, 2, 0.1f, 0.02f, 1, 1, 5, 3); // gateRate 5 collapses at once

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("checkpoint.bin");
    }

    @ParameterizedTest
    @EnumSource(RegularizerKind.class)
    void aRunThatStoppedAfterAnyEpochEndsAsIfItHadNot(RegularizerKind kind) {
        TrainedModel unbroken = TestRun.of(kind, PARAMETERS).fit(folder.resolve("unbroken"));
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            Path broken = folder.resolve("broken-" + epoch);
            int stopAfter = epoch;
            assertThatThrownBy(() ->
                            TestRun.of(kind, PARAMETERS).stopAfter(stopAfter).fit(broken))
                    .isInstanceOf(TrainingStoppedException.class)
                    .hasMessage("training was stopped after epoch %d and can be restarted".formatted(epoch));

            TestRun.assertEqual(TestRun.of(kind, PARAMETERS).fit(broken), unbroken);
        }
    }

    /** What an epoch reports is made of sums that go through a checkpoint too. */
    @ParameterizedTest
    @EnumSource(RegularizerKind.class)
    void aRunThatStoppedAtEveryPlaceReportsAndEndsAsIfItHadNot(RegularizerKind kind) {
        List<EpochReport> expected = new ArrayList<>();
        TrainedModel unbroken =
                TestRun.of(kind, PARAMETERS).listener(expected::add).fit(folder.resolve("unbroken"));
        List<EpochReport> found = new ArrayList<>();
        TrainedModel broken = null;
        for (int place = 1; broken == null; place++) {
            boolean endsEpoch = place % PARTS == 0;
            String where = (endsEpoch ? "after epoch " : "in epoch ") + Math.ceilDiv(place, PARTS);
            try {
                broken = TestRun.of(kind, PARAMETERS)
                        .stop(() -> true)
                        .listener(found::add)
                        .fit(file);
            } catch (TrainingStoppedException e) {
                assertThat(e).hasMessage("training was stopped " + where + " and can be restarted");
            }
        }

        TestRun.assertEqual(broken, unbroken);
        assertThat(found)
                .hasSize(EPOCHS)
                .usingRecursiveComparison()
                .ignoringFields("samplesPerSecond")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 8, 15})
    void aRunKilledWithinAnEpochLosesNoMoreThanAnInterval(int place) {
        TrainedModel unbroken = TestRun.of(RegularizerKind.PAPER, PARAMETERS).fit(folder.resolve("unbroken"));
        for (Duration interval : List.of(Duration.ofNanos(1), Duration.ofDays(1), Duration.ZERO)) {
            Path killed = folder.resolve("killed-" + interval);
            AtomicInteger places = new AtomicInteger();
            assertThatThrownBy(() -> TestRun.of(RegularizerKind.PAPER, PARAMETERS)
                            .interval(interval)
                            .stop(() -> {
                                if (places.incrementAndGet() == place) {
                                    throw new Killed();
                                }
                                return false;
                            })
                            .fit(killed))
                    .isInstanceOf(Killed.class);
            AtomicInteger left = new AtomicInteger();

            TrainedModel model = TestRun.of(RegularizerKind.PAPER, PARAMETERS)
                    .stop(() -> left.incrementAndGet() < 0)
                    .fit(killed);

            TestRun.assertEqual(model, unbroken);
            boolean within = interval.equals(Duration.ofNanos(1)) && place % PARTS != 0;
            int saved = within ? place - 1 : place - place % PARTS;
            assertThat(left.get())
                    .as("places after the checkpoint, interval " + interval)
                    .isEqualTo(EPOCHS * PARTS - saved);
        }
    }

    /** As {@code kill -9}: nothing is saved on the way out. */
    private static final class Killed extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void aWarmUpThatStoppedAtEveryPlaceEndsAsIfItHadNot() {
        DotProductModel unbroken =
                TestRun.of(RegularizerKind.OFF, PARAMETERS).trainer().warmUp(2, epoch -> {});
        List<Integer> epochs = new ArrayList<>();
        DotProductModel broken = null;
        int stops = 0;
        while (broken == null) {
            try {
                broken = TestRun.of(RegularizerKind.OFF, PARAMETERS)
                        .trainer()
                        .warmUp(file, "warm-up", 2, report -> epochs.add(report.epoch()), () -> true);
            } catch (TrainingStoppedException e) {
                stops++;
            }
        }

        assertThat(stops).isEqualTo(2 * PARTS);
        assertThat(epochs).containsExactly(1, 2);
        assertThat(broken.users()).isEqualTo(unbroken.users());
        assertThat(broken.items()).isEqualTo(unbroken.items());
        assertThat(broken.itemBias()).isEqualTo(unbroken.itemBias());
        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS)
                        .trainer()
                        .warmUp(file, "another", 2, epoch -> {}, () -> false))
                .hasMessageStartingWith(file + ": expected the checkpoint of run another, found that of run warm-up");
    }

    @Test
    void aFinishedRunThatIsAskedAgainStillWarns() {
        TrainedModel first = TestRun.of(RegularizerKind.PAPER, PARAMETERS).fit(file);
        TrainedModel again = TestRun.of(RegularizerKind.PAPER, PARAMETERS).fit(file);

        assertThat(first.warnings()).hasSize(1);
        TestRun.assertEqual(again, first);
    }

    @Test
    void aRunKilledWhileItWroteGoesOnFromTheCheckpointBefore() throws IOException {
        TrainedModel unbroken = TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(folder.resolve("unbroken"));
        assertThatThrownBy(() ->
                        TestRun.of(RegularizerKind.OFF, PARAMETERS).stopAfter(2).fit(file))
                .isInstanceOf(TrainingStoppedException.class);
        Files.write(folder.resolve("checkpoint.bin.tmp"), new byte[] {1, 2, 3});

        TestRun.assertEqual(TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file), unbroken);
    }

    @Test
    void refusesAnotherRunsCheckpoint() {
        TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file);

        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS)
                        .fingerprint("another")
                        .fit(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(file + ": expected the checkpoint of run another, found that of run planted;"
                        + " delete it to train from the beginning");
    }

    @Test
    void refusesAFileThatIsNone() throws IOException {
        Files.writeString(file, "user_id,item_id\n1,2\n");
        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file))
                .hasMessage(NONE.formatted(file));
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file))
                .hasMessageContaining("found another file");
    }

    @Test
    void refusesACheckpointOfAnOlderFormat() throws IOException {
        TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file);
        byte[] older = Files.readAllBytes(file);
        older[3] = '2';
        Files.write(file, older);

        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(NONE.formatted(file));
    }

    @Test
    void refusesADamagedFileWhereverTheDamageIs() throws IOException {
        TestRun.of(RegularizerKind.PAPER, PARAMETERS).fit(file);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 4; at < whole.length; at += at < 200 ? 1 : 211) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x41;
            Files.write(file, damaged);
            assertRefused();
        }
        for (int length = 12; length < whole.length; length += 1_000) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused();
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> TestRun.of(RegularizerKind.PAPER, PARAMETERS).fit(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        file + ": the checkpoint is damaged (wrong checksum); delete it to train from the beginning");
    }

    @Test
    void saysWhereItCannotWrite() {
        Path nowhere = folder.resolve("missing").resolve("checkpoint.bin");
        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(nowhere + ": the checkpoint cannot be written");
    }
}
