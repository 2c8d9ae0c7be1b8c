package dev.discern.scoring.reliability;

/** Text that grows into HTML. Whatever is not markup of our own goes through {@link #escape}. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Markup of our own. */
    Html markup(String markup) {
        out.append(markup).append('\n');
        return this;
    }

    /** An element with text. */
    Html element(String name, String text) {
        out.append('<')
                .append(name)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    /** A row of a table. */
    Html row(String cell, String... texts) {
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
    static String escape(String text) {
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

    @Override
    public String toString() {
        return out.toString();
    }
}
