package dev.discern.scoring.llm;

import dev.discern.scoring.prompt.ChatPrompt;

/** An LLM behind HTTP. */
@FunctionalInterface
public interface ChatProvider {

    /** Makes one HTTP call; what goes wrong is a {@link ChatReply.Failure}. */
    ChatReply ask(ChatPrompt prompt);
}
