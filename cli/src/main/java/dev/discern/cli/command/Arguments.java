package dev.discern.cli.command;

import dev.discern.cli.demo.Encoder;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.terminal.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks that several commands make before they ask a service for anything. */
final class Arguments {

    private Arguments() {}

    /** A judge with what it needs, and nothing that is another's. */
    static void requireJudge(Session session, Judge judge, @Nullable Encoder encoder, @Nullable Path judgments) {
        boolean recorded = judge == Judge.RECORDED;
        if (recorded && judgments == null) {
            throw CliException.badUsage("--judge recorded needs --judgments FILE");
        }
        if (!recorded && judgments != null) {
            throw CliException.badUsage("--judgments is read by --judge recorded only");
        }
        if (judge != Judge.EMBEDDED && encoder != null) {
            throw CliException.badUsage("--encoder belongs to --judge embedded only");
        }
        if (judgments != null) {
            requireFile("--judgments", session.path(judgments));
        }
    }

    /** What the judges that ask an LLM alone know. */
    static void requireLlm(Judge judge, String option, @Nullable Object value) {
        if (!judge.asksLlm() && value != null) {
            throw CliException.badUsage(option + " belongs to --judge chat and --judge batch only");
        }
    }

    /** What the batch judge alone knows. */
    static void requireBatch(Judge judge, String option, @Nullable Object value) {
        if (judge != Judge.BATCH && value != null) {
            throw CliException.badUsage(option + " belongs to --judge batch only");
        }
    }

    /** What is drawn, where recorded answers have what they have. */
    static void requireDrawn(Judge judge, String option, @Nullable Object value) {
        if (judge == Judge.RECORDED && value != null) {
            throw CliException.badUsage(option + " does not go with --judge recorded: its file has the candidates");
        }
    }

    /** A file that can be read. */
    static void requireFile(String option, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CliException.badUsage("%s: %s is no file that can be read".formatted(option, file));
        }
    }

    /** A file that can be written, so that this is known before the work and not after it. */
    static void requireWritable(String option, Path file) {
        Path folder = file.getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw CliException.badUsage(
                    "%s: %s cannot be written: expected a file in a folder that exists".formatted(option, file));
        }
    }

    /** A number above zero, where there is one. */
    static void requirePositive(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw CliException.badUsage("%s %d: expected 1 or more".formatted(option, value));
        }
    }
}
