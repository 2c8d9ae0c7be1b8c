package dev.discern.scoring.llm;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file of recorded answers, plain or gzip, a line at a time, and writes their lines. */
public final class RecordedFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Receives lines. */
    public interface LineConsumer {

        /** An answer of line {@code line}, counted from 1. */
        void answer(int line, RecordedAnswer answer);

        /** A line that is no answer, and why. */
        void unreadable(int line, String reason);
    }

    private RecordedFile() {}

    /** Reads every line; blank ones are skipped. */
    public static void read(Path file, LineConsumer consumer) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            int line = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (text.isBlank()) {
                    continue;
                }
                try {
                    RecordedAnswer answer = JSON.readValue(text, RecordedAnswer.class);
                    if (answer == null
                            || answer.userId() == null
                            || answer.candidates() == null
                            || answer.scores() == null) {
                        consumer.unreadable(line, "expected userId, candidates and scores");
                    } else {
                        consumer.answer(line, answer);
                    }
                } catch (JacksonException e) {
                    consumer.unreadable(line, e.getOriginalMessage());
                }
            }
        }
    }

    /** An answer as a line of such a file. */
    public static void write(RecordedAnswer answer, Writer out) throws IOException {
        out.write(JSON.writeValueAsString(answer));
        out.write('\n');
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in) : in;
    }
}
