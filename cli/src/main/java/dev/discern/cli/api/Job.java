package dev.discern.cli.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A job as its service tells it; {@code status} in Spring Batch's words. */
public record Job(
        long id,
        String name,
        String status,
        @Nullable Progress progress,
        @Nullable String lastError,
        @Nullable JsonNode result) {

    /** How far it is; {@code total} is 0 when unknown. */
    public record Progress(
            String step,
            long done,
            long total,
            @Nullable String unit,
            @Nullable Double etaSeconds,
            @Nullable String detail) {}

    /** Whether it has not ended yet. */
    public boolean running() {
        return switch (status) {
            case "STARTING", "STARTED", "STOPPING", "UNKNOWN" -> true;
            default -> false;
        };
    }

    /** Whether its result is complete. */
    public boolean completed() {
        return status.equals("COMPLETED");
    }

    /** Why it did not complete, in the service's words. */
    public String reason() {
        return lastError == null ? "its status is " + status : lastError;
    }
}
