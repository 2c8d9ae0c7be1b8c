package dev.discern.scoring.job;

import dev.discern.common.db.ItemStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.budget.Price;
import dev.discern.scoring.chat.ChatTask;
import dev.discern.scoring.policy.AskingPolicy;
import dev.discern.scoring.policy.PilotDraw;
import dev.discern.scoring.prompt.ChatPrompt;
import dev.discern.scoring.prompt.TokenCounter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what a plan of the chat or batch judge would come to. Draws the prompts as the job would, and asks nobody. */
@Component
public class Estimates {

    private static final int KEYS_PER_READ = 1_000;

    /** Prompts whose tokens are counted; the rest is taken to be like them. */
    private static final int SAMPLE = 500;

    private final ChatScoring chat;
    private final CandidateGuides guides;
    private final SnapshotReader snapshots;
    private final ItemStore items;
    private final JudgmentStore judgments;
    private final TokenCounter tokens = new TokenCounter();

    Estimates(
            ChatScoring chat,
            CandidateGuides guides,
            SnapshotReader snapshots,
            ItemStore items,
            JudgmentStore judgments) {
        this.chat = chat;
        this.guides = guides;
        this.snapshots = snapshots;
        this.items = items;
        this.judgments = judgments;
    }

    /**
     * The estimate of a plan.
     *
     * @throws InvalidPlanException if the draw needs vectors that are still to be made
     */
    public Estimate estimate(ScoringPlan plan) {
        ItemTexts texts = new ItemTexts(items);
        ChatTask task = chat.task(plan, 0, texts);
        guides.requireVectors(plan, texts);
        Snapshot snapshot = snapshots.read();
        List<CandidateSet> prompts = PromptDraw.draw(plan, snapshot, guides.of(plan, snapshot));
        List<CandidateSet> open = new ArrayList<>();
        for (int from = 0; from < prompts.size(); from += KEYS_PER_READ) {
            addOpen(plan, prompts.subList(from, Math.min(prompts.size(), from + KEYS_PER_READ)), texts, open);
        }
        int answered = prompts.size() - open.size();
        java.util.Collections.shuffle(open, new Random(new Seeds(plan.seed()).of("estimate")));
        Sample sample = sample(task, open.subList(0, Math.min(open.size(), SAMPLE)));
        double scale = sample.prompts == 0 ? 0 : (double) open.size() / sample.prompts;
        long promptTokens = Math.round(sample.promptTokens * scale);
        long completionTokens = Math.round(sample.completionTokens * scale);
        long worstPrompt = Math.round(sample.worstPromptTokens * scale);
        long calls = Math.round(sample.calls * scale);
        long worstCompletion = calls * task.renderer().form().maxTokens(chat.maxCompletionTokens());
        return new Estimate(
                plan.requireChat().identity(),
                prompts.size(),
                answered,
                calls,
                promptTokens,
                completionTokens,
                cost(chat.price(plan), promptTokens, completionTokens),
                worstPrompt + worstCompletion,
                cost(chat.price(plan), worstPrompt, worstCompletion),
                plan.policy() == AskingPolicy.GATE_BUDGET ? PilotDraw.size(prompts.size()) : null,
                chat.priceDate());
    }

    private @Nullable BigDecimal cost(Price price, long promptTokens, long completionTokens) {
        return chat.priceDate() == null
                ? null
                : price.cost(promptTokens, completionTokens).stripTrailingZeros();
    }

    /** Prompts without an answer; one that the provider failed on is asked again. */
    private void addOpen(ScoringPlan plan, List<CandidateSet> prompts, ItemTexts texts, List<CandidateSet> open) {
        List<byte[]> keys = prompts.stream()
                .map(prompt -> ChatScoring.key(plan, prompt, texts))
                .toList();
        Map<ByteBuffer, Judgment> known = judgments.find(keys);
        for (int k = 0; k < keys.size(); k++) {
            Judgment judgment = known.get(ByteBuffer.wrap(keys.get(k)));
            if (judgment == null
                    || (judgment instanceof Judgment.Failed failed
                            && failed.reason().isTransient())) {
                open.add(prompts.get(k));
            }
        }
    }

    /** Sums over the sampled prompts, all their orders included. */
    private record Sample(int prompts, long calls, long promptTokens, long completionTokens, long worstPromptTokens) {}

    private Sample sample(ChatTask task, List<CandidateSet> prompts) {
        long calls = 0;
        long promptTokens = 0;
        long completionTokens = 0;
        long worstPromptTokens = 0;
        for (CandidateSet prompt : prompts) {
            int orders = task.questions(prompt).size();
            ChatPrompt rendered = task.renderer().render(prompt);
            calls += orders;
            promptTokens += (long) orders * tokens.count(rendered);
            completionTokens += (long) orders * tokens.countAnswer(rendered);
            worstPromptTokens += (long) orders * rendered.worstCaseTokens();
        }
        return new Sample(prompts.size(), calls, promptTokens, completionTokens, worstPromptTokens);
    }
}
