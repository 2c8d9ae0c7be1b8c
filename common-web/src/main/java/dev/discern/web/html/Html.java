package dev.discern.web.html;

/** Text that grows into HTML. Whatever is not markup of our own goes through {@link #escape}. */
public final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Markup of our own. */
    public Html markup(String markup) {
        out.append(markup).append('\n');
        return this;
    }

    /** An element with text. */
    public Html element(String name, String text) {
        out.append('<')
                .append(name)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    /**
     * A row of a table.
     *
     * @param cell {@code td} or {@code th}
     */
    public Html row(String cell, String... texts) {
        out.append("<tr>");
        for (String text : texts) {
            out.append('<')
                    .append(cell)
                    .append('>')
                    .append(escape(text))
                    .append("</")
                    .append(cell)
                    .append('>');
        }
        out.append("</tr>\n");
        return this;
    }

    /** Text that stands for itself, within an element or a quoted attribute. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** All of it so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
