package dev.discern.serving.web;

import dev.discern.common.data.Item;
import dev.discern.serving.live.Database;
import dev.discern.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The catalog, item by item. What is changed here holds from the next answer on. */
@RestController
@RequestMapping("/v1/items/{itemId}")
@Tag(name = "Items", description = "The catalog, item by item; a change holds from the next answer on")
final class ItemsController {

    private final Database database;
    private final PatchedBodies bodies;

    ItemsController(Database database, PatchedBodies bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    @Operation(operationId = "getItem", summary = "An item as it is now")
    @GetMapping
    ItemBody get(@PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String itemId) {
        return ItemBody.of(database.read(stores -> stores.items().find(itemId)).orElseThrow(() -> unknown(itemId)));
    }

    @Operation(
            operationId = "putItem",
            summary = "Writes an item whole, and makes it where there is none",
            description =
                    "A new item can be recommended once it has a vector: after the next training or embedding job.")
    @ApiResponse(responseCode = "201", description = "it is new")
    @ApiResponse(responseCode = "200", description = "it was there before")
    @PutMapping
    ResponseEntity<ItemBody> put(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String itemId,
            @Valid @RequestBody ItemBody body) {
        Item item = body.item(itemId);
        boolean isNew = database.write(stores -> stores.items().put(item));
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(ItemBody.of(item));
    }

    @Operation(
            operationId = "patchItem",
            summary = "Changes parts of an item",
            description =
                    "A JSON merge patch (RFC 7396): {\"available\": false} hides the item, {\"expiresAt\": \"2026-12-31T23:00:00Z\"} hides it from then on,"
                            + " null empties a field.")
    @PatchMapping(consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ItemBody patch(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String itemId,
            @RequestBody JsonNode patch) {
        return ItemBody.of(database.write(stores -> stores.items()
                        .change(
                                itemId,
                                item -> bodies.patched(ItemBody.of(item), patch, ItemBody.class)
                                        .item(itemId)))
                .orElseThrow(() -> unknown(itemId)));
    }

    @Operation(
            operationId = "deleteItem",
            summary = "Takes an item out of the catalog for good; what people did with it stays in their histories")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String itemId) {
        if (!database.write(stores -> stores.items().delete(itemId))) {
            throw unknown(itemId);
        }
    }

    private static ProblemException unknown(String itemId) {
        return new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_ITEM", "there is no item \"%s\"".formatted(itemId));
    }
}
