package dev.discern.scoring.prompt;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code prompt_version}: templates that were ever asked with. They are added, never changed. */
@Component
public final class PromptTemplates {

    private final JdbcClient jdbc;
    private final List<PromptTemplate> files;
    private final PromptTemplate current;

    PromptTemplates(JdbcClient jdbc, PromptProperties properties) throws IOException {
        this.jdbc = jdbc;
        this.files = TemplateFiles.read(properties.folder());
        this.current = files.stream()
                .filter(template -> template.name().equals(properties.name()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("discern.llm.prompt.name is %s, but the templates are %s"
                                .formatted(
                                        properties.name(),
                                        files.stream().map(PromptTemplate::name).toList())));
    }

    /** Keeps the templates of the files. */
    @EventListener(ApplicationReadyEvent.class)
    void seed() {
        files.forEach(this::add);
    }

    /** The template that new runs ask with. */
    public PromptTemplate current() {
        return current;
    }

    /** Keeps a template; one that is there already stays as it is. */
    public void add(PromptTemplate template) {
        jdbc.sql("""
                insert into prompt_version (version, item_chars, answer, system, message)
                values (:version, :itemChars, :answer, :system, :message) on conflict (version) do nothing""")
                .param("version", template.version())
                .param("itemChars", template.itemChars())
                .param("answer", template.answer().name())
                .param("system", template.system())
                .param("message", template.message())
                .update();
    }

    /** The template of this version, if it was ever kept. */
    public Optional<PromptTemplate> find(String version) {
        return jdbc.sql("select version, item_chars, answer, system, message from prompt_version where version = ?")
                .param(version)
                .query((row, number) -> template(row))
                .optional();
    }

    /** All versions, newest first. */
    public List<PromptTemplate> all() {
        return jdbc.sql(
                        "select version, item_chars, answer, system, message from prompt_version order by created_at desc, version")
                .query((row, number) -> template(row))
                .list();
    }

    private static PromptTemplate template(ResultSet row) throws SQLException {
        String version = row.getString("version");
        return new PromptTemplate(
                version.substring(0, version.lastIndexOf('@')),
                row.getInt("item_chars"),
                AnswerForm.of(row.getString("answer")),
                row.getString("system"),
                row.getString("message"));
    }
}
