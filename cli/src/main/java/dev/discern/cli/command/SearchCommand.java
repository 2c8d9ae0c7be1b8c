package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi.Search;
import dev.discern.cli.api.TrainingApi.SearchRequest;
import dev.discern.cli.report.SearchText;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern search}. */
@Command(
        name = "search",
        description = "Looks for the parameters of a model by its validation items. The same search is done once.",
        footer = {
            "",
            "Examples:",
            "  discern search --range lambda=0.1,0.3,1 --range rareGain=0..2",
            "  discern search --regularizer off --strategy halving --range learningRate=1e-3..1e-1:log --range dim=64..256",
            "  discern search --backbone bpr-mf --regularizer off --range learningRate=0.1..2:log --range dim=16..128"
        })
public final class SearchCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(names = "--trials", description = "points of the ranges that are tried; default ${DEFAULT-VALUE}")
    private int trials = 16;

    @Option(
            names = "--strategy",
            description = "random trains every trial in full, halving the better ones only; default ${DEFAULT-VALUE}")
    private String strategy = "random";

    @Option(names = "--eta", description = "of halving: one trial of so many goes on; default 2")
    private @Nullable Integer eta;

    @Option(names = "--rungs", description = "of halving: how often trials are compared")
    private @Nullable Integer rungs;

    @Option(
            names = "--range",
            required = true,
            paramLabel = "NAME=RANGE",
            converter = {PlainText.class, SearchRangeOption.class},
            description = "where a parameter may lie: LOW..HIGH, LOW..HIGH:log or VALUE,VALUE,...")
    private Map<String, SearchRequest.Range> ranges = new LinkedHashMap<>();

    @Option(
            names = "--param",
            paramLabel = "NAME=NUMBER",
            description = "a parameter that all trials have, for example dim=64")
    private Map<String, BigDecimal> parameters = Map.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write all trials there")
    private @Nullable Path json;

    private final Session session;

    /** In a session. */
    public SearchCommand(Session session) {
        this.session = session;
    }

    /** Names as they are. */
    static final class PlainText implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            return value;
        }
    }

    @Override
    public Integer call() {
        Arguments.requirePositive("--trials", trials);
        if (json != null) {
            Arguments.requireWritable("--json", session.path(json));
        }
        Search search = session.training()
                .search(new SearchRequest(
                        model.backbone(),
                        model.regularizer(),
                        model.seed(),
                        model.scoringRun(),
                        trials,
                        strategy,
                        eta,
                        rungs,
                        ranges,
                        parameters));
        new SearchText(search).lines().forEach(session.terminal()::result);
        if (json != null) {
            write(search, session.path(json));
        }
        if (search.chosen() == null) {
            throw CliException.failed("all trials have diverged: lower the ranges of learningRate and lambda");
        }
        return 0;
    }

    private static void write(Search search, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(search) + "\n");
        } catch (IOException e) {
            throw CliException.failed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
