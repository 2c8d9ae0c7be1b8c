package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi.EncodingResult;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.EmbeddingResult;
import dev.discern.cli.demo.Encoder;
import dev.discern.cli.report.EmbeddingText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern embed}. */
@Command(
        name = "embed",
        description = "Adds the items that a model does not know to it, by their texts; nothing is trained.",
        footer = {
            "",
            "Encodes the texts of new items and publishes the model with them. Where it was the champion, the new version is",
            "champion in its place. What the model knew before keeps its scores. Models of the backbone history can do this.",
            "",
            "Examples:",
            "  discern embed",
            "  discern embed --model history-off-12 --json"
        })
public final class EmbedCommand implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "VERSION", description = "the version to add to; default ${DEFAULT-VALUE}")
    private String version = TrainingApi.CHAMPION;

    @Option(
            names = "--encoder",
            description = "${COMPLETION-CANDIDATES}; default the one that has encoded most texts so far")
    private @Nullable Encoder encoder;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    private final Session session;

    /** In a session. */
    public EmbedCommand(Session session) {
        this.session = session;
    }

    private record Whole(EncodingResult encoding, EmbeddingResult embedding) {}

    @Override
    public Integer call() {
        EncodingResult encoded = session.scoring().encode(encoder == null ? null : encoder.toString());
        EmbeddingResult embedded = session.training().embed(version);
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(new Whole(encoded, embedded)));
        } else {
            EmbeddingText.lines(encoded, embedded).forEach(session.terminal()::result);
        }
        return 0;
    }
}
