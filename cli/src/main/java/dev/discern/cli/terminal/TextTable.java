package dev.discern.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A table of plain text: columns as wide as their widest cell, two spaces between, left-aligned. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** Starts with the header row. */
    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row with as many cells as the header has. */
    public TextTable row(List<String> cells) {
        int expected = rows.getFirst().size();
        if (cells.size() != expected) {
            throw new IllegalArgumentException("a row has %d cells, expected %d".formatted(cells.size(), expected));
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The lines, without trailing spaces. */
    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - length(cell) + 2);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
