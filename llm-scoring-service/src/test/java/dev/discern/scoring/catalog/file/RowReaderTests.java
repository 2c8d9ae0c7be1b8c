package dev.discern.scoring.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTests {

    @TempDir
    private Path folder;

    @Test
    void readsOurOwnItemsWithExtraColumnsAsAttributes() throws IOException {
        assertThat(items("items.csv", """
                item_id,title,categories,description,director
                a/1,"Heat, 1995",Crime|Drama | Crime,"They said ""no"".
                Twice.",Mann
                b,Ödipus,,,
                """))
                .containsExactly(
                        new Item(
                                "a/1",
                                "Heat, 1995",
                                List.of("Crime", "Drama"),
                                "They said \"no\".\nTwice.",
                                Map.of("director", "Mann"),
                                true),
                        new Item("b", "Ödipus", List.of(), "", Map.of(), true));
    }

    @Test
    void readsWhenItemsExpire() throws IOException {
        assertThat(items("items.csv", """
                item_id,title,expires_at
                a,A,2030-01-31T09:30:00Z
                b,B,
                """))
                .containsExactly(
                        new Item("a", "A", List.of(), "", Map.of(), true, Instant.parse("2030-01-31T09:30:00Z")),
                        new Item("b", "B", List.of(), "", Map.of(), true));
    }

    @Test
    void readsOurOwnInteractions() throws IOException {
        assertThat(interactions("interactions.csv", """
                user_id,item_id,rating,timestamp,kind
                u1,a/1,4.5,1365029107,view
                u 2,b,,2013-04-03T22:45:07Z,
                """))
                .containsExactly(
                        new InteractionRow("u1", "a/1", Instant.ofEpochSecond(1365029107), "view", 4.5f),
                        new InteractionRow("u 2", "b", Instant.ofEpochSecond(1365029107), "interaction", 1));
    }

    @Test
    void putsInteractionsWithoutTimesAtTheEpoch() throws IOException {
        assertThat(interactions("clicks.csv", "user_id,item_id\nu,i\n"))
                .containsExactly(new InteractionRow("u", "i", Instant.EPOCH, "interaction", 1));
    }

    @Test
    void readsMovieLens() throws IOException {
        assertThat(interactions("ratings.csv", "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n"))
                .containsExactly(new InteractionRow("1", "31", Instant.ofEpochSecond(1260759144), "interaction", 2.5f));
        assertThat(items("movies.csv", """
                movieId,title,genres
                1,Toy Story (1995),Animation|Comedy
                2,Nothing (2000),(no genres listed)
                """))
                .containsExactly(
                        new Item("1", "Toy Story (1995)", List.of("Animation", "Comedy"), "", Map.of(), true),
                        new Item("2", "Nothing (2000)", List.of(), "", Map.of(), true));
    }

    @Test
    void readsRecBoleAtomicFiles() throws IOException {
        assertThat(interactions(
                        "ml.inter",
                        "user_id:token\titem_id:token\trating:float\ttimestamp:float\n196\t242\t3\t881250949.0\n"))
                .containsExactly(new InteractionRow("196", "242", Instant.ofEpochSecond(881250949), "interaction", 3));
        assertThat(items("ml.item", """
                item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq
                1\tToy "Story"\t1995\tAnimation Comedy
                """))
                .containsExactly(new Item(
                        "1",
                        "Toy \"Story\"",
                        List.of("Animation", "Comedy"),
                        "",
                        Map.of("release_year", "1995"),
                        true));
    }

    @Test
    void readsAmazonReviewsAndMetadata() throws IOException {
        assertThat(interactions("reviews.json", """
                {"reviewerID":"A1","asin":"B01","overall":5.0,"reviewText":"fine","unixReviewTime":1365465600}
                """))
                .containsExactly(new InteractionRow("A1", "B01", Instant.ofEpochSecond(1365465600), "interaction", 5));
        assertThat(items("meta.json", """
                {"asin":"B01","title":"Soap","price":3.5,"categories":[["Beauty","Bath"],["Beauty","Soap"]],"related":{"also":["B02"]}}
                {"asin":"B02","description":["One.","Two."],"brand":null}
                """))
                .containsExactly(
                        new Item(
                                "B01",
                                "Soap",
                                List.of("Beauty", "Bath", "Soap"),
                                "",
                                Map.of("price", "3.5", "related", "{\"also\":[\"B02\"]}"),
                                true),
                        new Item("B02", "", List.of(), "One. Two.", Map.of(), true));
    }

    @Test
    void readsOurFieldNamesAsJsonLines() throws IOException {
        assertThat(items("items.jsonl", "{\"item_id\":7,\"title\":\"T\",\"categories\":[\"x|y\",\"z\"]}\n"))
                .containsExactly(new Item("7", "T", List.of("x|y", "z"), "", Map.of(), true));
    }

    @Test
    void acceptsGzipWhateverTheNameByteOrderMarkWindowsLineEndsBlankLinesAndNoLastLineEnd() throws IOException {
        String text = "\uFEFFuser_id,item_id\r\n\r\nu1,i1\r\n\r\n\"u2\",i2";
        for (DataFile file : List.of(
                TestFiles.file(folder, "plain.csv", text),
                TestFiles.file(folder, "packed.csv", TestFiles.gzip(text)),
                TestFiles.file(folder, "packed.csv.GZ", TestFiles.gzip(text)))) {
            try (RowReader<InteractionRow> reader = RowReader.interactions(file, Position.START)) {
                List<Row<InteractionRow>> rows = TestFiles.all(reader);
                assertThat(rows).extracting(Row::line).as(file.name()).containsExactly(3L, 5L);
                assertThat(rows).allMatch(row -> row instanceof Row.Accepted<InteractionRow>);
                assertThat(reader.bytesRead()).isEqualTo(file.bytes());
            }
        }
    }

    @Test
    void goesOnWhereAnotherReaderStopped() throws IOException {
        StringBuilder text = new StringBuilder("item_id,title,description\n");
        IntStream.range(0, 5_000).forEach(k -> text.append("i%d,ü%d,\"two\nlines\"\n".formatted(k, k)));
        DataFile file = TestFiles.file(folder, "items.csv.gz", TestFiles.gzip(text.toString()));
        List<Row<Item>> whole;
        try (RowReader<Item> reader = RowReader.items(file, Position.START)) {
            whole = TestFiles.all(reader);
        }
        assertThat(whole).hasSize(5_000);

        for (int stop : List.of(0, 1, 13, 4_999, 5_000)) {
            Position position;
            try (RowReader<Item> reader = RowReader.items(file, Position.START)) {
                for (int k = 0; k < stop; k++) {
                    assertThat(reader.next()).isEqualTo(whole.get(k));
                }
                position = reader.position();
            }
            try (RowReader<Item> reader = RowReader.items(file, position)) {
                assertThat(TestFiles.all(reader)).isEqualTo(whole.subList(stop, whole.size()));
            }
        }
    }

    private List<Item> items(String name, String text) throws IOException {
        try (RowReader<Item> reader = RowReader.items(TestFiles.file(folder, name, text), Position.START)) {
            return TestFiles.all(reader).stream().map(RowReaderTests::accepted).toList();
        }
    }

    private List<InteractionRow> interactions(String name, String text) throws IOException {
        try (RowReader<InteractionRow> reader =
                RowReader.interactions(TestFiles.file(folder, name, text), Position.START)) {
            return TestFiles.all(reader).stream().map(RowReaderTests::accepted).toList();
        }
    }

    private static <T> T accepted(Row<T> row) {
        assertThat(row).isInstanceOf(Row.Accepted.class);
        return ((Row.Accepted<T>) row).value();
    }
}
