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
        lines.add(String.format(Locale.ROOT, "%,d texts encoded by %s", encoded.encoded(), encoded.encoder()));
        if (embedded.version() == null) {
            lines.add(embedded.embeddedFrom() + " knows every item that has a text vector: nothing to publish");
        } else {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %s with %,d new items%s",
                    embedded.version(),
                    embedded.embeddedFrom(),
                    embedded.newItems(),
                    embedded.champion() ? "; it is champion now" : ""));
        }
        if (embedded.withoutVector() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d new items have a text that the model's own encoder has not encoded",
                    embedded.withoutVector()));
        }
        if (embedded.withoutText() > 0) {
            lines.add(String.format(
                    Locale.ROOT, "%,d new items have no text, and need a training", embedded.withoutText()));
        }
        return lines;
    }
}
