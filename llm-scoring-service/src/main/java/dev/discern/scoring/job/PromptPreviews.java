package dev.discern.scoring.job;

import dev.discern.common.db.ItemStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.budget.PriceTable;
import dev.discern.scoring.candidate.CandidateGenerator;
import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.llm.Llm;
import dev.discern.scoring.prompt.ChatPrompt;
import dev.discern.scoring.prompt.PromptRenderer;
import dev.discern.scoring.prompt.PromptTemplate;
import dev.discern.scoring.prompt.TokenCounter;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows the prompt that a user would be asked about with. */
@Component
public class PromptPreviews {

    private final SnapshotReader snapshots;
    private final ItemStore items;
    private final Llm llm;
    private final PriceTable prices;
    private final TokenCounter tokens = new TokenCounter();

    PromptPreviews(SnapshotReader snapshots, ItemStore items, Llm llm, PriceTable prices) {
        this.snapshots = snapshots;
        this.items = items;
        this.llm = llm;
        this.prices = prices;
    }

    /** The prompt of a user by external id; empty when there is no such user, or too little is known of them. */
    public Optional<PromptPreview> preview(PromptTemplate template, String userId, long seed) {
        Snapshot snapshot = snapshots.read();
        int user = snapshot.users().idx(userId);
        return user < 0
                ? Optional.empty()
                : new CandidateGenerator(snapshot, Quotas.DEFAULTS, new Seeds(seed))
                        .draw(user)
                        .map(prompt -> preview(template, prompt));
    }

    private PromptPreview preview(PromptTemplate template, CandidateSet set) {
        ChatPrompt prompt = new PromptRenderer(template, new ItemTexts(items)::text).render(set);
        int promptTokens = tokens.count(prompt);
        int answerTokens = tokens.countAnswer(prompt);
        return new PromptPreview(
                template.version(),
                prompt.messages(),
                prompt.schema(),
                promptTokens,
                prompt.worstCaseTokens(),
                answerTokens,
                llm.properties().model(),
                cost(llm.properties().model(), promptTokens, answerTokens));
    }

    private @Nullable BigDecimal cost(@Nullable String model, int promptTokens, int answerTokens) {
        return model == null
                ? null
                : prices.of(model)
                        .map(price -> price.cost(promptTokens, answerTokens).stripTrailingZeros())
                        .orElse(null);
    }
}
