package dev.discern.cli.command;

import dev.discern.cli.demo.Backbone;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.demo.MatrixChoice;
import dev.discern.cli.demo.MatrixPreset;
import dev.discern.cli.demo.Regularizer;
import dev.discern.cli.terminal.CliException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code evaluate} is told of a matrix. */
final class MatrixOptions {

    @Option(
            names = "--matrix",
            paramLabel = "NAME",
            description =
                    "train and compare backbones by regularizers: ${COMPLETION-CANDIDATES}. default: everything, with 3 seeds;"
                            + " quick: history and bpr-mf; off, gated and its controls; 1 seed")
    private @Nullable MatrixPreset preset;

    @Option(
            names = "--backbones",
            paramLabel = "B",
            split = ",",
            description = "of the matrix: ${COMPLETION-CANDIDATES}")
    private @Nullable List<Backbone> backbones;

    @Option(
            names = "--regularizers",
            paramLabel = "R",
            split = ",",
            description = "of the matrix: ${COMPLETION-CANDIDATES}; gated brings its controls")
    private @Nullable List<Regularizer> regularizers;

    @Option(names = "--seeds", paramLabel = "N", description = "of the matrix: train each model with so many seeds")
    private @Nullable Integer seeds;

    @Option(
            names = "--shuffle-days",
            description = {
                "of the matrix: shuffle what a user had on one day (UTC) before the split, where times tell the day alone. What learns from"
                        + " a judge cannot take part: the judge has seen what is held out then"
            })
    private boolean shuffleDays;

    @Option(
            names = "--judgments-run",
            paramLabel = "RUN",
            description = "of the matrix: the scoring run to learn from; default the newest complete one")
    private @Nullable Long judgmentsRun;

    @Option(
            names = "--rescue-run",
            paramLabel = "RUN",
            description =
                    "of the matrix: a scoring run with model and rescue candidates, from which history learns; default that of --judgments-run, or else the newest complete one")
    private @Nullable Long rescueRun;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "of the matrix: start a stack for it, import, ask the judge, and stop the stack afterwards. sample,"
                            + " movietweetings, ml-latest-small (both are fetched), or a folder with items.csv and interactions.csv")
    private @Nullable String data;

    @Option(names = "--judge", paramLabel = "JUDGE", description = "of --data: embedded (default) or recorded")
    private @Nullable Judge judge;

    @Option(
            names = "--judgments",
            paramLabel = "FILE",
            description = "recorded answers, JSON lines, for --judge recorded")
    private @Nullable Path judgments;

    @Option(names = "--html", paramLabel = "FILE", description = "of the matrix: write a page for browsers there")
    private @Nullable Path html;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "of the matrix: write the tables as Markdown there")
    private @Nullable Path markdown;

    @Mixin
    private final StackOptions stack = new StackOptions();

    /** Whether a matrix is asked for. */
    boolean given() {
        return preset != null;
    }

    MatrixChoice choice() {
        return Objects.requireNonNull(preset).choice(backbones, regularizers, seeds, shuffleDays);
    }

    @Nullable
    Long judgmentsRun() {
        return judgmentsRun;
    }

    @Nullable
    Long rescueRun() {
        return rescueRun;
    }

    @Nullable
    String data() {
        return data;
    }

    @Nullable
    Path judgments() {
        return judgments;
    }

    @Nullable
    Path html() {
        return html;
    }

    @Nullable
    Path markdown() {
        return markdown;
    }

    StackOptions stack() {
        return stack;
    }

    /**
     * Finds what does not go together, before any work.
     *
     * @throws CliException naming the option
     */
    void check(Session session) {
        if (preset == null) {
            refuse(" belongs to --matrix", ofMatrix());
            return;
        }
        Arguments.requirePositive("--seeds", seeds);
        if (shuffleDays) {
            checkNoJudge();
        }
        if (html != null) {
            Arguments.requireWritable("--html", session.path(html));
        }
        if (markdown != null) {
            Arguments.requireWritable("--markdown", session.path(markdown));
        }
        if (data == null) {
            refuse(" belongs to --data; a stack that is up has its own runs: name one with --judgments-run", ofData());
            return;
        }
        refuse(" names a run of a stack that is up: not with --data, which asks the judge itself", ofRunningStack());
        Judge asked = judge == null ? Judge.EMBEDDED : judge;
        if (asked.asksLlm()) {
            throw CliException.badUsage(
                    "--judge %s: expected embedded or recorded. Ask an LLM with `discern score`, and name its run with --judgments-run"
                            .formatted(asked));
        }
        Arguments.requireJudge(session, asked, null, judgments);
    }

    private void checkNoJudge() {
        if (choice().asksJudge()) {
            throw CliException.badUsage(
                    "--shuffle-days goes with --regularizers off and kar only: the others learn from a judge who has seen what is held out then");
        }
        Map<String, @Nullable Object> ofJudge = ofRunningStack();
        ofJudge.put("--judge", judge);
        ofJudge.put("--judgments", judgments);
        refuse(" does not go with --shuffle-days: no model learns from a judge there", ofJudge);
    }

    private Map<String, @Nullable Object> ofMatrix() {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("--backbones", backbones);
        options.put("--regularizers", regularizers);
        options.put("--seeds", seeds);
        options.put("--shuffle-days", shuffleDays ? Boolean.TRUE : null);
        options.put("--data", data);
        options.put("--html", html);
        options.put("--markdown", markdown);
        options.putAll(ofRunningStack());
        options.putAll(ofData());
        return options;
    }

    private Map<String, @Nullable Object> ofRunningStack() {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("--judgments-run", judgmentsRun);
        options.put("--rescue-run", rescueRun);
        return options;
    }

    private Map<String, @Nullable Object> ofData() {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("--judge", judge);
        options.put("--judgments", judgments);
        options.put("--ports or --jdbc-url", stack.given() ? stack : null);
        return options;
    }

    private static void refuse(String why, Map<String, @Nullable Object> options) {
        options.forEach((option, value) -> {
            if (value != null) {
                throw CliException.badUsage(option + why);
            }
        });
    }
}
