package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTests {

    private static final int EPOCHS = 4;
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
                .hasMessage(
                        file + ": expected a checkpoint, found another file; delete it to train from the beginning");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> TestRun.of(RegularizerKind.OFF, PARAMETERS).fit(file))
                .hasMessageContaining("found another file");
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
