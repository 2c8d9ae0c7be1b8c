package dev.discern.scoring.prompt;

import tools.jackson.databind.json.JsonMapper;

/**
 * Text of a catalogue as a prompt may hold it. Whoever fills in a catalogue may write anything, so the text is stripped of control,
 * format and private characters (line breaks, zero-width and direction marks among them), cut off, and written as a JSON string:
 * it cannot end its own quotes, start a line or look like a candidate's code.
 */
final class CatalogText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CatalogText() {}

    /** The text in quotes. */
    static String quoted(String text, int maxChars) {
        String plain = text.codePoints()
                .map(point -> isText(point) ? point : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll(" {2,}", " ")
                .strip();
        return JSON.writeValueAsString(plain.substring(0, end(plain, maxChars)));
    }

    private static boolean isText(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The last place not above the limit that does not part a pair of surrogates. */
    private static int end(String text, int limit) {
        if (text.length() <= limit) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }
}
