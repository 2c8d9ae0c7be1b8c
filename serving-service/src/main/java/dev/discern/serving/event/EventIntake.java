package dev.discern.serving.event;

import dev.discern.common.data.Event;
import dev.discern.common.db.EventStore.Outcome;
import dev.discern.serving.live.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes events. Those of a call that can be kept are committed together before the caller hears so, and known to the next answer. */
@Component
public final class EventIntake {

    private final Database database;
    private final Clock clock;

    EventIntake(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes the events of a call.
     *
     * @param key names the call, so that its repetition changes nothing even where events have no names; null for none
     * @return a result for each, in their order
     */
    public List<EventResult> take(List<EventRow> rows, @Nullable String key) {
        Instant now = clock.instant();
        EventResult[] results = new EventResult[rows.size()];
        List<Event> events = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int index = 0; index < results.length; index++) {
            try {
                events.add(rows.get(index).event(now, key == null ? null : key + "#" + index));
                places.add(index);
            } catch (InvalidEventException e) {
                results[index] = EventResult.rejected(index, e.field(), e.code(), String.valueOf(e.getMessage()));
            }
        }
        List<Outcome> outcomes = events.isEmpty()
                ? List.of()
                : database.write(stores -> stores.events().append(events));
        for (int n = 0; n < outcomes.size(); n++) {
            int index = places.get(n);
            results[index] = switch (outcomes.get(n)) {
                case ACCEPTED -> EventResult.accepted(index);
                case DUPLICATE -> EventResult.duplicate(index);
                case UNKNOWN_ITEM ->
                    EventResult.rejected(
                            index,
                            "itemId",
                            "UNKNOWN_ITEM",
                            "there is no item \"%s\"".formatted(events.get(n).itemId()));
            };
        }
        return List.of(results);
    }
}
