package dev.discern.scoring.catalog.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the fields of a record are separated. */
enum Syntax {
    /** Comma-separated values as in RFC 4180. */
    CSV,
    /** Tab-separated values without quotes, as RecBole writes them. */
    TAB_SEPARATED,
    /** A JSON object on each line. */
    JSON_LINES;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The syntax of a file with this first line. */
    static Syntax of(RawRecord first) {
        String text = new String(first.bytes(), StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("{")) {
            return JSON_LINES;
        }
        return text.indexOf('\t') >= 0 && text.indexOf(',') < 0 ? TAB_SEPARATED : CSV;
    }

    RecordScanner scan(DataFile file, Position from) throws IOException {
        return this == CSV ? RecordScanner.quoted(file, ',', from) : RecordScanner.lines(file, from);
    }

    /** The fields of a row of this syntax. */
    Fields fields(Layout layout, RawRecord row) throws BadRowException {
        return this == JSON_LINES ? new JsonFields(layout, object(row)) : new DelimitedFields(layout, split(row));
    }

    /** The values of a delimited record. */
    List<String> split(RawRecord row) throws BadRowException {
        String text = decode(row);
        return this == TAB_SEPARATED ? Arrays.asList(text.split("\t", -1)) : splitCsv(text);
    }

    private static List<String> splitCsv(String text) throws BadRowException {
        if (text.indexOf('"') < 0) {
            return Arrays.asList(text.split(",", -1));
        }
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw new BadRowException("", "a line end outside quotes", text);
            }
            return records.getFirst().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadRowException("", "text between a closing quote and the next comma", text);
        }
    }

    /** The object of a JSON line. */
    static JsonNode object(RawRecord row) throws BadRowException {
        String text = decode(row);
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new BadRowException("", "broken JSON: " + e.getOriginalMessage(), text);
        }
        if (!node.isObject()) {
            throw new BadRowException("", "expected a JSON object", text);
        }
        return node;
    }

    private static String decode(RawRecord row) throws BadRowException {
        if (row.defect() != null) {
            throw new BadRowException("", row.defect(), new String(row.bytes(), StandardCharsets.UTF_8));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(row.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRowException("", "not valid UTF-8", new String(row.bytes(), StandardCharsets.UTF_8));
        }
    }
}
