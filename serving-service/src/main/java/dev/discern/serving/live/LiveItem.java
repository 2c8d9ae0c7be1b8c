package dev.discern.serving.live;

import dev.discern.common.data.Item;

/**
 * An item that changed since the models were trained, as it is now.
 *
 * @param deleted whether it is gone for good; it is then not available either
 */
public record LiveItem(Item item, boolean deleted) {}
