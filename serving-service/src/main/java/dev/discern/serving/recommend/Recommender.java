package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.Search;
import dev.discern.serving.index.TopK;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ItemSpace;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.Trending;
import dev.discern.web.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

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
        List<TopK> found =
                model.index().search(together.stream().map(Asked::search).toList());
        List<Answer> answers = new ArrayList<>();
        int next = 0;
        for (Asked asked : all) {
            answers.add(asked.isPlain() ? answer(asked, found.get(next++)) : recommend(asked.query));
        }
        return answers;
    }

    /**
     * The items nearest to some by the angle to the mean of their directions. Scores are its cosine.
     *
     * @throws ProblemException 404 when the model has none of them, 400 when it has nothing of the aspect
     */
    public Answer similar(SimilarQuery query) {
        Set<Integer> items = new LinkedHashSet<>();
        query.itemIds().stream().map(model::itemIdx).filter(item -> item >= 0).forEach(items::add);
        if (items.isEmpty()) {
            throw unknown(query.itemIds());
        }
        ItemSpace space = model.space(query.by()).orElseThrow(this::noTextPart);
        List<String> warnings = new ArrayList<>();
        long passedOver =
                query.itemIds().stream().filter(id -> model.itemIdx(id) < 0).count();
        if (passedOver > 0) {
            warnings.add("%d of the %d items are unknown"
                    .formatted(passedOver, query.itemIds().size()));
        }
        ItemFilter filter = ItemFilter.of(model, catalog, query, items);
        warn(filter, warnings);
        float[] direction = space.direction(items);
        if (!hasLength(direction)) {
            warnings.add("the model has nothing by which other items would be like these");
            return answer(Strategy.PERSONALIZED, List.of(), query.k(), null, warnings);
        }
        TopK nearest = space.byCosine().search(direction, query.k(), filter);
        return answer(Strategy.PERSONALIZED, found(nearest), query.k(), null, warnings);
    }

    private static boolean hasLength(float[] direction) {
        for (float value : direction) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    private ProblemException unknown(List<String> itemIds) {
        boolean cameLater = itemIds.stream().map(live::item).anyMatch(item -> item != null && !item.deleted());
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "UNKNOWN_ITEM",
                "model %s has no item \"%s\"%s%s"
                        .formatted(
                                model.version(),
                                itemIds.getFirst(),
                                itemIds.size() > 1 ? " and none of the others" : "",
                                cameLater ? " yet: what came later is in the next version" : ""));
    }

    private ProblemException noTextPart() {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "NO_TEXT_PART",
                "model %s has no text part: it knows items by their interactions alone".formatted(model.version()));
    }

    /** A query and what it comes to. */
    private record Asked(Query query, Profile profile, ItemFilter filter, List<String> warnings) {

        /** Whether its answer is what a search finds, in that order. */
        boolean isPlain() {
            return profile.vector() != null
                    && query.varietyOr(Variety.NONE).isNone()
                    && query.boosts().isEmpty();
        }

        Search search() {
            return new Search(Objects.requireNonNull(profile.vector()), query.k(), filter);
        }
    }

    private Asked asked(Query query) {
        List<String> warnings = new ArrayList<>();
        Profile profile = Profile.of(model, live, query.audience(), warnings::add);
        ItemFilter filter = ItemFilter.of(model, catalog, query, profile.had());
        warn(filter, warnings);
        return new Asked(query, profile, filter, warnings);
    }

    private static void warn(ItemFilter filter, List<String> warnings) {
        filter.unknownCategories().forEach(name -> warnings.add("no item has the category \"%s\"".formatted(name)));
    }

    private TopK best(Asked asked, float[] vector) {
        Query query = asked.query;
        Boosted boosted = query.boosts().isEmpty() ? null : new Boosted(model, catalog, query.boosts());
        Variety variety = query.varietyOr(Variety.NONE);
        return picked(query, variety, POOL, size -> {
            TopK pool = search(boosted, vector, size, asked.filter);
            return variety.minLongTail() > 0
                    ? pool.and(search(boosted, vector, query.k(), new Both(asked.filter, model.longTail())))
                    : pool;
        });
    }

    private TopK search(@Nullable Boosted boosted, float[] vector, int size, ItemMask allowed) {
        return boosted == null ? model.index().search(vector, size, allowed) : boosted.search(vector, size, allowed);
    }

    /**
     * The items of an answer: where nothing is wished beside the best ones these, else those that are picked from a longer list, which is
     * made longer still as long as too few of it may stand together.
     *
     * @param least from how many they are picked, at least
     * @param best the best so many items, or a few more
     */
    private TopK picked(Query query, Variety variety, int least, IntFunction<TopK> best) {
        if (variety.isNone() && query.boosts().isEmpty()) {
            return best.apply(query.k());
        }
        for (int size = Math.max(least, POOL_PER_PLACE * query.k()); ; size *= POOL_GROWS) {
            TopK pool = best.apply(size);
            TopK picked = variety.isNone()
                    ? pool.first(query.k())
                    : new Selection(model, catalog, variety, model.longTail()).of(pool, query.k());
            if (picked.size() == query.k() || pool.size() < size) {
                return picked;
            }
        }
    }

    /**
     * Of liked categories first, then of all; where none is liked a varied choice of the most popular, unless the caller wishes otherwise.
     * For the choice an item is as relevant as its place tells: the first often have many times the users of the next.
     */
    private TopK popular(Asked asked) {
        Query query = asked.query;
        Trending trending = model.trending(live);
        List<ItemSet> liked = asked.profile.likes().stream()
                .map(name -> catalog.category(name).orElse(ItemSet.EMPTY))
                .toList();
        Variety variety = query.varietyOr(liked.isEmpty() ? Variety.OF_POPULAR : Variety.NONE);
        TopK picked = picked(query, variety, 1, size -> {
            int[] items = IntStream.concat(
                            trending.items()
                                    .filter(asked.filter::test)
                                    .filter(item -> liked.stream().anyMatch(category -> category.test(item)))
                                    .limit(size),
                            trending.items().filter(asked.filter::test))
                    .distinct()
                    .limit(size)
                    .toArray();
            float[] places = new float[items.length];
            for (int place = 0; place < items.length; place++) {
                places[place] = -place;
            }
            return new TopK(items, places);
        });
        float[] scores = new float[picked.size()];
        for (int place = 0; place < scores.length; place++) {
            scores[place] = trending.score(picked.items()[place]);
        }
        return new TopK(picked.items(), scores);
    }

    private Answer answer(Asked asked, TopK best) {
        List<Found> found =
                new Exploration(model, live, catalog, asked.query, asked.profile, asked.filter).among(found(best));
        return answer(
                asked.profile.strategy(),
                found,
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

    private Answer answer(
            Strategy strategy, List<Found> found, int k, @Nullable Explainer explainer, List<String> warnings) {
        if (found.size() < k) {
            warnings.add("only %d items fit, %d were asked for".formatted(found.size(), k));
        }
        List<RecommendedItem> items = IntStream.range(0, found.size())
                .mapToObj(place -> item(found.get(place), place + 1, explainer))
                .toList();
        return new Answer(model.version(), strategy, items, warnings);
    }

    private List<Found> found(TopK best) {
        return IntStream.range(0, best.size())
                .mapToObj(place ->
                        new Found(best.items()[place], catalog.item(best.items()[place]), best.scores()[place], false))
                .toList();
    }

    private static RecommendedItem item(Found found, int rank, @Nullable Explainer explainer) {
        String title = found.item().title();
        Explainer.@Nullable Why why = explainer == null || found.itemIdx() == Found.NO_INDEX
                ? null
                : explainer.why(found.itemIdx(), found.score());
        return new RecommendedItem(
                found.item().id(),
                rank,
                found.score(),
                title.isEmpty() ? null : title,
                why == null ? null : why.reasons(),
                why == null ? null : why.explanation(),
                found.isExploration() ? true : null);
    }
}
