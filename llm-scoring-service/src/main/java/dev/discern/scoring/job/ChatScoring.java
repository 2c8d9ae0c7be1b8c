package dev.discern.scoring.job;

import dev.discern.common.db.ItemStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.Price;
import dev.discern.scoring.budget.PriceTable;
import dev.discern.scoring.chat.BatchJudge;
import dev.discern.scoring.chat.BatchTask;
import dev.discern.scoring.chat.ChatJudge;
import dev.discern.scoring.chat.ChatTask;
import dev.discern.scoring.chat.Watcher;
import dev.discern.scoring.judge.OrderEffects;
import dev.discern.scoring.llm.Llm;
import dev.discern.scoring.prompt.ChatPrompt;
import dev.discern.scoring.prompt.PromptRenderer;
import dev.discern.scoring.prompt.PromptTemplate;
import dev.discern.scoring.prompt.PromptTemplates;
import dev.discern.scoring.prompt.TokenCounter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The part of the scoring job that asks an LLM, by chat or by batch. */
@Component
public class ChatScoring {

    private final ChatJudge chatJudge;
    private final BatchJudge batchJudge;
    private final Llm llm;
    private final PriceTable prices;
    private final PromptTemplates templates;
    private final CallLedger ledger;
    private final JudgmentStore judgments;
    private final ItemStore items;

    ChatScoring(
            ChatJudge chatJudge,
            BatchJudge batchJudge,
            Llm llm,
            PriceTable prices,
            PromptTemplates templates,
            CallLedger ledger,
            JudgmentStore judgments,
            ItemStore items) {
        this.chatJudge = chatJudge;
        this.batchJudge = batchJudge;
        this.llm = llm;
        this.prices = prices;
        this.templates = templates;
        this.ledger = ledger;
        this.judgments = judgments;
        this.items = items;
    }

    /**
     * What the chat or batch judge is to do, with the LLM and the template of now.
     *
     * @param batchDeadline of the batch judge; null for the configured one
     * @throws InvalidPlanException when there is no LLM, or a cap in money on a model without a price
     */
    public ChatPlan plan(
            String judge,
            @Nullable Integer permutations,
            @Nullable BigDecimal budgetUsd,
            @Nullable Long budgetTokens,
            @Nullable Integer round,
            @Nullable Duration batchDeadline) {
        if (batchDeadline != null && !judge.equals(ScoringPlan.BATCH)) {
            throw new InvalidPlanException(
                    "batchDeadline", "batchDeadline is for the batch judge, and it is %s".formatted(judge));
        }
        if (!llm.isConfigured()) {
            throw new InvalidPlanException(
                    "judge",
                    "no LLM is configured: set DISCERN_LLM_BASE_URL and DISCERN_LLM_MODEL (and DISCERN_LLM_API_KEY) for the scoring service");
        }
        if (judge.equals(ScoringPlan.BATCH) && !llm.properties().isConfigured()) {
            throw new InvalidPlanException(
                    "judge",
                    "the chat model of a Spring AI starter has no batches: set DISCERN_LLM_BASE_URL, or ask by chat");
        }
        String model = Objects.requireNonNull(llm.properties().model());
        if (budgetUsd != null && prices.of(model).isEmpty()) {
            throw new InvalidPlanException(
                    "budgetUsd",
                    "model %s has no price in discern.llm.prices: add it there, or give budgetTokens instead"
                            .formatted(model));
        }
        String version = templates.current().version();
        return new ChatPlan(
                llm.identity(version),
                version,
                permutations == null ? 1 : permutations,
                budgetUsd,
                budgetTokens,
                round == null ? 0 : round,
                judge.equals(ScoringPlan.BATCH) && batchDeadline == null
                        ? llm.batch().deadline()
                        : batchDeadline);
    }

    /** The key of a prompt's answer. */
    static byte[] key(ScoringPlan plan, CandidateSet prompt, ItemTexts texts) {
        ChatPlan chat = plan.requireChat();
        return ChatTask.key(chat.identity(), prompt, texts::identity, chat.permutations(), plan.seed());
    }

    /** Asks the open prompts of a part of a run. */
    ChatJudge.Ending judge(ScoringPlan plan, ScoringRun run, JudgmentStore.Part part, Watcher watcher)
            throws SQLException, InterruptedException {
        ChatPlan chat = plan.requireChat();
        if (!llm.isConfigured() || !llm.identity(chat.promptVersion()).equals(chat.identity())) {
            throw new IllegalStateException(
                    "run %d asks %s, but the service is configured for another LLM; configure it as before, or start a new run"
                            .formatted(run.id(), chat.identity()));
        }
        ChatTask task = task(plan, run.id(), new ItemTexts(items));
        return chat.batchDeadline() == null
                ? chatJudge.ask(task, part, watcher)
                : batchJudge.ask(new BatchTask(task, price(plan), chat.batchDeadline()), part, watcher);
    }

    /** What the questions of a plan are. */
    ChatTask task(ScoringPlan plan, long runId, ItemTexts texts) {
        ChatPlan chat = plan.requireChat();
        return new ChatTask(
                runId,
                chat.identity(),
                new PromptRenderer(template(chat.promptVersion()), texts::text),
                texts::identity,
                chat.permutations(),
                plan.seed(),
                price(),
                chat.budgetUsd(),
                chat.budgetTokens());
    }

    /** About how many tokens a prompt of this plan and its answer have, all its orders together. */
    ToIntFunction<CandidateSet> tokens(ScoringPlan plan) {
        PromptRenderer renderer = task(plan, 0, new ItemTexts(items)).renderer();
        TokenCounter counter = new TokenCounter();
        int orders = plan.requireChat().permutations();
        return prompt -> {
            ChatPrompt rendered = renderer.render(prompt);
            return orders * (counter.count(rendered) + counter.countAnswer(rendered));
        };
    }

    private PromptTemplate template(String version) {
        return templates.current().version().equals(version)
                ? templates.current()
                : templates
                        .find(version)
                        .orElseThrow(() -> new IllegalStateException("there is no prompt version " + version));
    }

    /** What a token costs by this plan, before a batch's deadline. */
    Price price(ScoringPlan plan) {
        return plan.judge().equals(ScoringPlan.BATCH)
                ? price().times(llm.batch().priceFactor())
                : price();
    }

    /** Of the configured model; free when it has none. */
    private Price price() {
        return prices.of(Objects.requireNonNull(llm.properties().model())).orElse(Price.FREE);
    }

    /** When the configured model's price was looked up; null when it has none. */
    @Nullable
    LocalDate priceDate() {
        return prices.of(Objects.requireNonNull(llm.properties().model())).isPresent() ? prices.date() : null;
    }

    /** The most tokens that an answer can have. */
    int maxCompletionTokens() {
        return llm.properties().maxCompletionTokens();
    }

    /** What a run's calls came to. */
    CallLedger.Totals totals(ScoringRun run) {
        return ledger.totals(run.id());
    }

    /**
     * More of a run of the chat or batch judge.
     *
     * @param unknownCalls calls of which nobody knows what they cost: the cap counts their worst case, {@code cost} does not
     * @param repeatedCalls calls that were in flight when the process was killed
     * @param slotEffect mean standardized score by the candidate's place in the list; all near 0 when the place does not matter
     * @param flipRate share of preferences that another order turned round; null when each prompt was asked in one order
     * @param priceDate of the price table; null when the model has no price, and cost is then 0
     */
    record Report(
            long unknownCalls,
            long repeatedCalls,
            List<Double> slotEffect,
            @Nullable Double flipRate,
            @Nullable LocalDate priceDate) {}

    Report report(ScoringPlan plan, ScoringRun run, CallLedger.Totals paid) {
        ChatTask task = task(plan, run.id(), new ItemTexts(items));
        OrderEffects effects = new OrderEffects();
        judgments.forEachScored(run.id(), (prompt, answer) -> {
            if (task.permutations() == 1) {
                effects.addSlots(answer.scores());
            } else {
                addOrders(effects, task.questions(prompt));
            }
        });
        return new Report(
                paid.unknown(),
                paid.repeated(),
                effects.slotEffect(),
                task.permutations() == 1 ? null : effects.flipRate(),
                priceDate());
    }

    private void addOrders(OrderEffects effects, List<ChatTask.Question> questions) {
        Map<ByteBuffer, Judgment> found =
                judgments.find(questions.stream().map(ChatTask.Question::key).toList());
        List<List<Float>> byOrder = new ArrayList<>();
        for (ChatTask.Question question : questions) {
            if (found.get(ByteBuffer.wrap(question.key())) instanceof Judgment.Scored scored) {
                effects.addSlots(scored.scores());
                byOrder.add(question.order().asDrawn(scored.scores()));
            }
        }
        effects.addOrders(byOrder);
    }
}
