package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.ScoringRequest;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.report.ScoringText;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern judgments}: recorded answers, so that others can repeat a result without paying. */
@Command(
        name = "judgments",
        description = "Writes a run's answers to a file, replays a file as a run, or makes one from ranked lists.",
        footer = {
            "",
            "Examples:",
            "  discern judgments export answers.jsonl.gz",
            "  discern judgments import answers.jsonl.gz"
        })
public final class JudgmentsCommand {

    /** {@code discern judgments export}. */
    @Command(
            name = "export",
            description = "Writes a run's answers as JSON lines; gzip when the name ends with .gz.",
            footer = {"", "Example:", "  discern judgments export answers.jsonl.gz --run 3"})
    public static final class Export implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "what to write")
        private Path file = Path.of("");

        @Option(names = "--run", paramLabel = "N", description = "default the newest")
        private @Nullable Long run;

        private final Session session;

        /** In a session. */
        public Export(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Path target = session.path(file);
            Path partial = target.resolveSibling(target.getFileName() + ".part");
            ScoringApi scoring = session.scoring();
            try (InputStream answers = scoring.judgments(run == null ? scoring.newestRun() : run)) {
                try (OutputStream out = open(partial, target)) {
                    answers.transferTo(out);
                }
                Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw CliException.failed("cannot write " + target + ": " + e.getMessage(), e);
            }
            session.terminal().note("Answers: " + target);
            return 0;
        }

        private static OutputStream open(Path partial, Path target) throws IOException {
            OutputStream plain = Files.newOutputStream(partial);
            return target.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain;
        }
    }

    /** {@code discern judgments import}. */
    @Command(
            name = "import",
            description = "Replays recorded answers as a scoring run.",
            footer = {"", "Example:", "  discern judgments import answers.jsonl.gz"})
    public static final class Import implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "JSON lines, plain or gzip")
        private Path file = Path.of("");

        @Option(names = "--seed", description = "of the candidates; default ${DEFAULT-VALUE}")
        private long seed = 1;

        private final Session session;

        /** In a session. */
        public Import(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Path source = session.path(file);
            Arguments.requireFile("FILE", source);
            ScoringApi scoring = session.scoring();
            String upload = scoring.upload(source).uploadId();
            ScoringText.lines(scoring.score(
                            new ScoringRequest(Judge.RECORDED.toString(), null, upload, null, seed, null)))
                    .forEach(session.terminal()::result);
            return 0;
        }
    }
}
