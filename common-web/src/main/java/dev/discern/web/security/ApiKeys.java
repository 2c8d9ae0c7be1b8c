package dev.discern.web.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configured keys, as hashes. */
final class ApiKeys {

    private static final int NAME_BYTES = 4;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
    private record Entry(byte[] sha256, Holder holder) {}

    /**
     * Who has a key.
     *
     * @param name tells keys apart in records and limits without giving them away: the beginning of the hash
     */
    record Holder(String name, Set<Scope> scopes) {}

    private final List<Entry> entries = new ArrayList<>();

    ApiKeys(SecurityProperties properties) {
        String plain = properties.apiKey();
        if (plain != null && !plain.isBlank()) {
            add(sha256(plain), EnumSet.allOf(Scope.class));
        }
        properties.keys().forEach(key -> add(HexFormat.of().parseHex(key.sha256()), key.scopeSet()));
    }

    private void add(byte[] sha256, Set<Scope> scopes) {
        String name = "key-" + HexFormat.of().formatHex(sha256, 0, NAME_BYTES);
        entries.add(new Entry(sha256, new Holder(name, scopes)));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Who has a key; empty when no such key is configured. Takes equally long for every wrong key. */
    Optional<Holder> holder(String key) {
        byte[] hash = sha256(key);
        Optional<Holder> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.sha256, hash)) {
                found = Optional.of(entry.holder);
            }
        }
        return found;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
