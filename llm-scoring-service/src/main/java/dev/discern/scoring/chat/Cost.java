package dev.discern.scoring.chat;

import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.Price;
import dev.discern.scoring.llm.ChatReply;
import java.math.BigDecimal;

/** What the answers to one question cost so far; what nobody knows counts as nothing here, and in the ledger as unknown. */
record Cost(int promptTokens, int completionTokens, BigDecimal usd) {

    static final Cost NOTHING = new Cost(0, 0, BigDecimal.ZERO);

    static Cost of(CallLedger.Unusable answer) {
        return new Cost(answer.promptTokens(), answer.completionTokens(), answer.usd());
    }

    static Cost of(ChatReply.Answer answer, Price price) {
        ChatReply.Usage usage = answer.usage();
        return usage == null
                ? NOTHING
                : new Cost(
                        usage.promptTokens(),
                        usage.completionTokens(),
                        price.cost(usage.promptTokens(), usage.completionTokens()));
    }

    Cost plus(Cost other) {
        return new Cost(
                promptTokens + other.promptTokens, completionTokens + other.completionTokens, usd.add(other.usd));
    }
}
