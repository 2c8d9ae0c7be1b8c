package dev.discern.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourceTests {

    @TempDir
    Path folder;

    private final TestTerminal terminal = new TestTerminal();

    private Settings settings() {
        return new Settings(Map.of(), folder);
    }

    @ParameterizedTest
    @CsvSource({"items.csv, interactions.csv", "items.jsonl.gz, interactions.csv.gz", "items.csv.gz, interactions.jsonl"
    })
    void aFolderIsRecognisedByItsFileNames(String items, String interactions) throws IOException {
        Path data = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(data.resolve(items), "");
        Files.writeString(data.resolve(interactions), "");
        Files.writeString(data.resolve("items-old.csv"), "");
        assertThat(DataSource.of("shop", settings()).files(settings(), terminal.terminal()))
                .isEqualTo(new DataFiles(data.resolve(items), data.resolve(interactions)));
    }

    @Test
    void foldersOfOneNameStayApart() throws IOException {
        Path one = Files.createDirectories(folder.resolve("a/My Shop"));
        Path two = Files.createDirectories(folder.resolve("b/My Shop"));
        String key = DataSource.of(one.toString(), settings()).key();
        assertThat(key).startsWith("my-shop-").matches("[a-z0-9-]+");
        assertThat(DataSource.of(two.toString(), settings()).key()).isNotEqualTo(key);
        assertThat(DataSource.of("a/../a/My Shop", settings()).key()).isEqualTo(key);
    }

    @Test
    void namesComeBeforeFolders() throws IOException {
        Files.createDirectories(folder.resolve("movietweetings"));
        assertThat(DataSource.of("movietweetings", settings())).isInstanceOf(PublishedSource.class);
        assertThat(DataSource.of("./movietweetings", settings())).isInstanceOf(FolderSource.class);
        assertThat(DataSource.of("sample", settings()).key()).isEqualTo("sample");
    }

    @Test
    void whatIsNeitherIsBadUsage() {
        assertThatThrownBy(() -> DataSource.of("amazon-beauty", settings()))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContaining("\"amazon-beauty\"")
                .hasMessageContaining("sample, movietweetings, ml-latest-small")
                .hasMessageContaining(folder.resolve("amazon-beauty").toString());
    }

    @Test
    void usersAreShownWithShortMiddlingAndLongHistories() throws IOException {
        StringBuilder rows = new StringBuilder("item_id,user_id,timestamp\n");
        for (int user = 1; user <= 21; user++) {
            rows.repeat("i,\"user, %d\",0\n".formatted(user), user);
        }
        Path file = folder.resolve("interactions.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(SampleUsers.of(file))
                .containsExactly(
                        new SampleUsers.User("user, 5", 5),
                        new SampleUsers.User("user, 12", 12),
                        new SampleUsers.User("user, 20", 20));
    }

    @Test
    void usersAreReadFromJsonLinesToo() throws IOException {
        Path file = Files.writeString(
                folder.resolve("interactions.jsonl"), "{\"user_id\":\"é\",\"item_id\":\"1\"}\n\n".repeat(4));
        assertThat(SampleUsers.of(file)).containsExactly(new SampleUsers.User("é", 4));
    }

    @Test
    void usersWhoseHistoryIsHeldOutAreNotShown() throws IOException {
        Path file = Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id\n1,2\n1,3\n");
        assertThat(SampleUsers.of(file)).isEmpty();
    }
}
