package dev.discern.cli.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where output goes: results to {@code out}, notes and progress to {@code err}, so that a command's result can be piped. Output is plain
 * unless a person looks at it.
 *
 * @param interactive whether bars may be drawn over their own line
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {

    /** The process's own streams; plain when they are no terminal, and where TERM=dumb, NO_COLOR or CI say so. */
    public static Terminal system(Map<String, String> environment) {
        return new Terminal(writer(System.out), writer(System.err), isTerminal() && !asksForPlain(environment));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static boolean asksForPlain(Map<String, String> environment) {
        return "dumb".equals(environment.get("TERM"))
                || environment.containsKey("NO_COLOR")
                || environment.containsKey("CI");
    }

    /** Part of the result. */
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    /** Something to know while waiting. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }

    /** Progress of one piece of work. */
    public ProgressView progress(String task) {
        return interactive ? new BarProgress(task) : new LineProgress(task, this);
    }
}
