package dev.discern.cli.command;

import dev.discern.cli.ranking.RankedListsConversion;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code discern judgments convert}. */
@Command(
        name = "convert",
        description = {
            "Turns ranked lists that a model returned into judgments, and writes the interactions to examine them on:",
            "the train part of the lists' own split and two held-out items for each user, one of them among the candidates."
        },
        footer = {
            "",
            "Example:",
            "  discern judgments convert --rankings rankings.csv.gz --candidates candidates.csv.gz --split split.csv.gz \\",
            "      --model palm-2 --task rerank_mostpop --items items.csv.gz --out palm"
        })
public final class ConvertCommand implements Callable<Integer> {

    @Option(
            names = "--rankings",
            paramLabel = "FILE",
            required = true,
            description = "CSV: user_id,rank,item_id, and model,task where there are several")
    private Path rankings = Path.of("");

    @Option(
            names = "--candidates",
            paramLabel = "FILE",
            required = true,
            description = "CSV: user_id,candidate_rank,item_id, likewise; the lists as they were shown")
    private Path candidates = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "FILE",
            required = true,
            description = "CSV: user_id,item_id,timestamp,split (train or test), and rating")
    private Path split = Path.of("");

    @Option(names = "--model", paramLabel = "NAME", description = "whose lists, where the files have several")
    private @Nullable String model;

    @Option(names = "--task", paramLabel = "NAME", description = "which lists of it, where the files have several")
    private @Nullable String task;

    @Option(names = "--items", paramLabel = "FILE", description = "copied, so that FOLDER is a data set for --data")
    private @Nullable Path items;

    @Option(names = "--seed", description = "of the held-out items; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "gets interactions.csv and judgments.jsonl")
    private Path out = Path.of("");

    private final Session session;

    /** In a session. */
    public ConvertCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Arguments.requireFile("--rankings", session.path(rankings));
        Arguments.requireFile("--candidates", session.path(candidates));
        Arguments.requireFile("--split", session.path(split));
        if (items != null) {
            Arguments.requireFile("--items", session.path(items));
        }
        Path folder = session.path(out);
        RankedListsConversion.Result result = RankedListsConversion.convert(
                session.path(rankings), session.path(candidates), session.path(split), model, task, seed, folder);
        if (items != null) {
            copyItems(session.path(items), folder);
        }
        print(result, folder);
        return 0;
    }

    private static void copyItems(Path source, Path folder) {
        String name = String.valueOf(source.getFileName());
        Path target = folder.resolve("items" + name.substring(Math.max(0, name.indexOf('.'))));
        try {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CliException.failed("cannot copy %s to %s: %s".formatted(source, target, e.getMessage()), e);
        }
    }

    private void print(RankedListsConversion.Result result, Path folder) {
        session.terminal()
                .result(String.format(
                        Locale.ROOT,
                        "%,d lists with an audit item, %,d without, %,d of no use",
                        result.exams(),
                        result.others(),
                        result.leftOut()));
        session.terminal()
                .result(String.format(
                        Locale.ROOT,
                        "%,d candidates kept, %,d of them not ranked; dropped: %,d in the train part, %,d held out too",
                        result.kept(),
                        result.unranked(),
                        result.known(),
                        result.alsoHeldOut()));
        session.terminal().note("Judgments and interactions: " + folder);
    }
}
