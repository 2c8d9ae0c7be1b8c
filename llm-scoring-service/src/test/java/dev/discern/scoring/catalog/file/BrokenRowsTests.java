package dev.discern.scoring.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Each kind of bad row is told from the good ones around it, with its line, column and reason. */
class BrokenRowsTests {

    private static final String HEADER = "user_id,item_id,rating,timestamp,kind\n";
    private static final String GOOD = "u,i,1,1365029107,view\n";
    private static final String NO_TIME =
            "no time: expected epoch seconds, epoch milliseconds or ISO-8601, in the years 1 to 9999";

    static final List<Arguments> INTERACTIONS = List.of(
            bad("missing user", ",i,1,1,view", "user_id", "an id is missing", ""),
            bad("blank item", "u,  ,1,1,view", "item_id", "an id is missing", ""),
            bad("missing time", "u,i,1,,view", "timestamp", NO_TIME, ""),
            bad("words for a time", "u,i,1,yesterday,view", "timestamp", NO_TIME, "yesterday"),
            bad("a date that is none", "u,i,1,2023-02-30,view", "timestamp", NO_TIME, "2023-02-30"),
            bad("a far future", "u,i,1,99999999999999999,view", "timestamp", NO_TIME, "99999999999999999"),
            bad("words for a rating", "u,i,good,1,view", "rating", "no rating: expected a number", "good"),
            bad("not a number", "u,i,NaN,1,view", "rating", "no rating: expected a number", "NaN"),
            bad("a rating beyond all bounds", "u,i,1e99,1,view", "rating", "no rating: expected a number", "1e99"),
            bad("too few columns", "u,i,1", "", "expected 5 columns, found 3", "u,i,1"),
            bad("too many columns", "u,i,1,1,view,x", "", "expected 5 columns, found 6", "u,i,1,1,view,x"),
            bad("a quote never closed", "u,\"i,1,1,view", "", "a quote is never closed", "u,\"i,1,1,view"),
            bad(
                    "text behind a quote",
                    "u,\"i\"x,1,1,view",
                    "",
                    "text between a closing quote and the next comma",
                    "u,\"i\"x,1,1,view"),
            bad(
                    "a line end in an id",
                    "\"u\nv\",i,1,1,view",
                    "user_id",
                    "a control character or line end in an id",
                    "u v"),
            bad("a tab in an id", "u,i\t,1,1,view", "item_id", "a control character or line end in an id", "i "),
            bad("a tab in a kind", "u,i,1,1,a\tb", "kind", "a control character or line end in an id", "a b"),
            bad(
                    "an id too long",
                    "u".repeat(257) + ",i,1,1,view",
                    "user_id",
                    "longer than 256 characters",
                    "u".repeat(200) + "…"));

    static final List<Arguments> JSON = List.of(
            bad("no JSON", "{\"user_id\":\"u\"", "", "broken JSON: ", "{\"user_id\":\"u\""),
            bad("two objects", "{} {}", "", "broken JSON: ", "{} {}"),
            bad("no object", "[1]", "", "expected a JSON object", "[1]"),
            bad("an id that is none", "{\"user_id\":{},\"item_id\":1}", "user_id", "expected a text or a number", "{}"),
            bad("a list of ids", "{\"user_id\":[1],\"item_id\":1}", "user_id", "expected a text or a number", "[1]"),
            bad("no id", "{\"item_id\":1}", "user_id", "an id is missing", ""),
            bad("a null id", "{\"user_id\":null,\"item_id\":1}", "user_id", "an id is missing", ""),
            bad(
                    "half a character",
                    "{\"user_id\":\"\\ud83d\",\"item_id\":1}",
                    "user_id",
                    "half a surrogate pair",
                    "?"));

    private static Arguments bad(String what, String row, String column, String reason, String value) {
        return Arguments.of(what, row, column, reason, value);
    }

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @FieldSource("INTERACTIONS")
    void rejectsOneBadRowAndKeepsItsNeighbours(String what, String row, String column, String reason, String value)
            throws IOException {
        List<Row<InteractionRow>> rows = read("bad.csv", HEADER + GOOD + row + "\n" + GOOD + GOOD);

        assertThat(rows).hasSize(4);
        assertThat(rows.get(1)).isEqualTo(new Row.Rejected<>(new Reject(3, column, reason, value)));
        assertThat(List.of(rows.get(0), rows.get(2), rows.get(3))).allMatch(Row.Accepted.class::isInstance);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("JSON")
    void rejectsOneBadJsonLineAndKeepsItsNeighbours(String what, String row, String column, String reason, String value)
            throws IOException {
        String good = "{\"user_id\":\"u\",\"item_id\":\"i\"}\n";
        List<Row<InteractionRow>> rows = read("bad.jsonl", good + row + "\n" + good);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(Row.Rejected.class, rejected -> {
            assertThat(rejected.reject().line()).isEqualTo(2);
            assertThat(rejected.reject().column()).isEqualTo(column);
            assertThat(rejected.reject().reason()).startsWith(reason);
            assertThat(rejected.reject().value().getBytes(StandardCharsets.UTF_8))
                    .isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        });
        assertThat(List.of(rows.get(0), rows.get(2))).allMatch(Row.Accepted.class::isInstance);
    }

    @Test
    void rejectsInvalidUtf8() throws IOException {
        byte[] latin1 = TestFiles.latin1("item_id,title\na,Käse\nb,Brot\n");
        assertThat(readItems("items.csv", latin1))
                .extracting(BrokenRowsTests::outcome)
                .containsExactly("2  not valid UTF-8: a,K\uFFFDse", "accepted");
    }

    @Test
    void rejectsWhatPostgresCannotStoreAndFieldsWithoutMeasure() throws IOException {
        String text = "item_id,title,notes\na,x\u0000y,\nb,t,%s\nc,t,n\n".formatted("n".repeat(70_000));
        assertThat(readItems("items.csv", text.getBytes(StandardCharsets.UTF_8)))
                .extracting(BrokenRowsTests::outcome)
                .containsExactly(
                        "2 title the character U+0000, which cannot be stored: x y",
                        "3 notes longer than 65,536 characters: " + "n".repeat(200) + "…",
                        "accepted");
    }

    @Test
    void givesUpOneLineOfMoreThanAMegabyteAndAQuoteThatWouldSwallowTheFile() throws IOException {
        String longLine = "b," + "x".repeat(3 << 20);
        String open = "c,\"never closed";
        String many = "d,fine\n".repeat(300_000);
        assertThat(readItems(
                        "items.csv",
                        ("item_id,title\na,t\n" + longLine + "\n" + open + "\n" + many)
                                .getBytes(StandardCharsets.UTF_8)))
                .hasSize(300_003)
                .extracting(BrokenRowsTests::outcome)
                .startsWith(
                        "accepted",
                        "3  a line of more than 1,048,576 bytes: b," + "x".repeat(198) + "…",
                        "4  a quote is never closed: c,\"never closed",
                        "accepted")
                .endsWith("accepted");
    }

    @Test
    void aQuoteNeverClosedBeforeAnotherQuotedFieldCostsItsOwnLineOnly() throws IOException {
        String text = "item_id,title\na,\"open\nb,\"closed\"\nc,\"open again\nd,\"two\nlines\"\n";
        assertThat(readItems("items.csv", text.getBytes(StandardCharsets.UTF_8)))
                .extracting(BrokenRowsTests::outcome)
                .containsExactly(
                        "2  a quote is never closed: a,\"open",
                        "accepted",
                        "4  a quote is never closed: c,\"open again",
                        "accepted");
    }

    private List<Row<InteractionRow>> read(String name, String text) throws IOException {
        try (RowReader<InteractionRow> reader =
                RowReader.interactions(TestFiles.file(folder, name, text), Position.START)) {
            return TestFiles.all(reader);
        }
    }

    private List<Row<Item>> readItems(String name, byte[] bytes) throws IOException {
        try (RowReader<Item> reader = RowReader.items(TestFiles.file(folder, name, bytes), Position.START)) {
            return TestFiles.all(reader);
        }
    }

    private static String outcome(Row<?> row) {
        return switch (row) {
            case Row.Accepted<?> accepted -> "accepted";
            case Row.Rejected<?>(Reject reject) ->
                "%d %s %s: %s".formatted(reject.line(), reject.column(), reject.reason(), reject.value());
        };
    }
}
