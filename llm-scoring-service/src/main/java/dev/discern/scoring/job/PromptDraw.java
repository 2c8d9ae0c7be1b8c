package dev.discern.scoring.job;

import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.candidate.CandidateGenerator;
import dev.discern.scoring.candidate.Guides;
import dev.discern.scoring.policy.AskingPolicy;
import dev.discern.scoring.policy.ColdTail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which users a plan asks about, and which candidates each of them gets. */
final class PromptDraw {

    private PromptDraw() {}

    /** The prompts of a plan; the same plan on the same data, with the same guides, draws the same ones. */
    static List<CandidateSet> draw(ScoringPlan plan, Snapshot snapshot, @Nullable Guides guides) {
        Seeds seeds = new Seeds(plan.seed());
        if (plan.policy() == AskingPolicy.COLD_TAIL) {
            return coldTail(plan, snapshot, seeds);
        }
        CandidateGenerator generator = new CandidateGenerator(snapshot, plan.quotas(), seeds, guides);
        List<CandidateSet> prompts = new ArrayList<>();
        int[] order = userOrder(snapshot.users().size(), plan.users() != null, seeds);
        int wanted = plan.users() == null ? order.length : plan.users();
        for (int k = 0; k < order.length && prompts.size() < wanted; k++) {
            generator.draw(order[k]).ifPresent(prompts::add);
        }
        return prompts;
    }

    private static List<CandidateSet> coldTail(ScoringPlan plan, Snapshot snapshot, Seeds seeds) {
        TemporalSplit split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
        CandidateGenerator cold = new CandidateGenerator(snapshot, ColdTail.COLD, seeds);
        CandidateGenerator tail = new CandidateGenerator(snapshot, ColdTail.TAIL, seeds);
        List<Integer> heldOut = Arrays.stream(userOrder(snapshot.users().size(), true, seeds))
                .filter(split::isHeldOut)
                .boxed()
                .toList();
        List<CandidateSet> prompts = new ArrayList<>();
        for (int user : ColdTail.users(heldOut, split.train()::length, plan.users())) {
            (ColdTail.isCold(split.train().length(user)) ? cold : tail)
                    .draw(user)
                    .ifPresent(prompts::add);
        }
        return prompts;
    }

    /** All users in index order, or shuffled by the seed where only some are asked about. */
    private static int[] userOrder(int users, boolean shuffled, Seeds seeds) {
        int[] order = IntStream.range(0, users).toArray();
        if (shuffled) {
            SplittableRandom random = seeds.random("users");
            for (int k = users - 1; k > 0; k--) {
                int swap = random.nextInt(k + 1);
                int user = order[swap];
                order[swap] = order[k];
                order[k] = user;
            }
        }
        return order;
    }
}
