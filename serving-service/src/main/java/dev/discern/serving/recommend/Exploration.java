package dev.discern.serving.recommend;

import dev.discern.common.data.Item;
import dev.discern.common.data.Popularity;
import dev.discern.common.random.Seeds;
import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.TopK;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.Trending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives some places of an answer to new items, which would not get there by their scores, so that there will be something to learn of
 * them. With the share {@code s} of the places it is each place {@code p}, from 1, where {@code ⌊p s⌋ > ⌊(p − 1) s⌋}: the last of each
 * {@code 1/s}, and of an answer of n items never more than {@code ⌊n s⌋}.
 *
 * <p>New is an item that at most {@value Popularity#HARDLY_KNOWN} users have, those since the training included, and, in answers that are made
 * without a vector, one that came since the training and has none. Those of the filters, which hold here as everywhere, are ordered as the
 * answer is: by score, and without a vector by how many users they have, where categories are liked those of these alone. Of the best {@value #PLAUSIBLE} for each
 * place as many as there are places are drawn with equal chances, and stand in that order. Which ones is the same whenever the same audience asks the
 * same model, until it touches something: an answer that is asked for again is the same, and over many users each plausible item gets its turn.
 */
final class Exploration {

    private static final int PLAUSIBLE = 10;

    /** Shares are decimal fractions, which doubles miss by less. */
    private static final double ROUNDING = 1e-9;

    private final ServingModel model;
    private final LiveData live;
    private final CurrentCatalog catalog;
    private final Query query;
    private final Profile profile;
    private final ItemFilter filter;
    private final int places;

    Exploration(
            ServingModel model,
            LiveData live,
            CurrentCatalog catalog,
            Query query,
            Profile profile,
            ItemFilter filter) {
        this.model = model;
        this.live = live;
        this.catalog = catalog;
        this.query = query;
        this.profile = profile;
        this.filter = filter;
        this.places = until(query.k());
    }

    /** How many of the first places are for new items. */
    private int until(int place) {
        return (int) (place * query.exploration() + ROUNDING);
    }

    /** These items, the best first, and new ones in their places; as many as were there, or more where there were fewer than k. */
    List<Found> among(List<Found> best) {
        if (places == 0) {
            return best;
        }
        Deque<Found> drawn = drawn(best);
        Set<String> explored = new HashSet<>();
        drawn.forEach(found -> explored.add(found.item().id()));
        Iterator<Found> others = best.stream()
                .filter(found -> !explored.contains(found.item().id()))
                .iterator();
        List<Found> all = new ArrayList<>();
        for (int place = 1; place <= query.k(); place++) {
            if (until(place) > until(place - 1) && !drawn.isEmpty()) {
                all.add(drawn.remove());
            } else if (others.hasNext()) {
                all.add(others.next());
            } else {
                break;
            }
        }
        return all;
    }

    /** New items for the places, the best first; none that is among the others anyway, and none that is over a cap with them. */
    private Deque<Found> drawn(List<Found> best) {
        Set<String> shown = new HashSet<>();
        best.stream()
                .limit(query.k() - places)
                .forEach(found -> shown.add(found.item().id()));
        List<Found> plausible = (profile.vector() == null ? withoutVector() : byScore(profile.vector()))
                .filter(found -> !shown.contains(found.item().id()))
                .limit((long) PLAUSIBLE * places)
                .toList();
        List<Found> order = new ArrayList<>(plausible);
        Collections.shuffle(order, new Seeds(profile.had().length).random(who()));
        Map<String, Integer> perCategory = new HashMap<>();
        best.forEach(found -> count(found, perCategory));
        Set<Found> drawn = new HashSet<>();
        for (Found found : order) {
            if (drawn.size() < places && !isOverCap(found, perCategory)) {
                drawn.add(found);
                count(found, perCategory);
            }
        }
        return new ArrayDeque<>(plausible.stream().filter(drawn::contains).toList());
    }

    private static void count(Found found, Map<String, Integer> perCategory) {
        found.item().categories().forEach(category -> perCategory.merge(category, 1, Integer::sum));
    }

    private boolean isOverCap(Found found, Map<String, Integer> perCategory) {
        @Nullable Integer cap = query.varietyOr(Variety.NONE).maxPerCategory();
        return cap != null
                && found.item().categories().stream()
                        .anyMatch(category -> perCategory.getOrDefault(category, 0) >= cap);
    }

    private String who() {
        return model.version()
                + switch (query.audience()) {
                    case Audience.User user -> " for " + user.userId();
                    case Audience.Session session -> " after " + session.itemIds();
                };
    }

    /** Those of the model by their scores for a vector. */
    private Stream<Found> byScore(float[] vector) {
        // As many more as may be among the others.
        TopK found = model.index().search(vector, PLAUSIBLE * places + query.k(), new StillNew());
        return IntStream.range(0, found.size()).mapToObj(place -> found(found.items()[place], found.scores()[place]));
    }

    private Found found(int itemIdx, float score) {
        return new Found(itemIdx, catalog.item(itemIdx), score, true);
    }

    /** Those that came later and those of the model, of liked categories where some are liked, by how many users they have. */
    private Stream<Found> withoutVector() {
        Trending trending = model.trending(live);
        StillNew isNew = new StillNew();
        Set<String> touched = touched();
        Set<String> excluded = new HashSet<>(query.excludeItems());
        Stream<Found> later = catalog.later().stream()
                .filter(item -> !excluded.contains(item.id()) && !touched.contains(item.id()))
                .filter(item -> isAskedFor(item) && isLiked(item))
                .map(item -> new Found(Found.NO_INDEX, item, live.usersOf(item.id()), true));
        Stream<Found> known = model.hardlyKnownByTrend()
                .filter(isNew::test)
                .filter(item -> isLiked(catalog.item(item)))
                .limit((long) PLAUSIBLE * places + query.k()) // as many more as may be among the others
                .mapToObj(item -> found(item, trending.score(item)));
        return Stream.concat(later, known)
                .sorted(Comparator.comparingDouble(Found::score).reversed());
    }

    private boolean isLiked(Item item) {
        return profile.likes().isEmpty() || item.categories().stream().anyMatch(profile.likes()::contains);
    }

    /** Ids of what must not come again. */
    private Set<String> touched() {
        return query.excludeSeen()
                ? switch (query.audience()) {
                    case Audience.User user -> Set.copyOf(live.touched(user.userId()));
                    case Audience.Session session -> new HashSet<>(session.itemIds());
                }
                : Set.of();
    }

    private boolean isAskedFor(Item item) {
        List<String> asked = query.categories();
        return (asked.isEmpty()
                        || (query.categoryMode() == CategoryMode.ALL
                                ? item.categories().containsAll(asked)
                                : item.categories().stream().anyMatch(asked::contains)))
                && (query.onlyItems() == null || query.onlyItems().contains(item.id()));
    }

    /** What the query allows of the items that are still hardly known. */
    private final class StillNew implements ItemMask {

        private final ItemSet hardlyKnown = model.hardlyKnown();

        @Override
        public long word(int group) {
            long word = hardlyKnown.word(group);
            return word == 0 ? 0 : word & filter.word(group);
        }

        @Override
        public boolean test(int item) {
            return hardlyKnown.test(item)
                    && filter.test(item)
                    && model.popularity(item) + live.usersOf(catalog.item(item).id()) <= Popularity.HARDLY_KNOWN;
        }
    }
}
