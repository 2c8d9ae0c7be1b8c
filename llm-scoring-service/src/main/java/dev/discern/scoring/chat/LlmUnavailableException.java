package dev.discern.scoring.chat;

/** That there is no use in asking on: the provider refuses every call, or fails for good. What was answered is kept. */
public final class LlmUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LlmUnavailableException(String message) {
        super(message);
    }
}
