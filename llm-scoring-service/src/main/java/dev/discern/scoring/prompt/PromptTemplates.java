package dev.discern.scoring.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code prompt_version}: templates that were ever asked with. They are added, never changed. */
@Component
public final class PromptTemplates {

    private static final String DEFAULT = "listwise";

    private final JdbcClient jdbc;
    private final PromptTemplate current;

    PromptTemplates(JdbcClient jdbc) throws IOException {
        this.jdbc = jdbc;
        this.current = PromptTemplate.parse(
                DEFAULT,
                new ClassPathResource("prompts/" + DEFAULT + ".txt").getContentAsString(StandardCharsets.UTF_8));
    }

    /** Keeps the template that comes with this build. */
    @EventListener(ApplicationReadyEvent.class)
    void seed() {
        add(current);
    }

    /** The template that new runs ask with. */
    public PromptTemplate current() {
        return current;
    }

    /** Keeps a template; one that is there already stays as it is. */
    public void add(PromptTemplate template) {
        jdbc.sql("""
                insert into prompt_version (version, item_chars, system, message)
                values (:version, :itemChars, :system, :message) on conflict (version) do nothing""")
                .param("version", template.version())
                .param("itemChars", template.itemChars())
                .param("system", template.system())
                .param("message", template.message())
                .update();
    }

    /** The template of this version, if it was ever kept. */
    public Optional<PromptTemplate> find(String version) {
        return jdbc.sql("select version, item_chars, system, message from prompt_version where version = ?")
                .param(version)
                .query((row, number) -> template(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)))
                .optional();
    }

    /** All versions, newest first. */
    public List<PromptTemplate> all() {
        return jdbc.sql(
                        "select version, item_chars, system, message from prompt_version order by created_at desc, version")
                .query((row, number) -> template(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)))
                .list();
    }

    private static PromptTemplate template(String version, int itemChars, String system, String message) {
        return new PromptTemplate(version.substring(0, version.lastIndexOf('@')), itemChars, system, message);
    }
}
