package dev.discern.scoring.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class UploadsTests {

    @TempDir
    private Path folder;

    private Uploads uploads;

    @BeforeEach
    void open() throws IOException {
        uploads = new Uploads(new UploadProperties(folder.resolve("uploads"), DataSize.ofBytes(10)));
    }

    @Test
    void keepsAFileByTheHashOfItsContent() throws IOException {
        Upload upload = uploads.store("a.csv", content("abc"));
        assertThat(upload.id()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(upload.bytes()).isEqualTo(3);
        assertThat(upload.path()).hasContent("abc");
        assertThat(uploads.find(upload.id())).contains(upload);
    }

    @Test
    void theSameContentAgainIsTheSameUploadUnderItsNewName() throws IOException {
        Upload first = uploads.store("items.csv.gz", content("abc"));
        Upload second = uploads.store("items.csv", content("abc"));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.name()).isEqualTo("items.csv");
        assertThat(files()).hasSize(2);
    }

    @Test
    void refusesMoreThanItsSizeAndKeepsNothingOfIt() throws IOException {
        assertThat(uploads.store("exact", content("1234567890")).bytes()).isEqualTo(10);
        assertThatExceptionOfType(UploadTooLargeException.class)
                .isThrownBy(() -> uploads.store("big.csv", content("12345678901")))
                .withMessage("big.csv is larger than the 10 bytes that discern.scoring.uploads.max-size allows");
        assertThat(files()).hasSize(2);
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws IOException {
        InputStream broken = new SequenceInputStream(content("xxxxx"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        });
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> uploads.store("a", broken));
        assertThat(files()).isEmpty();
    }

    @Test
    void clearsWhatAKilledProcessLeftHalfWritten() throws IOException {
        Upload kept = uploads.store("a.csv", content("abc"));
        Files.writeString(folder.resolve("uploads/incoming-123"), "ab");
        Uploads reopened = new Uploads(new UploadProperties(folder.resolve("uploads"), DataSize.ofBytes(10)));
        assertThat(files()).hasSize(2);
        assertThat(reopened.find(kept.id())).contains(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../uploads", "ba7816bf", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
            })
    void findsNothingUnderWhatIsNoId(String id) throws IOException {
        assertThat(uploads.find(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "items.csv, items.csv",
        "/etc/passwd, passwd",
        "..\\..\\boot.ini, boot.ini",
        ".., upload",
        "'', upload",
        "a/, upload",
        "Größe (1).csv, Größe (1).csv",
        "a\u0000b\u202ec.csv, a_b_c.csv",
    })
    void namesAreNeverPaths(String name, String expected) {
        assertThat(Uploads.plain(name)).isEqualTo(expected);
    }

    @Test
    void longNamesKeepTheirEnding() {
        assertThat(Uploads.plain("x".repeat(300) + ".csv.gz")).hasSize(100).endsWith("x.csv.gz");
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
            return files.toList().stream();
        }
    }
}
