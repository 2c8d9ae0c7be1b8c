package dev.discern.cli.data;

import dev.discern.cli.data.PublishedDataset.RemoteFile;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;

/** Fetches a published data set once, checks it and converts it. What is there already is not fetched again. */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final PublishedDataset dataset;
    private final Path folder;
    private final Terminal terminal;

    Download(PublishedDataset dataset, Path folder, Terminal terminal) {
        this.dataset = dataset;
        this.folder = folder;
        this.terminal = terminal;
    }

    /** Our two files. */
    DataFiles files() {
        Path converted = folder.resolve("converted");
        if (Files.isDirectory(converted)) {
            return DataFiles.in(converted);
        }
        try {
            Files.createDirectories(folder);
            terminal.note("Fetching " + dataset.source());
            for (RemoteFile file : dataset.files()) {
                fetch(file);
            }
            Path partial = Files.createTempDirectory(folder, "converting");
            dataset.format()
                    .convert(folder, new DataFiles(partial.resolve("items.csv"), partial.resolve("interactions.csv")));
            Files.move(partial, converted, StandardCopyOption.ATOMIC_MOVE);
            return DataFiles.in(converted);
        } catch (IOException e) {
            throw CliException.failed("could not convert the files in " + folder + ": " + e.getMessage(), e);
        }
    }

    private void fetch(RemoteFile file) throws IOException {
        Path target = folder.resolve(file.name());
        if (Files.exists(target)) {
            return;
        }
        Path partial = Files.createTempFile(folder, file.name(), ".part");
        try {
            String sha256 = receive(file, partial);
            verify(file, Files.size(partial), sha256);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private String receive(RemoteFile file, Path target) {
        HttpRequest request =
                HttpRequest.newBuilder(file.address()).timeout(TIMEOUT).build();
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream body = new DigestInputStream(response.body(), digest)) {
                if (response.statusCode() != 200) {
                    throw CliException.failed(
                            "%s answered %d. %s".formatted(file.address(), response.statusCode(), remedy()));
                }
                Files.copy(body, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw CliException.failed(
                    "could not fetch %s: %s. Is there a network? %s".formatted(file.address(), reason(e), remedy()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while fetching " + file.address());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK's client often has no message for a host that it cannot find. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? "no connection" : e.getMessage();
    }

    private void verify(RemoteFile file, long bytes, String sha256) {
        if (bytes != file.bytes() || !sha256.equals(file.sha256())) {
            throw CliException.failed(
                    "%s is not the file that was expected: %,d bytes with SHA-256 %s instead of %,d bytes with %s. Its publisher may have changed it, or something on the way did. %s"
                            .formatted(file.address(), bytes, sha256, file.bytes(), file.sha256(), remedy()));
        }
    }

    private static String remedy() {
        return "Without it, use `--data DIR` with a folder that holds items.csv and interactions.csv, or the sample data, which needs no network.";
    }
}
