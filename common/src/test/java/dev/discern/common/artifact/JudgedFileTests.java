package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.artifact.ArtifactException.Reason;
import dev.discern.common.artifact.JudgedItems.Judged;
import dev.discern.common.data.HistoryBucket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a judge taught: collected, in its file, and in the model's folder. */
class JudgedFileTests {

    private static final int MAGIC = 0x47444a44; // DJDG, little endian
    private static final int HALF = Float.floatToRawIntBits(0.5f);

    /** Of five items; the second has something in two buckets. */
    private static final JudgedItems JUDGED = new JudgedItems.Builder()
            .add(4, HistoryBucket.OVER_TEN, false, 0.25)
            .add(1, HistoryBucket.ONE, true, 0.75)
            .add(1, HistoryBucket.ONE, false, 0.25)
            .add(1, HistoryBucket.FOUR_TO_TEN, true, 1)
            .build();

    @TempDir
    private Path folder;

    @Test
    void pairsAreCountedByItemAndBucket() {
        assertThat(JUDGED.size()).isEqualTo(3);
        assertThat(JUDGED.of(1, HistoryBucket.ONE)).contains(new Judged(2, 1, 0.5f));
        assertThat(JUDGED.of(1, HistoryBucket.FOUR_TO_TEN)).contains(new Judged(1, 1, 1));
        assertThat(JUDGED.of(4, HistoryBucket.OVER_TEN)).contains(new Judged(1, 0, 0.25f));
        assertThat(JUDGED.of(1, HistoryBucket.TWO_TO_THREE)).isEmpty();
        assertThat(JUDGED.of(0, HistoryBucket.OVER_TEN)).isEmpty();
    }

    @Test
    void itemsAreFoundUnderTheirNewIndices() {
        JudgedItems moved = JUDGED.renumbered(new int[] {1, 2, 3, 6, 8});

        assertThat(moved.of(2, HistoryBucket.ONE)).isEqualTo(JUDGED.of(1, HistoryBucket.ONE));
        assertThat(moved.of(8, HistoryBucket.OVER_TEN)).isEqualTo(JUDGED.of(4, HistoryBucket.OVER_TEN));
        assertThat(moved.of(1, HistoryBucket.ONE)).isEmpty();
        assertThat(moved.size()).isEqualTo(3);
    }

    @Test
    void theLayoutIsTheDocumentedOne() throws IOException {
        Path file = folder.resolve("judged.bin");
        JudgedFile.write(file, JUDGED);

        assertThat(Files.readAllBytes(file))
                .isEqualTo(ints(
                        MAGIC,
                        1,
                        3,
                        4,
                        6,
                        19,
                        2,
                        1,
                        1,
                        1,
                        1,
                        0,
                        HALF,
                        Float.floatToRawIntBits(1),
                        Float.floatToRawIntBits(0.25f)));
        assertThat(JudgedFile.read(file)).usingRecursiveComparison().isEqualTo(JUDGED);
    }

    @Test
    void aModelHasItOrNot() throws IOException {
        ArtifactWriter writer = new ArtifactWriter(folder);
        Path without = writer.write(SampleArtifact.of("v1", 1));
        Path with = writer.write(SampleArtifact.judged("v2", 1, JUDGED));

        assertThat(ArtifactReader.read(without).judged()).isNull();
        assertThat(without.resolve("judged.bin")).doesNotExist();
        assertThat(ArtifactReader.read(with).judged())
                .usingRecursiveComparison()
                .isEqualTo(JUDGED);
        Files.write(with.resolve("judged.bin"), new byte[12]);
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> ArtifactReader.read(with))
                .extracting(ArtifactException::reason)
                .isEqualTo(Reason.WRONG_CHECKSUM);
        Files.delete(with.resolve("judged.bin"));
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> ArtifactReader.read(with))
                .extracting(ArtifactException::reason)
                .isEqualTo(Reason.MISSING_FILE);
    }

    @Test
    void anItemThatTheModelDoesNotKnowIsRefused() {
        JudgedItems sixth =
                new JudgedItems.Builder().add(5, HistoryBucket.ONE, true, 1).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleArtifact.judged("v1", 1, sixth))
                .withMessage("judged items: expected indices below 5, found 5");
    }

    static Stream<int[]> hostile() {
        return Stream.of(
                new int[] {},
                new int[] {MAGIC, 1},
                new int[] {MAGIC + 1, 1, 0},
                new int[] {MAGIC, 2, 0}, // a newer layout
                new int[] {MAGIC, 1, -1},
                new int[] {MAGIC, 1, Integer.MAX_VALUE, 4, 1, 1, HALF}, // more than there is
                new int[] {MAGIC, 1, 1, 4, 1, 1}, // a gate is missing
                new int[] {MAGIC, 1, 1, 4, 1, 1, HALF, HALF}, // one too many
                new int[] {MAGIC, 1, 1, -4, 1, 1, HALF},
                new int[] {MAGIC, 1, 1, 4, 0, 0, HALF}, // no pairs
                new int[] {MAGIC, 1, 1, 4, 1, 2, HALF}, // more wins than pairs
                new int[] {MAGIC, 1, 1, 4, 1, -1, HALF},
                new int[] {MAGIC, 1, 1, 4, 1, 1, Float.floatToRawIntBits(Float.NaN)},
                new int[] {MAGIC, 1, 1, 4, 1, 1, Float.floatToRawIntBits(1.5f)},
                new int[] {MAGIC, 1, 2, 4, 4, 1, 1, 1, 1, HALF, HALF}); // twice the same
    }

    @ParameterizedTest
    @MethodSource
    void hostile(int[] content) throws IOException {
        Path file = folder.resolve("judged.bin");
        Files.write(file, ints(content));
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> JudgedFile.read(file))
                .withMessageStartingWith(file + ": expected ")
                .extracting(ArtifactException::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}
