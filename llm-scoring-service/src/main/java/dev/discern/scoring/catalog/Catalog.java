package dev.discern.scoring.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database holds, in numbers. */
@Component
public final class Catalog {

    private static final int VERSION_BYTES = 8;

    private final JdbcClient jdbc;

    Catalog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The catalog's size.
     *
     * @param dataVersion 16 hexadecimal digits that change when a user, an item, an item's text or an interaction is added or
     *     changed; cheaper than {@link dev.discern.common.db.Snapshot#hash()}, which reads every row, and not comparable between
     *     databases
     */
    public record Summary(long users, long items, long interactions, String dataVersion) {}

    public Summary summary() {
        return jdbc.sql("""
                        select (select count(*) from app_user) as users,
                               (select count(*) from item) as items,
                               (select count(*) from interaction) as interactions,
                               (select coalesce(max(seq), 0) from interaction) as last_seq,
                               (select coalesce(extract(epoch from max(updated_at))::text, '') from item) as last_update""")
                .query((row, number) -> {
                    long users = row.getLong("users");
                    long items = row.getLong("items");
                    long interactions = row.getLong("interactions");
                    return new Summary(
                            users,
                            items,
                            interactions,
                            version(users, items, interactions, row.getLong("last_seq"), row.getString("last_update")));
                })
                .single();
    }

    private static String version(Object... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
