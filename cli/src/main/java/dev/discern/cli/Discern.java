package dev.discern.cli;

import dev.discern.cli.command.ArmsCommand;
import dev.discern.cli.command.Aspect;
import dev.discern.cli.command.BenchCommand;
import dev.discern.cli.command.Choice;
import dev.discern.cli.command.ConvertCommand;
import dev.discern.cli.command.DemoCommand;
import dev.discern.cli.command.DownCommand;
import dev.discern.cli.command.EmbedCommand;
import dev.discern.cli.command.EvaluateCommand;
import dev.discern.cli.command.ImportCommand;
import dev.discern.cli.command.JudgmentsCommand;
import dev.discern.cli.command.ModelsCommand;
import dev.discern.cli.command.PromoteCommand;
import dev.discern.cli.command.RecommendCommand;
import dev.discern.cli.command.ReliabilityCommand;
import dev.discern.cli.command.RollbackCommand;
import dev.discern.cli.command.SchedulesCommand;
import dev.discern.cli.command.ScoreCommand;
import dev.discern.cli.command.SearchCommand;
import dev.discern.cli.command.Session;
import dev.discern.cli.command.SimilarCommand;
import dev.discern.cli.command.StatusCommand;
import dev.discern.cli.command.TrainCommand;
import dev.discern.cli.command.UpCommand;
import dev.discern.cli.demo.Backbone;
import dev.discern.cli.demo.Encoder;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.demo.MatrixPreset;
import dev.discern.cli.demo.Policy;
import dev.discern.cli.demo.Regularizer;
import dev.discern.cli.demo.Uncertainty;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.util.Map;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Exit codes: 0 done, 1 failed, 2 bad usage, 130 interrupted. Errors are one message that says what to do;
 * {@code DISCERN_DEBUG=1} adds the stack trace.
 */
@Command(
        name = "discern",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        version = "discern 0.1.0",
        description = "Recommendations that know when to listen to an LLM.",
        footer = {"", "Example:", "  discern demo"})
public final class Discern {

    private static final int INTERRUPTED = 130;

    private Discern() {}

    /** Runs a command and ends the process. */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        System.exit(run(new Session(Settings.system(), Terminal.system(environment)), args));
    }

    /** Runs a command. */
    static int run(Session session, String... args) {
        return commandLine(session).execute(args);
    }

    /** All commands. */
    static CommandLine commandLine(Session session) {
        CommandLine judgments = new CommandLine(new JudgmentsCommand())
                .addSubcommand(new JudgmentsCommand.Export(session))
                .addSubcommand(new JudgmentsCommand.Import(session))
                .addSubcommand(new ConvertCommand(session));
        CommandLine schedules = new CommandLine(new SchedulesCommand())
                .addSubcommand(new SchedulesCommand.ListAll(session))
                .addSubcommand(new SchedulesCommand.Add(session))
                .addSubcommand(new SchedulesCommand.Remove(session));
        // What follows the first argument belongs to the benchmarks.
        CommandLine bench = new CommandLine(new BenchCommand(session)).setStopAtPositional(true);
        return new CommandLine(new Discern())
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new UpCommand(session))
                .addSubcommand(new DownCommand(session))
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new ImportCommand(session))
                .addSubcommand(new ScoreCommand(session))
                .addSubcommand(new ReliabilityCommand(session))
                .addSubcommand(judgments)
                .addSubcommand(new TrainCommand(session))
                .addSubcommand(new EmbedCommand(session))
                .addSubcommand(new SearchCommand(session))
                .addSubcommand(new EvaluateCommand(session))
                .addSubcommand(new ModelsCommand(session))
                .addSubcommand(new PromoteCommand(session))
                .addSubcommand(new RollbackCommand(session))
                .addSubcommand(schedules)
                .addSubcommand(new ArmsCommand(session))
                .addSubcommand(new RecommendCommand(session))
                .addSubcommand(new SimilarCommand(session))
                .addSubcommand(bench)
                .registerConverter(Aspect.class, new Choice<>(Aspect.class))
                .registerConverter(Judge.class, new Choice<>(Judge.class))
                .registerConverter(Encoder.class, new Choice<>(Encoder.class))
                .registerConverter(Policy.class, new Choice<>(Policy.class))
                .registerConverter(Backbone.class, new Choice<>(Backbone.class))
                .registerConverter(MatrixPreset.class, new Choice<>(MatrixPreset.class))
                .registerConverter(Regularizer.class, new Choice<>(Regularizer.class))
                .registerConverter(Uncertainty.class, new Choice<>(Uncertainty.class))
                .setOut(session.terminal().out())
                .setErr(session.terminal().err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(session.terminal().interactive() ? Ansi.AUTO : Ansi.OFF))
                .setParameterExceptionHandler((exception, arguments) -> badUsage(session, exception))
                .setExecutionExceptionHandler((exception, command, result) -> failed(session, exception));
    }

    private static int badUsage(Session session, ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        session.terminal().note("error: " + exception.getMessage());
        session.terminal().note("See `" + command + " --help`.");
        return CliException.BAD_USAGE;
    }

    private static int failed(Session session, Exception exception) {
        if (exception instanceof CancellationException) {
            return INTERRUPTED;
        }
        if (session.settings().variable("DISCERN_DEBUG").isPresent()) {
            exception.printStackTrace(session.terminal().err());
        }
        if (exception instanceof CliException failure) {
            session.terminal().note("error: " + failure.getMessage());
            return failure.exitCode();
        }
        session.terminal()
                .note("error: something unforeseen went wrong: %s. DISCERN_DEBUG=1 shows where".formatted(exception));
        return CliException.FAILED;
    }
}
