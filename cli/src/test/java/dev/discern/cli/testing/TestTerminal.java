package dev.discern.cli.testing;

import dev.discern.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A plain terminal that keeps what is written to it. */
public final class TestTerminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** To give to what is tested. */
    public Terminal terminal() {
        return new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false);
    }

    /** The results. */
    public String out() {
        return out.toString();
    }

    /** The notes, progress and errors. */
    public String err() {
        return err.toString();
    }
}
