package dev.discern.scoring.catalog.file;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of one record, without its line end.
 *
 * @param line the line it begins at, from 1
 * @param bytes as they stand in the file; the beginning only, when the record is longer than allowed
 * @param defect why these bytes are no record, or null when they are one
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
record RawRecord(long line, byte[] bytes, @Nullable String defect) {

    /** Whether there is nothing but spaces, which is no record. */
    boolean isBlank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return defect == null;
    }
}
