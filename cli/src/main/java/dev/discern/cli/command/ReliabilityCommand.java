package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.report.JudgeText;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern reliability}. */
@Command(
        name = "reliability",
        description =
                "Says where the judge can be trusted, and why not elsewhere: how often it puts a held-out interaction above the other candidates.",
        footer = {"", "Examples:", "  discern reliability --run 3", "  discern reliability --html report.html"})
public final class ReliabilityCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "N", description = "default the newest")
    private @Nullable Long run;

    @Option(names = "--json", description = "print the whole report as JSON")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "also write the report as a page for browsers")
    private @Nullable Path html;

    private final Session session;

    /** In a session. */
    public ReliabilityCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path page = html == null ? null : session.path(html);
        if (page != null) {
            Arguments.requireWritable("--html", page);
        }
        ScoringApi scoring = session.scoring();
        long reported = run == null ? scoring.newestRun() : run;
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(scoring.reliabilityJson(reported)));
        } else {
            JudgeText.lines(scoring.reliability(reported)).forEach(session.terminal()::result);
        }
        if (page != null) {
            write(scoring, reported, page);
        }
        return 0;
    }

    private void write(ScoringApi scoring, long reported, Path page) {
        try (InputStream content = scoring.reliabilityPage(reported)) {
            Files.copy(content, page, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CliException.failed("cannot write " + page + ": " + e.getMessage(), e);
        }
        session.terminal().note("Page: " + page);
    }
}
