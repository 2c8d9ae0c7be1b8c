package dev.discern.serving.web;

import dev.discern.common.data.UserProfile;
import dev.discern.common.db.UserStore;
import dev.discern.serving.live.Database;
import dev.discern.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What is said of users, and how they are forgotten. */
@RestController
@RequestMapping("/v1/users/{userId}")
@Tag(name = "Users", description = "What is said of users; a change holds from the next answer on")
final class UsersController {

    private final Database database;
    private final PatchedBodies bodies;
    private final Clock clock;

    UsersController(Database database, PatchedBodies bodies, Clock clock) {
        this.database = database;
        this.bodies = bodies;
        this.clock = clock;
    }

    /**
     * What was forgotten, to be kept by who asked for it.
     *
     * @param userIdSha256 SHA-256 of the id's UTF-8 bytes; the id itself is kept nowhere
     */
    record Receipt(
            UUID receiptId, String userIdSha256, Instant erasedAt, boolean wasKnown, int interactions, int judgments) {}

    @Operation(operationId = "getUser", summary = "What is said of a user")
    @GetMapping
    UserBody get(@PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String userId) {
        return UserBody.of(database.read(stores -> stores.users().find(userId)).orElseThrow(() -> unknown(userId)));
    }

    @Operation(
            operationId = "putUser",
            summary = "Writes what is said of a user whole, and makes the user where there is none",
            description = "The categories are what a user without a history is recommended from.")
    @ApiResponse(responseCode = "201", description = "the user is new")
    @ApiResponse(responseCode = "200", description = "the user was there before")
    @PutMapping
    ResponseEntity<UserBody> put(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String userId,
            @Valid @RequestBody UserBody body) {
        UserProfile user = body.user(userId);
        boolean isNew = database.write(stores -> stores.users().put(user));
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(UserBody.of(user));
    }

    @Operation(
            operationId = "patchUser",
            summary = "Changes parts of what is said of a user",
            description = "A JSON merge patch (RFC 7396).")
    @PatchMapping(consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    UserBody patch(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String userId,
            @RequestBody JsonNode patch) {
        return UserBody.of(database.write(stores -> stores.users()
                        .change(
                                userId,
                                user -> bodies.patched(UserBody.of(user), patch, UserBody.class)
                                        .user(userId)))
                .orElseThrow(() -> unknown(userId)));
    }

    @Operation(
            operationId = "eraseUser",
            summary = "Forgets a user",
            description =
                    "Profile, interactions, judgments and answers are deleted from the database, and models that were"
                            + " published before no longer use what they have of the user. It cannot be undone.")
    @DeleteMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Receipt erase(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String userId,
            @Parameter(description = "must be true: it cannot be undone") @RequestParam(defaultValue = "false")
                    boolean erase) {
        if (!erase) {
            throw ProblemException.invalid(
                    "erase", "REQUIRED", "a user can only be erased, for good: say so with ?erase=true");
        }
        UserStore.Erasure erasure = database.write(stores -> stores.users().erase(userId));
        return new Receipt(
                UUID.randomUUID(),
                HexFormat.of().formatHex(UserStore.sha256(userId)),
                clock.instant(),
                erasure.wasKnown(),
                erasure.interactions(),
                erasure.judgments());
    }

    private static ProblemException unknown(String userId) {
        return new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_USER", "there is no user \"%s\"".formatted(userId));
    }
}
