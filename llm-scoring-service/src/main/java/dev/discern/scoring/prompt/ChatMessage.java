package dev.discern.scoring.prompt;

/** One message of a conversation with an LLM. */
public record ChatMessage(Role role, String text) {

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
