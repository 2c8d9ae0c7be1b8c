package dev.discern.serving.recommend;

import dev.discern.serving.index.TopK;
import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers queries from one whole model. */
public final class Recommender {

    private final ServingModel model;

    /** Over this model, and no other while the answer is made. */
    public Recommender(ServingModel model) {
        this.model = model;
    }

    /** The best items for an audience; who is unknown gets what is popular. */
    public Answer recommend(Query query) {
        List<String> warnings = new ArrayList<>();
        Known known = known(query.audience(), warnings);
        ItemFilter filter = ItemFilter.of(model, query, known.had());
        filter.unknownCategories().forEach(name -> warnings.add("no item has the category \"%s\"".formatted(name)));
        TopK best = known.vector() == null
                ? mostPopular(query.k(), filter)
                : model.index().search(known.vector(), query.k(), filter);
        Explainer explainer = query.explain() ? new Explainer(model, known.had()) : null;
        return answer(known.strategy(), best, query.k(), explainer, warnings);
    }

    /**
     * The items nearest to one by the angle between their vectors.
     *
     * @param itemIdx dense index
     */
    public Answer similar(int itemIdx, int k) {
        TopK nearest = model.similarity().search(model.direction(itemIdx), k, ItemFilter.without(model, itemIdx));
        return answer(Strategy.PERSONALIZED, nearest, k, null, new ArrayList<>());
    }

    /**
     * What the model knows of an audience.
     *
     * @param vector (dim), null when nothing is known
     * @param had dense indices of what they have touched, oldest first
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one request; it is never compared
    private record Known(Strategy strategy, float @Nullable [] vector, int[] had) {

        static Known nothing() {
            return new Known(Strategy.POPULAR, null, new int[0]);
        }
    }

    private Known known(Audience audience, List<String> warnings) {
        return switch (audience) {
            case Audience.User user -> knownUser(user);
            case Audience.Session session -> knownSession(session, warnings);
        };
    }

    private Known knownUser(Audience.User user) {
        int userIdx = model.userIdx(user.userId());
        float[] vector = userIdx < 0 ? null : model.userVector(userIdx);
        return vector == null ? Known.nothing() : new Known(Strategy.PERSONALIZED, vector, model.had(userIdx));
    }

    private Known knownSession(Audience.Session session, List<String> warnings) {
        int[] items = session.itemIds().stream()
                .mapToInt(model::itemIdx)
                .filter(item -> item >= 0)
                .distinct()
                .toArray();
        long unknown =
                session.itemIds().stream().filter(id -> model.itemIdx(id) < 0).count();
        if (unknown > 0) {
            warnings.add("%d of the session's %d items are unknown"
                    .formatted(unknown, session.itemIds().size()));
        }
        return items.length == 0 ? Known.nothing() : new Known(Strategy.FOLD_IN, model.foldIn(items), items);
    }

    /** Scores are the numbers of users. */
    private TopK mostPopular(int k, ItemFilter allowed) {
        int[] items = model.byPopularity().filter(allowed::test).limit(k).toArray();
        float[] scores = new float[items.length];
        for (int place = 0; place < items.length; place++) {
            scores[place] = model.popularity(items[place]);
        }
        return new TopK(items, scores);
    }

    private Answer answer(Strategy strategy, TopK best, int k, @Nullable Explainer explainer, List<String> warnings) {
        if (best.size() < k) {
            warnings.add("only %d items fit, %d were asked for".formatted(best.size(), k));
        }
        List<RecommendedItem> items = IntStream.range(0, best.size())
                .mapToObj(place -> item(best, place, explainer))
                .toList();
        return new Answer(model.version(), strategy, items, warnings);
    }

    private RecommendedItem item(TopK best, int place, @Nullable Explainer explainer) {
        int itemIdx = best.items()[place];
        String title = model.item(itemIdx).title();
        return new RecommendedItem(
                model.item(itemIdx).id(),
                place + 1,
                best.scores()[place],
                title.isEmpty() ? null : title,
                explainer == null ? null : explainer.reasons(itemIdx));
    }
}
