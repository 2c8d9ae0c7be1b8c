package dev.discern.serving.event;

import org.jspecify.annotations.Nullable;

/**
 * What became of one event of a call.
 *
 * @param index its place in the call, from 0
 * @param field what is wrong with it; null unless it was rejected
 * @param code for programs; null unless it was rejected
 * @param message for people; null unless it was rejected
 */
public record EventResult(
        int index,
        Status status,
        @Nullable String field,
        @Nullable String code,
        @Nullable String message) {

    /** In one word. */
    public enum Status {
        /** It is kept. */
        ACCEPTED,
        /** It had been kept before. */
        DUPLICATE,
        /** It says nothing that can be kept; the others of its call are kept all the same. */
        REJECTED
    }

    static EventResult accepted(int index) {
        return new EventResult(index, Status.ACCEPTED, null, null, null);
    }

    static EventResult duplicate(int index) {
        return new EventResult(index, Status.DUPLICATE, null, null, null);
    }

    static EventResult rejected(int index, String field, String code, String message) {
        return new EventResult(index, Status.REJECTED, field, code, message);
    }
}
