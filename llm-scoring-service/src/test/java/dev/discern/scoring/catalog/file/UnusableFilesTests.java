package dev.discern.scoring.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A file that cannot be used at all is refused with a message that names it, what was expected and what came. */
class UnusableFilesTests {

    private static final String ITEM_COLUMNS = "item_id (or movieId, asin) and title (or movie_title)";

    static final List<Arguments> FILES = List.of(
            unusable("items.csv", "", "items.csv is empty: expected a header and rows, or JSON lines"),
            unusable("items.csv", "\uFEFF\n\n  \n", "items.csv is empty: expected a header and rows, or JSON lines"),
            unusable(
                    "items.csv.gz",
                    "item_id,title\n",
                    "items.csv.gz is named .gz but is not gzip: expected it to begin with the bytes 1f 8b, found 69 74"),
            unusable(
                    "swapped.csv",
                    "user_id,item_id,rating\nu,i,1\n",
                    "swapped.csv has no column title (or movie_title): expected " + ITEM_COLUMNS
                            + ", found user_id, item_id, rating"),
            unusable(
                    "headerless.csv",
                    "1,Heat\n",
                    "headerless.csv has no column " + ITEM_COLUMNS + ": expected " + ITEM_COLUMNS + ", found 1, Heat"),
            unusable(
                    "semicolons.csv",
                    "item_id;title\n",
                    "semicolons.csv has no column " + ITEM_COLUMNS + ": expected " + ITEM_COLUMNS
                            + ", found item_id;title"),
            unusable(
                    "twice.csv",
                    "item_id,title,title\n",
                    "twice.csv has the column title twice: expected each name once"),
            unusable(
                    "both.csv",
                    "asin,item_id,title\n",
                    "both.csv has the columns asin and item_id, which both mean item_id: expected one of them"),
            unusable(
                    "quote.csv",
                    "item_id,\"title\n",
                    "quote.csv:1: expected a header that names the columns, found a line that cannot be read: a quote is never"
                            + " closed"),
            unusable(
                    "items.jsonl",
                    "{\"id\":1}\n",
                    "items.jsonl has no column " + ITEM_COLUMNS + ": expected " + ITEM_COLUMNS + ", found id"),
            unusable(
                    "array.json",
                    "{\n",
                    "array.json begins with { but has no JSON object on a line of its own: line 1: broken JSON: "));

    private static Arguments unusable(String name, String text, String message) {
        return Arguments.of(name, text, message);
    }

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{2}")
    @FieldSource("FILES")
    void refusesAFileOfItems(String name, String text, String message) {
        DataFile file = TestFiles.file(folder, name, text);
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> FileFormat.detect(file, FileKind.ITEMS))
                .withMessageStartingWith(message);
    }

    @Test
    void refusesAHeaderInAnotherEncoding() {
        DataFile file = TestFiles.file(folder, "latin.csv", TestFiles.latin1("item_id,title,größe\n"));
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> FileFormat.detect(file, FileKind.ITEMS))
                .withMessage(
                        "latin.csv:1: expected a header that names the columns, found a line that cannot be read: not"
                                + " valid UTF-8");
    }

    @Test
    void refusesGzipThatEndsEarlyNamingTheLastWholeLine() throws IOException {
        String text = "item_id,title\n"
                + IntStream.range(0, 20_000)
                        .mapToObj(k -> k + ",title " + k * 31)
                        .collect(Collectors.joining("\n"));
        byte[] whole = TestFiles.gzip(text);
        DataFile file = TestFiles.file(folder, "items.csv.gz", Arrays.copyOf(whole, whole.length / 2));
        try (RowReader<?> reader = RowReader.items(file, Position.START)) {
            assertThat(reader.next()).isNotNull();
            assertThatExceptionOfType(UnusableFileException.class)
                    .isThrownBy(() -> TestFiles.all(reader))
                    .withMessageMatching(
                            "items\\.csv\\.gz: the gzip data is damaged or ends early, after line [\\d,]+ .*");
        }
    }

    @Test
    void refusesGzipWithNothingBehindItsFirstBytes() {
        DataFile file = TestFiles.file(folder, "items.csv.gz", new byte[] {0x1f, (byte) 0x8b, 8});
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> FileFormat.detect(file, FileKind.ITEMS))
                .withMessageStartingWith("items.csv.gz begins like gzip but is damaged");
    }
}
