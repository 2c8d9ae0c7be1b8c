package dev.discern.serving.recommend;

import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.ServingModel;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an audience: what the model has of it and what came since.
 *
 * @param strategy how its answer is come by
 * @param vector (dim); null when the model can make none
 * @param had dense indices of what they have touched, oldest first
 * @param likes categories; where there is no vector they are what the answer is made of
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one request; it is never compared
record Profile(Strategy strategy, float @Nullable [] vector, int[] had, List<String> likes) {

    /**
     * The profile of an audience.
     *
     * @param warnings told what is not known
     */
    static Profile of(ServingModel model, LiveData live, Audience audience, Consumer<String> warnings) {
        return switch (audience) {
            case Audience.User user -> ofUser(model, live, user.userId());
            case Audience.Session session -> ofSession(model, live, session.itemIds(), warnings);
        };
    }

    /** A user's vector is trained, or made from all that the user has where the model does that, or where there is something new. */
    private static Profile ofUser(ServingModel model, LiveData live, String userId) {
        int userIdx = live.isErased(userId) ? -1 : model.userIdx(userId);
        int[] trained = userIdx < 0 ? new int[0] : model.had(userIdx);
        List<String> touched = live.touched(userId);
        int[] had = touched.isEmpty() ? trained : with(trained, touched, model);
        boolean isKnown = userIdx >= 0;
        boolean isMade = model.isMadeOfHistories();
        if (isKnown && !isMade && had.length == trained.length) {
            return new Profile(Strategy.PERSONALIZED, model.trainedVector(userIdx), had, List.of());
        }
        if (had.length > 0) {
            return new Profile(
                    isKnown && isMade ? Strategy.PERSONALIZED : Strategy.FOLD_IN, model.foldIn(had), had, List.of());
        }
        return unknown(live.likes(userId));
    }

    /** Items and what was touched later, each once. */
    private static int[] with(int[] items, List<String> touched, ServingModel model) {
        return IntStream.concat(
                        IntStream.of(items),
                        touched.stream().mapToInt(model::itemIdx).filter(item -> item >= 0))
                .distinct()
                .toArray();
    }

    private static Profile ofSession(
            ServingModel model, LiveData live, List<String> itemIds, Consumer<String> warnings) {
        int[] items = itemIds.stream()
                .mapToInt(model::itemIdx)
                .filter(item -> item >= 0)
                .distinct()
                .toArray();
        long unknown = itemIds.stream().filter(id -> model.itemIdx(id) < 0).count();
        if (unknown > 0) {
            warnings.accept("%d of the session's %d items are unknown".formatted(unknown, itemIds.size()));
        }
        return items.length > 0
                ? new Profile(Strategy.FOLD_IN, model.foldIn(items), items, List.of())
                : unknown(itemIds.stream()
                        .map(live::item)
                        .filter(item -> item != null)
                        .flatMap(item -> item.item().categories().stream())
                        .distinct()
                        .toList());
    }

    private static Profile unknown(List<String> likes) {
        return new Profile(likes.isEmpty() ? Strategy.POPULAR : Strategy.CONTENT, null, new int[0], likes);
    }
}
