package dev.discern.training.publish;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code model_comparison}: what a comparison of two versions said. Versions never change, so it is made once. */
@Component
public class ComparisonStore {

    private final JdbcClient jdbc;

    ComparisonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The comparison, JSON, of a version with a champion, if it was made before. */
    public Optional<String> find(String version, String champion) {
        return jdbc.sql("select comparison::text from model_comparison where version = ? and champion = ?")
                .param(version)
                .param(champion)
                .query(String.class)
                .optional();
    }

    /** Keeps a comparison; whoever made the same one at the same time made it equal. */
    public void save(String version, String champion, String comparison) {
        jdbc.sql("""
                        insert into model_comparison (version, champion, comparison, created_at) values (?, ?, ?::jsonb, now())
                        on conflict do nothing""").param(version).param(champion).param(comparison).update();
    }
}
