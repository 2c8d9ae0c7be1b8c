package dev.discern.training.dataset;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.judgment.PairJudgment;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a scoring run into arrays. Judgments of users or items that the snapshot does not have are left out. The audit item's
 * own soft score is never taught: which item it is would give the held-out click away.
 */
public final class JudgmentReader {

    /** Pairs of the kinds that the gate is calibrated for: both of the source that their prompt is drawn from. */
    private static final Set<CandidateSource> TAUGHT =
            EnumSet.of(CandidateSource.UNIFORM, CandidateSource.RECORDED, CandidateSource.TAIL, CandidateSource.COLD);

    private final JudgmentStore judgments;
    private final PairJudgmentStore pairs;

    public JudgmentReader(JudgmentStore judgments, PairJudgmentStore pairs) {
        this.judgments = judgments;
        this.pairs = pairs;
    }

    /** The judgments of {@code runId} in the snapshot's dense indices. */
    public Judgments read(long runId, Snapshot snapshot) {
        Snapshot.RowIdIndex users = snapshot.userByRowId();
        Snapshot.RowIdIndex items = snapshot.itemByRowId();
        PromptReader prompts = new PromptReader(users, items);
        judgments.forEachScored(runId, prompts::add);
        return new Judgments(pairs(runId, users, items), prompts.audits(), prompts.scores());
    }

    private JudgedPairs pairs(long runId, Snapshot.RowIdIndex users, Snapshot.RowIdIndex items) {
        Ints user = new Ints();
        Ints preferred = new Ints();
        Ints other = new Ints();
        Floats margin = new Floats();
        Floats consistency = new Floats();
        Consumer<PairJudgment> add = pair -> {
            int u = users.idx(pair.userId());
            int i = items.idx(pair.preferred());
            int j = items.idx(pair.other());
            if (u >= 0 && i >= 0 && j >= 0) {
                user.add(u);
                preferred.add(i);
                other.add(j);
                margin.add(pair.margin());
                consistency.add(pair.consistency());
            }
        };
        pairs.forEach(runId, TAUGHT, add);
        UserOrder order = new UserOrder(user.toArray());
        return new JudgedPairs(
                order.of(user.toArray()),
                order.of(preferred.toArray()),
                order.of(other.toArray()),
                order.of(margin.toArray()),
                order.of(consistency.toArray()));
    }

    /** Takes prompts apart into audit pairs and soft scores. */
    private static final class PromptReader {

        private final Snapshot.RowIdIndex users;
        private final Snapshot.RowIdIndex items;
        private final Ints auditUser = new Ints();
        private final Ints chosen = new Ints();
        private final Ints other = new Ints();
        private final Floats margin = new Floats();
        private final Floats consistency = new Floats();
        private final Doubles weight = new Doubles();
        private final Ints scoreUser = new Ints();
        private final Ints scoreItem = new Ints();
        private final Floats score = new Floats();

        PromptReader(Snapshot.RowIdIndex users, Snapshot.RowIdIndex items) {
            this.users = users;
            this.items = items;
        }

        void add(CandidateSet prompt, Judgment.Scored answer) {
            int user = users.idx(prompt.userId());
            if (user < 0) {
                return;
            }
            float[] z = answer.standardized();
            int audit = prompt.auditPosition().orElse(-1);
            int auditItem =
                    audit < 0 ? -1 : items.idx(prompt.candidates().get(audit).itemId());
            for (int position = 0; position < z.length; position++) {
                Candidate candidate = prompt.candidates().get(position);
                int item = items.idx(candidate.itemId());
                if (position == audit || item < 0) {
                    continue;
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
                    weight.toArray());
        }

        SoftScores scores() {
            UserOrder order = new UserOrder(scoreUser.toArray());
            return new SoftScores(
                    order.of(scoreUser.toArray()), order.of(scoreItem.toArray()), order.of(score.toArray()));
        }
    }
}
