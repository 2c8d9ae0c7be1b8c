package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.common.data.InteractionMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeenFileTests {

    private static final int MAGIC = 0x4e455344; // DSEN, little endian

    private Path file;

    @BeforeEach
    void file(@TempDir Path folder) {
        file = folder.resolve("seen.bin");
    }

    @Test
    void theLayoutIsTheDocumentedOne() throws IOException {
        SeenFile.write(file, new InteractionMatrix(3, new int[] {0, 2, 2}, new int[] {2, 0}));

        assertThat(Files.readAllBytes(file)).isEqualTo(ints(MAGIC, 1, 2, 3, 2, 0, 2, 2, 2, 0));
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("DSEN");
    }

    @Test
    void nobodyAndNothingComesBack() throws IOException {
        SeenFile.write(file, new InteractionMatrix(0, new int[] {0}, new int[0]));
        assertThat(SeenFile.read(file).users()).isZero();
    }

    static Stream<int[]> hostile() {
        return Stream.of(
                new int[] {},
                new int[] {MAGIC},
                new int[] {MAGIC + 1, 1, 1, 1, 0, 0, 0},
                new int[] {MAGIC, 2, 1, 1, 0, 0, 0}, // a newer layout
                new int[] {MAGIC, 1, -1, 1, 0},
                new int[] {MAGIC, 1, 1, -1, 1, 0, 1, 0},
                new int[] {MAGIC, 1, 1, 1, -2, 0, 0},
                new int[] {MAGIC, 1, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, 0, 0}, // more than there is
                new int[] {MAGIC, 1, 1, 1, 1, 0, 1}, // an entry is missing
                new int[] {MAGIC, 1, 1, 1, 1, 0, 1, 0, 0}, // an entry too many
                new int[] {MAGIC, 1, 1, 1, 1, 0, 1, 1}, // item 1 of [0, 1)
                new int[] {MAGIC, 1, 1, 1, 1, 0, 1, -1},
                new int[] {MAGIC, 1, 1, 1, 1, 1, 1, 0}, // does not start at 0
                new int[] {MAGIC, 1, 2, 1, 1, 0, 2, 1, 0}); // descends
    }

    @ParameterizedTest
    @MethodSource
    void hostile(int[] content) throws IOException {
        Files.write(file, ints(content));
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> SeenFile.read(file))
                .withMessageStartingWith(file + ": expected ")
                .extracting(ArtifactException::reason)
                .isEqualTo(ArtifactException.Reason.MALFORMED);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}
