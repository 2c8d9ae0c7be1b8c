package dev.discern.scoring.prompt;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which template new runs ask with.
 *
 * @param name of a file, without {@code .txt}
 * @param folder with further templates, which stand before those of the build; null for none
 */
@ConfigurationProperties("discern.llm.prompt")
record PromptProperties(
        @DefaultValue("listwise") String name, @Nullable Path folder) {}
