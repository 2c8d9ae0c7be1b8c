package dev.discern.scoring.chat;

import dev.discern.scoring.budget.CallLedger.Purpose;
import java.util.HexFormat;
import java.util.Optional;

/** What a batch's lines are called: the question's key in hexadecimal, {@code -repair} after it for the call that mends an answer. */
@SuppressWarnings("ArrayRecordComponent") // a hash that is passed on; the record is never compared
record CustomId(byte[] key, Purpose purpose) {

    private static final String REPAIR = "-repair";

    static Optional<CustomId> parse(String id) {
        boolean repair = id.endsWith(REPAIR);
        String hex = repair ? id.substring(0, id.length() - REPAIR.length()) : id;
        try {
            return Optional.of(new CustomId(HexFormat.of().parseHex(hex), repair ? Purpose.REPAIR : Purpose.ASK));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return HexFormat.of().formatHex(key) + (purpose == Purpose.REPAIR ? REPAIR : "");
    }
}
