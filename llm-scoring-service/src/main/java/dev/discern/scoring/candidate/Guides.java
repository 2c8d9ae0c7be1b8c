package dev.discern.scoring.candidate;

import dev.discern.scoring.published.PublishedModel;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the lists that {@code model} and {@code rescue} draw from.
 *
 * @param model a published model, laid onto the snapshot
 * @param plausibility null where no {@code rescue} candidates are asked for
 */
public record Guides(PublishedModel.Scores model, @Nullable Plausibility plausibility) {}
