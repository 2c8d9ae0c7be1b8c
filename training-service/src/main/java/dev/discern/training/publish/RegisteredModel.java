package dev.discern.training.publish;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A version as the registry shows it.
 *
 * @param state label of a {@link ModelState}
 */
public record RegisteredModel(@JsonUnwrapped ModelVersion model, String state) {}
