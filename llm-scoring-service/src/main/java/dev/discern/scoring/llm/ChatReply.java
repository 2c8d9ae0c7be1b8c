package dev.discern.scoring.llm;

import dev.discern.common.judgment.FailureReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one HTTP call to an LLM. */
public sealed interface ChatReply {

    /**
     * An answer, of use or not.
     *
     * @param text what the model wrote
     * @param refusal what it wrote instead, when it declined
     * @param truncated whether it was cut off at its longest length
     * @param usage null when the provider sent none
     * @param firstToken what the answer's first token might have been, the likeliest first; null when the provider was not asked for
     *     it, or told nothing
     */
    record Answer(
            String text,
            @Nullable String refusal,
            boolean truncated,
            @Nullable Usage usage,
            @Nullable List<Alternative> firstToken)
            implements ChatReply {

        /** An answer whose probabilities nobody asked for. */
        public Answer(String text, @Nullable String refusal, boolean truncated, @Nullable Usage usage) {
            this(text, refusal, truncated, usage, null);
        }
    }

    /** A token that might have been written, and the natural logarithm of its probability. */
    record Alternative(String token, double logProbability) {}

    /** Tokens by the provider's count. */
    record Usage(int promptTokens, int completionTokens) {}

    /**
     * No answer.
     *
     * @param status null when there was no HTTP answer
     * @param retryAfter the pause that the provider asks for
     * @param next what to do about it
     * @param charge what the provider may have charged
     */
    record Failure(
            FailureReason reason,
            @Nullable Integer status,
            String detail,
            @Nullable Duration retryAfter,
            Next next,
            Charge charge)
            implements ChatReply {}

    /** What to do about a failure. */
    enum Next {
        /** The same call may succeed later. */
        RETRY,
        /** This question will fail again; others need not. */
        GIVE_UP_QUESTION,
        /** Every question will fail: a wrong key, address or model. */
        GIVE_UP_RUN
    }

    /** What a failed call may have cost. */
    enum Charge {
        NOTHING,
        UNKNOWN
    }
}
