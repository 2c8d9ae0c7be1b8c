package dev.discern.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.data.PublishedDataset.RemoteFile;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTests {

    private static final String MOVIES =
            "0002844::Fantômas, \"the\" first (1913)::Crime|Drama\n0021283::Rakudai wa shitakeredo (1930)::\n";
    private static final String RATINGS = "2::0021283::8::1364690142\n1::0002844::7::1365029107\n";

    private final FakeService publisher = FakeService.start();
    private final TestTerminal terminal = new TestTerminal();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void fetchesChecksConvertsAndKeepsTheOrder() throws Exception {
        publisher.on("GET /movies.dat", 200, MOVIES).on("GET /ratings.dat", 200, RATINGS);

        DataFiles files = download(movieTweetings(MOVIES, RATINGS)).files();

        assertThat(files.items()).content().isEqualTo("""
                item_id,title,categories
                0002844,"Fantômas, ""the"" first (1913)",Crime|Drama
                0021283,Rakudai wa shitakeredo (1930),
                """);
        assertThat(files.interactions()).content().isEqualTo("""
                user_id,item_id,rating,timestamp
                2,0021283,8,1364690142
                1,0002844,7,1365029107
                """);
        assertThat(terminal.err()).contains("a licence");
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws Exception {
        publisher.on("GET /movies.dat", 200, MOVIES).on("GET /ratings.dat", 200, RATINGS);
        PublishedDataset dataset = movieTweetings(MOVIES, RATINGS);
        DataFiles first = download(dataset).files();
        assertThat(download(dataset).files()).isEqualTo(first);
        assertThat(publisher.requests()).hasSize(2);
    }

    @Test
    void aFileThatIsAnotherIsRefusedAndNotKept() throws Exception {
        publisher.on("GET /movies.dat", 200, MOVIES.replace("Crime", "Grime")).on("GET /ratings.dat", 200, RATINGS);
        assertThatThrownBy(() -> download(movieTweetings(MOVIES, RATINGS)).files())
                .isInstanceOf(CliException.class)
                .hasMessageContaining(publisher.url() + "/movies.dat is not the file that was expected")
                .hasMessageContaining(sha256(MOVIES))
                .hasMessageContaining("--data DIR");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPublisherThatHasItNoMoreIsNamed() throws Exception {
        assertThatThrownBy(() -> download(movieTweetings(MOVIES, RATINGS)).files())
                .hasMessageContaining(publisher.url() + "/movies.dat answered 404")
                .hasMessageContaining("--data DIR");
    }

    @Test
    void withoutANetworkTheAddressAndTheWayOutAreNamed() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        RemoteFile file = new RemoteFile("movies.dat", URI.create("http://127.0.0.1:" + nobody + "/movies.dat"), 1, "");
        assertThatThrownBy(() -> download(new PublishedDataset("x", "x", PublishedFormat.MOVIETWEETINGS, List.of(file)))
                        .files())
                .isInstanceOf(CliException.class)
                .hasMessageContaining("could not fetch http://127.0.0.1:" + nobody + "/movies.dat")
                .hasMessageContaining("Is there a network?")
                .hasMessageContaining("--data DIR");
    }

    @Test
    void aRowWithOtherColumnsIsNamedByItsLine() throws Exception {
        String broken = RATINGS + "3::0002844::7\n";
        publisher.on("GET /movies.dat", 200, MOVIES).on("GET /ratings.dat", 200, broken);
        assertThatThrownBy(() -> download(movieTweetings(MOVIES, broken)).files())
                .hasMessageContaining("ratings.dat:3 has 3 columns separated by ::, expected 4: 3::0002844::7");
        assertThat(folder.resolve("converted")).doesNotExist();
    }

    @Test
    void movieLensComesFromItsZip() throws Exception {
        zip(
                "ml-latest-small/movies.csv",
                        "movieId,title,genres\n1,\"Ben-hur, again (2016)\",(no genres listed)\n2,Heat (1995),Action|Crime\n",
                "ml-latest-small/ratings.csv", "userId,movieId,rating,timestamp\n1,2,4.5,964982703\n");
        DataFiles files = new DataFiles(folder.resolve("items.csv"), folder.resolve("interactions.csv"));

        PublishedFormat.MOVIELENS.convert(folder, files);

        assertThat(files.items()).content().isEqualTo("""
                item_id,title,categories
                1,"Ben-hur, again (2016)",
                2,Heat (1995),Action|Crime
                """);
        assertThat(files.interactions()).content().isEqualTo("user_id,item_id,rating,timestamp\n1,2,4.5,964982703\n");
    }

    @Test
    void aZipWithoutTheFileOrColumnIsNamed() throws Exception {
        DataFiles files = new DataFiles(folder.resolve("items.csv"), folder.resolve("interactions.csv"));
        zip("ml-latest-small/movies.csv", "movieId,title\n1,Heat\n", "ml-latest-small/ratings.csv", "userId\n");
        assertThatThrownBy(() -> PublishedFormat.MOVIELENS.convert(folder, files))
                .hasMessageContaining("ml-latest-small.zip")
                .hasMessageContaining("genres");
        zip("ml-latest-small/movies.csv", "movieId,title,genres\n", "other.csv", "");
        assertThatThrownBy(() -> PublishedFormat.MOVIELENS.convert(folder, files))
                .hasMessageContaining("ml-latest-small.zip has no ml-latest-small/ratings.csv");
    }

    @Test
    void everyPublishedFileHasAnAddressASizeAndAChecksum() {
        for (PublishedDataset dataset : PublishedDataset.ALL) {
            assertThat(dataset.source()).contains("https://");
            assertThat(dataset.files()).isNotEmpty().allSatisfy(file -> {
                assertThat(file.address()).hasScheme("https");
                assertThat(file.bytes()).isPositive();
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
            });
        }
    }

    private Download download(PublishedDataset dataset) {
        return new Download(dataset, folder, terminal.terminal());
    }

    private PublishedDataset movieTweetings(String movies, String ratings) throws Exception {
        return new PublishedDataset(
                "tiny",
                "a publisher, a licence",
                PublishedFormat.MOVIETWEETINGS,
                List.of(remote("movies.dat", movies), remote("ratings.dat", ratings)));
    }

    private RemoteFile remote(String name, String content) throws Exception {
        int bytes = content.getBytes(StandardCharsets.UTF_8).length;
        return new RemoteFile(name, publisher.url().resolve("/" + name), bytes, sha256(content));
    }

    private static String sha256(String content) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void zip(String firstName, String first, String secondName, String second) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("ml-latest-small.zip"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(firstName));
            zip.write(first.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(secondName));
            zip.write(second.getBytes(StandardCharsets.UTF_8));
        }
    }
}
