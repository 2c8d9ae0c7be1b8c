package dev.discern.serving.recommend;

import java.util.List;

/** Whom an answer is for. */
public sealed interface Audience {

    /** Somebody by id; unknown ids are no error. */
    record User(String userId) implements Audience {}

    /** Somebody by what they touched just now, oldest first; unknown items are passed over, repeated ones count at their first place. */
    record Session(List<String> itemIds) implements Audience {

        public Session {
            itemIds = List.copyOf(itemIds);
        }
    }
}
