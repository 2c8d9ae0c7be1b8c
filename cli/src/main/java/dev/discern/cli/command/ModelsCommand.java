package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.RegisteredModel;
import dev.discern.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code discern models}. */
@Command(
        name = "models",
        description = "Lists the trained models with their state and lineage.",
        footer = {"", "Example:", "  discern models"})
public final class ModelsCommand implements Callable<Integer> {

    private final Session session;

    /** In a session. */
    public ModelsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TrainingApi training = session.training();
        Map<String, @Nullable String> aliases = training.aliases();
        TextTable table = new TextTable(
                "version",
                "backbone",
                "regularizer",
                "seed",
                "state",
                "alias",
                "trained",
                "data",
                "judgments",
                "code",
                "from");
        for (RegisteredModel model : training.models()) {
            table.row(List.of(
                    model.version(),
                    model.backbone(),
                    model.regularizer(),
                    Long.toString(model.seed()),
                    Objects.requireNonNullElse(model.state(), ""),
                    aliases(model, aliases),
                    Objects.requireNonNullElse(model.createdAt(), "").replaceFirst("\\..*", "Z"),
                    abbreviated(model.dataHash()),
                    abbreviated(model.judgmentsHash()),
                    Objects.requireNonNullElse(model.codeVersion(), ""),
                    from(model)));
        }
        table.lines().forEach(session.terminal()::result);
        return 0;
    }

    /** The version that it comes from, and how. */
    private static String from(RegisteredModel model) {
        if (model.embeddedFrom() != null) {
            return model.embeddedFrom() + ", with new items";
        }
        return model.warmStart() == null ? "" : model.warmStart() + ", by warm start";
    }

    /** As much of a hash as tells it from another. */
    private static String abbreviated(@Nullable String hash) {
        return hash == null ? "" : hash.substring(0, Math.min(8, hash.length()));
    }

    private static String aliases(RegisteredModel model, Map<String, @Nullable String> aliases) {
        return aliases.entrySet().stream()
                .filter(alias -> model.version().equals(alias.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
