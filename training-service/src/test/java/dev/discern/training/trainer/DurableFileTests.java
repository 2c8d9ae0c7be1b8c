package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTests {

    @TempDir
    Path folder;

    @Test
    void aFileIsReplacedWholeAndByAShorterOneToo() throws IOException {
        Path file = folder.resolve("file");

        DurableFile.write(file, out -> out.writeBytes("the first, a long one"));
        DurableFile.write(file, out -> out.writeBytes("the second"));

        assertThat(file).content().isEqualTo("the second");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void whatFailsLeavesTheFileAsItWasAndWhatIsLeftOfItIsOverwritten() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.write(file, out -> out.writeInt(1));

        assertThatThrownBy(() -> DurableFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(Files.readAllBytes(file)).containsExactly(0, 0, 0, 1);

        DurableFile.write(file, out -> out.writeInt(2));
        assertThat(Files.readAllBytes(file)).containsExactly(0, 0, 0, 2);
    }
}
