package dev.discern.serving.web;

import dev.discern.serving.event.EventResult;
import dev.discern.serving.event.EventResult.Status;
import java.util.List;

/** What became of a call's events. */
record EventsAnswer(int accepted, int duplicates, int rejected, List<EventResult> results) {

    static EventsAnswer of(List<EventResult> results) {
        return new EventsAnswer(
                count(results, Status.ACCEPTED),
                count(results, Status.DUPLICATE),
                count(results, Status.REJECTED),
                results);
    }

    private static int count(List<EventResult> results, Status status) {
        return (int)
                results.stream().filter(result -> result.status() == status).count();
    }
}
