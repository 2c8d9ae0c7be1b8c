package dev.discern.serving.web;

import dev.discern.serving.event.EventIntake;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What users do, as it happens. */
@RestController
@RequestMapping("/v1/events")
@Tag(name = "Events", description = "What users do: kept, and known to their next recommendations")
final class EventsController {

    private static final int KEY_LENGTH = 255;

    private final EventIntake intake;

    EventsController(EventIntake intake) {
        this.intake = intake;
    }

    @Operation(
            operationId = "postEvents",
            summary = "Up to 1,000 events; those that cannot be kept are told one by one",
            description =
                    "When the answer is there the accepted events are in the database, and the next recommendation knows them."
                            + " The same event again is a duplicate and changes nothing: by its eventId, by the call's Idempotency-Key and"
                            + " its place, or by user, item, kind and time.")
    @PostMapping
    EventsAnswer post(
            @Valid @RequestBody EventsRequest request,
            @Parameter(description = "names the call, so that it can be repeated without harm")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Size(min = 1, max = KEY_LENGTH, message = "expected 1 to 255 characters")
                    @Nullable
                    String key) {
        return EventsAnswer.of(intake.take(request.events(), key));
    }
}
