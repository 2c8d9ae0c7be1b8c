package dev.discern.scoring.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.catalog.file.TestFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedFileTests {

    private static final String GOOD =
            "{\"userId\":\"u\",\"candidates\":[\"a\",\"b\"],\"scores\":[0.1,0.2],\"auditItem\":\"a\",\"model\":\"x\"}";

    @TempDir
    private Path folder;

    @Test
    void readsPlainAndGzipAlikeWhateverTheName() throws IOException {
        String text = GOOD + "\n\n  \r\n" + GOOD.replace("\"u\"", "\"ü\"") + "\r\n";

        assertThat(read(text.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("1 u [a, b] [0.1, 0.2] a", "4 ü [a, b] [0.1, 0.2] a");
        assertThat(read(TestFiles.gzip(text))).isEqualTo(read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anEmptyFileHasNoAnswers() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[] {'\n'})).isEmpty();
        assertThat(read(TestFiles.gzip(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"userId\":\"u\"",
                "[]",
                "7",
                "\"text\"",
                "{\"userId\":\"u\",\"candidates\":[\"a\"],\"scores\":[NaN]}",
                "{\"userId\":\"u\",\"candidates\":[\"a\"],\"scores\":[\"high\"]}",
                "{\"userId\":\"u\",\"candidates\":\"a\",\"scores\":[1]}",
                "{\"userId\":{},\"candidates\":[\"a\"],\"scores\":[1]}",
            })
    void aLineThatIsNoJsonOfThisFormIsToldAndTheNextOneRead(String line) throws IOException {
        List<String> read = read((line + "\n" + GOOD).getBytes(StandardCharsets.UTF_8));

        assertThat(read).hasSize(2);
        assertThat(read.get(0))
                .startsWith("1 unreadable: ")
                .hasSizeGreaterThan(20)
                .doesNotContain("\n");
        assertThat(read.get(1)).startsWith("2 u");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"candidates\":[\"a\"],\"scores\":[1]}",
                "{\"userId\":null,\"candidates\":[\"a\"],\"scores\":[1]}",
                "{\"userId\":\"u\",\"scores\":[1]}",
                "{\"userId\":\"u\",\"candidates\":[\"a\"]}",
            })
    void aLineThatLacksAMemberIsTold(String line) throws IOException {
        assertThat(read(line.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("1 unreadable: expected userId, candidates and scores");
    }

    @Test
    void writesWhatItReads() throws IOException {
        RecordedAnswer answer = new RecordedAnswer(
                "u/ü\n",
                List.of("h"),
                3,
                List.of("a", "b"),
                List.of(0.25, 1.0),
                null,
                List.of(0.5, 1e-7),
                List.of("uniform", "tail"));
        StringWriter text = new StringWriter();
        RecordedFile.write(answer, text);
        RecordedFile.write(answer, text);
        Path file = Files.writeString(folder.resolve("answers"), text.toString());
        List<RecordedAnswer> answers = new ArrayList<>();
        RecordedFile.read(file, new RecordedFile.LineConsumer() {
            @Override
            public void answer(int line, RecordedAnswer read) {
                answers.add(read);
            }

            @Override
            public void unreadable(int line, String reason) {
                throw new AssertionError(reason);
            }
        });

        assertThat(answers).containsExactly(answer, answer);
        assertThat(text.toString()).doesNotContain("auditItem");
    }

    private List<String> read(byte[] bytes) throws IOException {
        List<String> read = new ArrayList<>();
        RecordedFile.read(Files.write(folder.resolve("file"), bytes), new RecordedFile.LineConsumer() {
            @Override
            public void answer(int line, RecordedAnswer answer) {
                read.add("%d %s %s %s %s"
                        .formatted(line, answer.userId(), answer.candidates(), answer.scores(), answer.auditItem()));
            }

            @Override
            public void unreadable(int line, String reason) {
                read.add(line + " unreadable: " + reason);
            }
        });
        return read;
    }
}
