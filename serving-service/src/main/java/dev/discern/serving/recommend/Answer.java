package dev.discern.serving.recommend;

import java.util.List;

/**
 * An answer, from one model.
 *
 * @param warnings what the caller may not expect, such as a list shorter than k
 */
public record Answer(String modelVersion, Strategy strategy, List<RecommendedItem> items, List<String> warnings) {

    public Answer {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }
}
