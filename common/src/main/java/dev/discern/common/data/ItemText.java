package dev.discern.common.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of an item that judges see: title, categories, description, on one line and of limited length. */
public record ItemText(String text) {

    private static final int MAX_LENGTH = 600;

    public static ItemText of(Item item) {
        String joined = Stream.of(item.title(), String.join(", ", item.categories()), item.description())
                .map(part -> part.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(". "));
        return new ItemText(joined.length() <= MAX_LENGTH ? joined : joined.substring(0, end(joined)));
    }

    /** The last place not above the limit that does not part a pair of surrogates. */
    private static int end(String text) {
        return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** SHA-256 in hexadecimal: the key of the text's vector. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
