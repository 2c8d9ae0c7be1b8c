package dev.discern.scoring.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a question is put.
 *
 * @param name of its file, such as {@code listwise}
 * @param itemChars an item's text is cut off after so many UTF-16 units
 * @param answer what the model is to write
 * @param system what the model is told of its task
 * @param message the question, with {@code {history}}, {@code {candidates}} and {@code {codes}} to be filled in
 */
public record PromptTemplate(String name, int itemChars, AnswerForm answer, String system, String message) {

    private static final String SYSTEM_LINE = "\n--- system\n";
    private static final String MESSAGE_LINE = "\n--- message\n";
    private static final Pattern HEADER = Pattern.compile("item-chars: *([0-9]{1,6})\nanswer: *(\\S+)");
    private static final int HASH_DIGITS = 12;

    public PromptTemplate {
        if (itemChars < 1) {
            throw new IllegalArgumentException("item-chars must be positive, not " + itemChars);
        }
        for (String place : new String[] {"{history}", "{candidates}", "{codes}"}) {
            if (message.indexOf(place) < 0 || message.indexOf(place) != message.lastIndexOf(place)) {
                throw new IllegalArgumentException(
                        "the message of template %s must have %s once".formatted(name, place));
            }
        }
    }

    /** Reads a template file: the lines {@code item-chars: N} and {@code answer: FORM}, then {@code --- system} and {@code --- message}, each with its text. */
    static PromptTemplate parse(String name, String file) {
        String text = file.replace("\r\n", "\n");
        int system = text.indexOf(SYSTEM_LINE);
        int message = text.indexOf(MESSAGE_LINE);
        Matcher header = HEADER.matcher(text.substring(0, Math.max(0, system)));
        if (message < system || !header.matches()) {
            throw new IllegalArgumentException(
                    "template %s must be \"item-chars: N\", \"answer: FORM\", \"--- system\", text, \"--- message\", text"
                            .formatted(name));
        }
        return new PromptTemplate(
                name,
                Integer.parseInt(header.group(1)),
                AnswerForm.of(header.group(2)),
                text.substring(system + SYSTEM_LINE.length(), message).strip(),
                text.substring(message + MESSAGE_LINE.length()).strip());
    }

    /** Name and hash of all that the template says: another text is another version. */
    public String version() {
        // Scores were the only answer once, and what was paid for under a version's name stays valid.
        String form = answer instanceof AnswerForm.Scores ? "" : "\0" + answer.name();
        String all = itemChars + "\0" + system + "\0" + message + form;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return name + "@" + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
