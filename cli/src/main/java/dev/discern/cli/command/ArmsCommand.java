package dev.discern.cli.command;

import dev.discern.cli.api.ServingApi;
import dev.discern.cli.report.ArmsText;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern arms}. */
@Command(
        name = "arms",
        description =
                "Says what came of the answers of champion and challenger: how many led to an event, and how far the challenger is ahead.",
        footer = {"", "Examples:", "  discern arms", "  discern arms --since 2026-01-31 --json"})
public final class ArmsCommand implements Callable<Integer> {

    @Option(
            names = "--since",
            paramLabel = "DAY",
            converter = Day.class,
            description = "the first day that counts, UTC, such as 2026-01-31; default 30 days ago")
    private @Nullable LocalDate since;

    @Option(names = "--json", description = "print the whole report as JSON")
    private boolean json;

    private final Session session;

    /** In a session. */
    public ArmsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ServingApi serving = session.serving();
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(serving.armsJson(since)));
        } else {
            ArmsText.lines(serving.arms(since)).forEach(session.terminal()::result);
        }
        return 0;
    }
}
