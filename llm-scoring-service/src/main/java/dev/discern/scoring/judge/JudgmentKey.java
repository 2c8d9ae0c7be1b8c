package dev.discern.scoring.judge;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongFunction;

/** The identity of an answer: a hash of all that it depends on, so that it is never asked for twice. */
public final class JudgmentKey {

    private JudgmentKey() {}

    /**
     * SHA-256 of judge, user's history and candidates in order.
     *
     * @param judge identity of the judge, model and version included
     * @param item what the judge sees of an item, by row id: its external id and the hash of its text
     */
    public static byte[] of(String judge, CandidateSet prompt, LongFunction<String> item) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, judge);
            add(digest, Integer.toString(prompt.history().size()));
            prompt.history().forEach(rowId -> add(digest, item.apply(rowId)));
            for (Candidate candidate : prompt.candidates()) {
                add(digest, item.apply(candidate.itemId()));
            }
            add(digest, Long.toString(prompt.userId()));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The key of a recorded line that is no answer. */
    public static byte[] ofLine(String judge, int line) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, judge);
            add(digest, "line " + line);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
