package dev.discern.scoring.chat;

import dev.discern.scoring.llm.BatchApiException;

/** That there is no use in asking on: the provider refuses every call, or fails for good. What was answered is kept. */
public final class LlmUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** That batches cannot be made, or looked at. */
    static LlmUnavailableException of(BatchApiException failure) {
        return new LlmUnavailableException(
                "the LLM provider's batches are not to be had: %s. Check DISCERN_LLM_BASE_URL, DISCERN_LLM_MODEL and DISCERN_LLM_API_KEY (a provider without batches can be asked by the chat judge), then restart the job: open batches go on"
                        .formatted(failure.getMessage()));
    }

    LlmUnavailableException(String message) {
        super(message);
    }
}
