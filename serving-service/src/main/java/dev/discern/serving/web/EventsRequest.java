package dev.discern.serving.web;

import dev.discern.serving.event.EventRow;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The body of {@code POST /v1/events}. */
record EventsRequest(
        @NotNull(message = "expected a list of events")
        @Size(min = 1, max = Limits.EVENTS, message = "expected 1 to 1000 events")
        List<@NotNull(message = "expected an event, got null") EventRow> events) {}
