package dev.discern.scoring.candidate;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the candidates of each user's prompt. The sources draw independently of each other, so an item of pools {@code P_s} is in
 * the union with probability
 *
 * <pre>
 *   π = 1 − Π_s (1 − quota_s / |P_s|)
 * </pre>
 *
 * which is kept with it (the audit item has 1). Popularity and histories are those of the training part; an item of that part is never
 * drawn, nor is the audit item. The test item is drawn as any item that the user has not: candidates that could not be the test item
 * would teach, by what is missing, which it is. A user's draw depends on the seed, the user and what the guides say of that user.
 *
 * <p>The lists of the guides are pools like others, but each user has their own: those of the model are its best 100, or 20 where
 * rescue candidates are drawn too, and those of the encoder the 30 most plausible of the rare items that are not among these 20.
 */
public final class CandidateGenerator {

    private static final int HISTORY_ITEMS = 10;
    private static final int POPULAR_ITEMS = 300;
    private static final double TAIL_SHARE = 0.1;
    private static final int TOP_ITEMS = 100;
    private static final int RESCUE_TOP_ITEMS = 20;
    private static final int RESCUE_ITEMS = 30;

    private final Snapshot snapshot;
    private final TemporalSplit split;
    private final Quotas quotas;
    private final Seeds seeds;
    private final @Nullable Guides guides;
    private final Stretch byPopularity; // most popular first
    private final int[] rare; // items that a model can hardly know

    /** A generator of quotas that need no guides. */
    public CandidateGenerator(Snapshot snapshot, Quotas quotas, Seeds seeds) {
        this(snapshot, quotas, seeds, null);
    }

    /**
     * A generator.
     *
     * @param guides null where the quotas ask for nothing of theirs
     */
    public CandidateGenerator(Snapshot snapshot, Quotas quotas, Seeds seeds, @Nullable Guides guides) {
        if (quotas.needModel() && guides == null) {
            throw new IllegalArgumentException("candidates of the model need a model");
        }
        if (quotas.needEncoder() && (guides == null || guides.plausibility() == null)) {
            throw new IllegalArgumentException("rescue candidates need an encoder");
        }
        this.snapshot = snapshot;
        this.split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
        this.quotas = quotas;
        this.seeds = seeds;
        this.guides = guides;
        Popularity popularity = Popularity.of(split.train());
        this.byPopularity = Stretch.of(IntStream.range(0, popularity.items())
                .boxed()
                .sorted((a, b) -> popularity.count(a) != popularity.count(b)
                        ? Integer.compare(popularity.count(b), popularity.count(a))
                        : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray());
        this.rare = IntStream.range(0, popularity.items())
                .filter(popularity::isRare)
                .toArray();
    }

    /** The prompt of a user; empty when the user has no held-out item, or there is nothing to draw. */
    public Optional<CandidateSet> draw(int userIdx) {
        if (!split.isHeldOut(userIdx)) {
            return Optional.empty();
        }
        SplittableRandom random = seeds.random("candidates", userIdx);
        List<Draw> draws = draws(userIdx);
        Map<Integer, Candidate> drawn = new LinkedHashMap<>();
        for (Draw draw : draws) {
            for (int item : draw.items(random)) {
                drawn.computeIfAbsent(item, idx -> candidate(idx, draw.source(), draws));
            }
        }
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> candidates = new ArrayList<>(drawn.values());
        candidates.add(new Candidate(snapshot.itemRowIds()[split.validation()[userIdx]], CandidateSource.AUDIT, 1));
        shuffle(candidates, random);
        return Optional.of(new CandidateSet(
                snapshot.userRowIds()[userIdx], recent(userIdx), split.train().length(userIdx), candidates));
    }

    private List<Draw> draws(int userIdx) {
        int[] own = Arrays.copyOf(split.train().row(userIdx), split.train().length(userIdx) + 1);
        own[own.length - 1] = split.validation()[userIdx];
        Arrays.sort(own);
        boolean cold = split.train().length(userIdx) <= HistoryBucket.COLD;
        int items = byPopularity.size();
        Pool popular = byPopularity.range(0, Math.min(POPULAR_ITEMS, items));
        Pool tail = byPopularity.range(items - (int) Math.ceil(TAIL_SHARE * items), items);
        List<Draw> draws = new ArrayList<>();
        draws.add(Draw.of(CandidateSource.UNIFORM, byPopularity, quotas.uniform() + (cold ? 0 : quotas.cold()), own));
        draws.add(Draw.of(CandidateSource.POPULAR, popular, quotas.popular(), own));
        draws.add(Draw.of(CandidateSource.TAIL, tail, quotas.tail(), own));
        for (int band = 0; cold && band < quotas.cold(); band++) {
            int from = (int) ((long) band * items / quotas.cold());
            int to = (int) ((band + 1L) * items / quotas.cold());
            draws.add(Draw.of(CandidateSource.COLD, byPopularity.range(from, to), 1, own));
        }
        if (guides != null && quotas.needModel()) {
            addGuided(draws, guides, userIdx, own);
        }
        return draws;
    }

    private void addGuided(List<Draw> draws, Guides guides, int userIdx, int[] own) {
        IntPredicate allowed = item -> Arrays.binarySearch(own, item) < 0;
        int listed = quotas.needEncoder() ? RESCUE_TOP_ITEMS : TOP_ITEMS;
        Pool top = new ShortList(guides.model().top(userIdx, listed, allowed));
        // A user whom the model does not know has no list to rescue anything from.
        if (quotas.needEncoder() && top.size() > 0) {
            Pool plausible = new ShortList(Objects.requireNonNull(guides.plausibility())
                    .best(recent(userIdx), rare, RESCUE_ITEMS, item -> allowed.test(item) && !top.contains(item)));
            draws.add(Draw.of(CandidateSource.RESCUE, plausible, quotas.rescue(), own));
        }
        draws.add(Draw.of(CandidateSource.MODEL, top, quotas.model(), own));
    }

    private Candidate candidate(int item, CandidateSource source, List<Draw> draws) {
        double missed = 1;
        for (Draw draw : draws) {
            missed *= 1 - draw.probability(item);
        }
        return new Candidate(snapshot.itemRowIds()[item], source, 1 - missed);
    }

    /** Row ids of the user's last training items, oldest first. */
    private List<Long> recent(int userIdx) {
        int[] train = split.train().row(userIdx);
        return Arrays.stream(train, Math.max(0, train.length - HISTORY_ITEMS), train.length)
                .mapToObj(item -> snapshot.itemRowIds()[item])
                .toList();
    }

    private static void shuffle(List<Candidate> candidates, SplittableRandom random) {
        for (int k = candidates.size() - 1; k > 0; k--) {
            java.util.Collections.swap(candidates, k, random.nextInt(k + 1));
        }
    }
}
