package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.TopK;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers queries from one whole model and what happened since it was trained. */
public final class Recommender {

    /** From how many items a varied or boosted answer is picked, at least, and how many for each of its places. */
    private static final int POOL = 200;

    private static final int POOL_PER_PLACE = 5;
    private static final int POOL_GROWS = 4;

    private final ServingModel model;
    private final LiveData live;
    private final CurrentCatalog catalog;

    /** Over this model and this data, and no other while the answer is made. */
    public Recommender(ServingModel model, LiveData live) {
        this.model = model;
        this.live = live;
        this.catalog = model.catalog(live);
    }

    /** The best items for an audience; of whom nothing is known gets what is popular. */
    public Answer recommend(Query query) {
        Asked asked = asked(query);
        return answer(asked, asked.profile.vector() == null ? popular(asked) : best(asked, asked.profile.vector()));
    }

    /**
     * The answers to several queries, each the same as if it were asked alone; those that need nothing but a search are searched
     * together.
     */
    public List<Answer> recommend(List<Query> queries) {
        List<Asked> all = queries.stream().map(this::asked).toList();
        List<Asked> together = all.stream().filter(Asked::isPlain).toList();
        int k = together.stream().mapToInt(asked -> asked.query.k()).max().orElse(1);
        List<TopK> found = model.index()
                .search(
                        together.stream().map(asked -> asked.profile.vector()).toList(),
                        k,
                        together.stream().map(Asked::filter).toList());
        List<Answer> answers = new ArrayList<>();
        int next = 0;
        for (Asked asked : all) {
            answers.add(
                    asked.isPlain() ? answer(asked, found.get(next++).first(asked.query.k())) : recommend(asked.query));
        }
        return answers;
    }

    /**
     * The items nearest to one by the angle between their vectors.
     *
     * @param itemIdx dense index
     */
    public Answer similar(int itemIdx, int k) {
        TopK nearest = model.similarity().search(model.direction(itemIdx), k, ItemFilter.without(catalog, itemIdx));
        return answer(Strategy.PERSONALIZED, nearest, k, null, new ArrayList<>());
    }

    /** A query and what it comes to. */
    private record Asked(Query query, Profile profile, ItemFilter filter, List<String> warnings) {

        /** Whether its answer is what a search finds, in that order. */
        boolean isPlain() {
            return profile.vector() != null
                    && query.variety().isNone()
                    && query.boosts().isEmpty();
        }
    }

    private Asked asked(Query query) {
        List<String> warnings = new ArrayList<>();
        Profile profile = Profile.of(model, live, query.audience(), warnings::add);
        ItemFilter filter = ItemFilter.of(model, catalog, query, profile.had());
        filter.unknownCategories().forEach(name -> warnings.add("no item has the category \"%s\"".formatted(name)));
        return new Asked(query, profile, filter, warnings);
    }

    private TopK best(Asked asked, float[] vector) {
        Query query = asked.query;
        Boosted boosted = query.boosts().isEmpty() ? null : new Boosted(model, catalog, query.boosts());
        return picked(query, size -> {
            TopK pool = boosted == null
                    ? model.index().search(vector, size, asked.filter)
                    : boosted.search(vector, size, asked.filter);
            return query.variety().minLongTail() > 0
                    ? pool.and(model.index().search(vector, query.k(), new Both(asked.filter, model.longTail())))
                    : pool;
        });
    }

    /**
     * The items of an answer: where nothing is wished beside the best ones these, else those that are picked from a longer list, which is
     * made longer still as long as too few of it may stand together.
     *
     * @param best the best so many items, or a few more
     */
    private TopK picked(Query query, IntFunction<TopK> best) {
        if (query.variety().isNone() && query.boosts().isEmpty()) {
            return best.apply(query.k());
        }
        for (int size = Math.max(POOL, POOL_PER_PLACE * query.k()); ; size *= POOL_GROWS) {
            TopK pool = best.apply(size);
            TopK picked = query.variety().isNone()
                    ? pool.first(query.k())
                    : new Selection(model, catalog, query.variety(), model.longTail()).of(pool, query.k());
            if (picked.size() == query.k() || pool.size() < size) {
                return picked;
            }
        }
    }

    /** Of liked categories first, then of all. Scores are the numbers of users. */
    private TopK popular(Asked asked) {
        Query query = asked.query;
        List<ItemSet> liked = asked.profile.likes().stream()
                .map(name -> catalog.category(name).orElse(ItemSet.EMPTY))
                .toList();
        return picked(query, size -> {
            int[] items = IntStream.concat(
                            model.byPopularity()
                                    .filter(asked.filter::test)
                                    .filter(item -> liked.stream().anyMatch(category -> category.test(item)))
                                    .limit(size),
                            model.byPopularity().filter(asked.filter::test))
                    .distinct()
                    .limit(size)
                    .toArray();
            float[] scores = new float[items.length];
            for (int place = 0; place < items.length; place++) {
                scores[place] = model.popularity(items[place]);
            }
            return new TopK(items, scores);
        });
    }

    private Answer answer(Asked asked, TopK best) {
        return answer(
                asked.profile.strategy(),
                best,
                asked.query.k(),
                asked.query.explain()
                        ? new Explainer(
                                model,
                                catalog,
                                asked.profile,
                                !asked.query.boosts().isEmpty())
                        : null,
                asked.warnings);
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
        String title = catalog.item(itemIdx).title();
        Explainer.@Nullable Why why = explainer == null ? null : explainer.why(itemIdx, best.scores()[place]);
        return new RecommendedItem(
                catalog.item(itemIdx).id(),
                place + 1,
                best.scores()[place],
                title.isEmpty() ? null : title,
                why == null ? null : why.reasons(),
                why == null ? null : why.explanation());
    }
}
