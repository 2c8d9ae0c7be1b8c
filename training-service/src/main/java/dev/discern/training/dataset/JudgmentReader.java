package dev.discern.training.dataset;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scoring run into arrays. Judgments of users or items that the snapshot does not have are left out. The audit item's
 * own soft score is never taught: which item it is would give the held-out click away.
 */
public final class JudgmentReader {

    /** Pairs of the kinds that a gate is calibrated for: both of the source that their prompt is drawn from, or rescue pairs. */
    private static final Set<CandidateSource> KINDS = EnumSet.of(
            CandidateSource.UNIFORM,
            CandidateSource.RECORDED,
            CandidateSource.TAIL,
            CandidateSource.COLD,
            CandidateSource.RESCUE);

    private final JudgmentStore judgments;
    private final PairJudgmentStore pairs;

    public JudgmentReader(JudgmentStore judgments, PairJudgmentStore pairs) {
        this.judgments = judgments;
        this.pairs = pairs;
    }

    /** The judgments of {@code runId} in the snapshot's dense indices. */
    public Judgments read(long runId, Snapshot snapshot) {
        return read(runId, snapshot, null);
    }

    /**
     * The same run with the judge's scores shuffled within each prompt: a judge who says as much and knows nothing. What was asked,
     * the choice of candidates and pairs included, stays as it was.
     */
    public Judgments placebo(long runId, Snapshot snapshot, Seeds seeds) {
        return read(runId, snapshot, new Shuffle(seeds));
    }

    private Judgments read(long runId, Snapshot snapshot, @Nullable Shuffle shuffle) {
        Snapshot.RowIdIndex users = snapshot.userByRowId();
        Snapshot.RowIdIndex items = snapshot.itemByRowId();
        PromptReader prompts = new PromptReader(users, items, shuffle);
        judgments.forEachScored(runId, prompts::add);
        Pairs taught = new Pairs();
        Pairs rescue = new Pairs();
        pairs.forEach(runId, KINDS, pair -> {
            int u = users.idx(pair.userId());
            int i = items.idx(pair.preferred());
            int j = items.idx(pair.other());
            if (u >= 0 && i >= 0 && j >= 0) {
                float margin = shuffle == null ? pair.margin() : shuffle.score(u, i) - shuffle.score(u, j);
                (pair.source() == CandidateSource.RESCUE ? rescue : taught).add(u, i, j, margin, pair.consistency());
            }
        });
        return new Judgments(taught.inUserOrder(), rescue.inUserOrder(), prompts.audits(), prompts.scores());
    }

    /** A growing list of pairs. */
    private static final class Pairs {

        private final Ints user = new Ints();
        private final Ints preferred = new Ints();
        private final Ints other = new Ints();
        private final Floats margin = new Floats();
        private final Floats consistency = new Floats();

        /** Adds a pair, the item of the higher score first. */
        void add(int u, int i, int j, float margin, float consistency) {
            user.add(u);
            preferred.add(margin < 0 ? j : i);
            other.add(margin < 0 ? i : j);
            this.margin.add(Math.abs(margin));
            this.consistency.add(consistency);
        }

        JudgedPairs inUserOrder() {
            UserOrder order = new UserOrder(user.toArray());
            return new JudgedPairs(
                    order.of(user.toArray()),
                    order.of(preferred.toArray()),
                    order.of(other.toArray()),
                    order.of(margin.toArray()),
                    order.of(consistency.toArray()));
        }
    }

    /** Standardized scores that were dealt out anew within their prompts. */
    private static final class Shuffle {

        private final Seeds seeds;
        private final Map<Long, Float> byUserAndItem = new HashMap<>();

        Shuffle(Seeds seeds) {
            this.seeds = seeds;
        }

        float[] deal(int user, float[] z) {
            SplittableRandom random = seeds.random("placebo", user);
            float[] dealt = z.clone();
            for (int k = dealt.length - 1; k > 0; k--) {
                int other = random.nextInt(k + 1);
                float swapped = dealt[k];
                dealt[k] = dealt[other];
                dealt[other] = swapped;
            }
            return dealt;
        }

        void keep(int user, int item, float score) {
            byUserAndItem.put(key(user, item), score);
        }

        float score(int user, int item) {
            return byUserAndItem.getOrDefault(key(user, item), 0f);
        }

        private static long key(int user, int item) {
            return ((long) user << Integer.SIZE) | item;
        }
    }

    /** Takes prompts apart into audit pairs and soft scores. */
    private static final class PromptReader {

        private final Snapshot.RowIdIndex users;
        private final Snapshot.RowIdIndex items;
        private final @Nullable Shuffle shuffle;
        private final Ints auditUser = new Ints();
        private final Ints chosen = new Ints();
        private final Ints other = new Ints();
        private final Floats margin = new Floats();
        private final Floats consistency = new Floats();
        private final Doubles weight = new Doubles();
        private final List<CandidateSource> source = new ArrayList<>();
        private final Ints scoreUser = new Ints();
        private final Ints scoreItem = new Ints();
        private final Floats score = new Floats();

        PromptReader(Snapshot.RowIdIndex users, Snapshot.RowIdIndex items, @Nullable Shuffle shuffle) {
            this.users = users;
            this.items = items;
            this.shuffle = shuffle;
        }

        void add(CandidateSet prompt, Judgment.Scored answer) {
            int user = users.idx(prompt.userId());
            if (user < 0) {
                return;
            }
            float[] z = shuffle == null ? answer.standardized() : shuffle.deal(user, answer.standardized());
            int audit = prompt.auditPosition().orElse(-1);
            int auditItem =
                    audit < 0 ? -1 : items.idx(prompt.candidates().get(audit).itemId());
            for (int position = 0; position < z.length; position++) {
                Candidate candidate = prompt.candidates().get(position);
                int item = items.idx(candidate.itemId());
                if (position == audit || item < 0) {
                    continue;
                }
                if (shuffle != null) {
                    shuffle.keep(user, item, z[position]);
                }
                scoreUser.add(user);
                scoreItem.add(item);
                score.add(z[position]);
                if (auditItem >= 0) {
                    auditUser.add(user);
                    chosen.add(auditItem);
                    other.add(item);
                    margin.add(z[audit] - z[position]);
                    consistency.add((float) answer.consistency());
                    weight.add(1 / candidate.inclusionProbability());
                    source.add(candidate.source());
                }
            }
        }

        AuditPairs audits() {
            return new AuditPairs(
                    auditUser.toArray(),
                    chosen.toArray(),
                    other.toArray(),
                    margin.toArray(),
                    consistency.toArray(),
                    weight.toArray(),
                    source.toArray(CandidateSource[]::new));
        }

        SoftScores scores() {
            UserOrder order = new UserOrder(scoreUser.toArray());
            return new SoftScores(
                    order.of(scoreUser.toArray()), order.of(scoreItem.toArray()), order.of(score.toArray()));
        }
    }
}
