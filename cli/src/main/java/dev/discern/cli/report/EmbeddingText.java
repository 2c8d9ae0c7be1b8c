package dev.discern.cli.report;

import dev.discern.cli.api.ScoringApi.EncodingResult;
import dev.discern.cli.api.TrainingApi.EmbeddingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What adding items to a model came to, in lines. */
public final class EmbeddingText {

    private EmbeddingText() {}

    /** The texts that were encoded, what was published, and what is still missing. */
    public static List<String> lines(EncodingResult encoded, EmbeddingResult embedded) {
        List<String> lines = new ArrayList<>();
        lines.add(line("%,d texts encoded by %s", encoded.encoded(), encoded.encoder()));
        lines.add(
                embedded.version() == null
                        ? line(
                                "%s knows every item that has a text vector: nothing to publish",
                                embedded.embeddedFrom())
                        : line(
                                "%s: %s with %,d new items%s",
                                embedded.version(),
                                embedded.embeddedFrom(),
                                embedded.newItems(),
                                embedded.champion() ? "; it is champion now" : ""));
        if (embedded.withoutVector() > 0) {
            lines.add(line(
                    "%,d new items have a text that the model's own encoder has not encoded",
                    embedded.withoutVector()));
        }
        if (embedded.withoutText() > 0) {
            lines.add(line("%,d new items have no text, and need a training", embedded.withoutText()));
        }
        return lines;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
