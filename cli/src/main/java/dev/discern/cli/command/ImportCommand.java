package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.ImportResult;
import dev.discern.cli.api.ScoringApi.Imported;
import dev.discern.cli.data.DataFiles;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern import}. */
@Command(
        name = "import",
        description =
                "Imports items and interactions: CSV or JSON lines, plain or gzip. The same file twice changes nothing.",
        footer = {
            "",
            "Examples:",
            "  discern import my-shop",
            "  discern import --items items.csv.gz --interactions clicks.jsonl --dry-run"
        })
public final class ImportCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "a folder with items.* and interactions.*")
    private @Nullable Path folder;

    @Option(names = "--items", paramLabel = "FILE", description = "item_id,title[,categories][,description][,…]")
    private @Nullable Path items;

    @Option(names = "--interactions", paramLabel = "FILE", description = "user_id,item_id[,rating][,timestamp][,kind]")
    private @Nullable Path interactions;

    @Option(
            names = "--max-reject-share",
            paramLabel = "SHARE",
            description = "fail when more of a file's rows than this are bad; default ${DEFAULT-VALUE}")
    private double maxRejectShare = 0.05;

    @Option(names = "--rejects", paramLabel = "FILE", description = "where to write bad rows; default rejects-JOB.csv")
    private @Nullable Path rejects;

    @Option(names = "--dry-run", description = "read and check everything, store nothing")
    private boolean dryRun;

    private final Session session;

    /** In a session. */
    public ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (maxRejectShare < 0 || maxRejectShare > 1) {
            throw CliException.badUsage("--max-reject-share %s: expected 0 to 1".formatted(maxRejectShare));
        }
        DataFiles files = files();
        ScoringApi scoring = session.scoring();
        Imported imported = scoring.importFiles(files.items(), files.interactions(), maxRejectShare, dryRun);
        print(imported.result());
        if (imported.result().rejects() > 0) {
            saveRejects(scoring, imported.job());
        }
        return 0;
    }

    private DataFiles files() {
        if (folder != null && items == null && interactions == null) {
            return DataFiles.in(session.path(folder));
        }
        if (folder == null && items != null && interactions != null) {
            return DataFiles.of(session.path(items), session.path(interactions));
        }
        throw CliException.badUsage("expected a folder, or both --items and --interactions");
    }

    private void print(ImportResult result) {
        session.terminal()
                .result(String.format(
                        Locale.ROOT,
                        "items         %,d read: %,d new, %,d changed, %,d unchanged, %,d rejected",
                        result.items().read(),
                        result.items().inserted(),
                        result.items().updated(),
                        result.items().unchanged(),
                        result.items().rejected()));
        session.terminal()
                .result(String.format(
                        Locale.ROOT,
                        "interactions  %,d read: %,d new, %,d unchanged, %,d rejected; of %,d users",
                        result.interactions().read(),
                        result.interactions().inserted(),
                        result.interactions().unchanged(),
                        result.interactions().rejected(),
                        result.users()));
        if (dryRun) {
            session.terminal().result("Nothing was stored (--dry-run)");
        }
    }

    private void saveRejects(ScoringApi scoring, long job) {
        Path file = session.path(rejects == null ? Path.of("rejects-" + job + ".csv") : rejects);
        try (InputStream rows = scoring.rejects(job)) {
            Files.copy(rows, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CliException.failed(
                    "the import is done, but its rejected rows could not be written to " + file + ": " + e.getMessage(),
                    e);
        }
        session.terminal().note("Rejected rows, each with file, line, column and reason: " + file);
    }
}
