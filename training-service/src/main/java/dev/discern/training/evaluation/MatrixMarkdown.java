package dev.discern.training.evaluation;

import dev.discern.training.evaluation.MatrixTables.Section;
import dev.discern.training.evaluation.MatrixTables.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A matrix as Markdown with the tables of GitHub, for a file that is kept beside the code. */
public final class MatrixMarkdown {

    private static final String MARKUP = "\\`*_<>&|";

    private MatrixMarkdown() {}

    /** The document. */
    public static String of(MatrixReport report) {
        StringBuilder out = new StringBuilder("# Models side by side\n");
        MatrixTables.summary(report)
                .forEach(words -> out.append('\n').append(escape(words)).append('\n'));
        for (Section section : MatrixTables.of(report)) {
            out.append("\n## ").append(escape(section.title())).append("\n\n");
            section.words()
                    .forEach(words -> out.append("- ").append(escape(words)).append('\n'));
            if (section.table() != null) {
                table(out, section.table());
            }
        }
        return out.toString();
    }

    private static void table(StringBuilder out, Table table) {
        out.append('\n').append(row(table.header()));
        out.append("|---").append("|---:".repeat(table.header().size() - 1)).append("|\n");
        table.rows().forEach(cells -> out.append(row(cells)));
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MatrixMarkdown::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Text that stands for itself: no emphasis, no HTML, no cell, no link, no line of its own. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            boolean opensTarget = c == '(' && k > 0 && text.charAt(k - 1) == ']';
            if (MARKUP.indexOf(c) >= 0 || opensTarget) {
                escaped.append('\\');
            }
            escaped.append(Character.isISOControl(c) ? ' ' : c);
        }
        return escaped.toString();
    }
}
