package dev.discern.common.db;

import dev.discern.common.data.UserProfile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code app_user}, one user at a time; events and imports create users, too. */
public final class UserStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final DataSource dataSource;

    /** Over a database with the migrations of this module. */
    public UserStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What was forgotten.
     *
     * @param wasKnown whether there was such a user
     * @param interactions how many
     * @param judgments answers of a judge about the user
     */
    public record Erasure(boolean wasKnown, int interactions, int judgments) {}

    /** The user of this id; empty when there is none. */
    public Optional<UserProfile> find(String id) {
        return Transactions.run(dataSource, "reading a user", connection -> find(connection, id, ""));
    }

    /**
     * Writes a user whole.
     *
     * @return whether the user was not there before
     */
    public boolean put(UserProfile user) {
        return Transactions.run(dataSource, "writing a user", connection -> {
            boolean there = find(connection, user.id(), "for update").isPresent();
            write(connection, user);
            return !there;
        });
    }

    /** Changes a user; empty when there is none. Two changes at a time wait for each other. */
    public Optional<UserProfile> change(String id, UnaryOperator<UserProfile> change) {
        return Transactions.run(dataSource, "changing a user", connection -> {
            Optional<UserProfile> changed = find(connection, id, "for update").map(change);
            if (changed.isPresent()) {
                write(connection, changed.get());
            }
            return changed;
        });
    }

    /**
     * Forgets a user: profile, interactions, prompts, judgments and the texts of answers; what calls cost stays, without what was said.
     * The hash of the id is kept, by which models that were published before know not to use what they have of the user.
     */
    public Erasure erase(String id) {
        return Transactions.run(dataSource, "erasing a user", connection -> {
            int judgments = count(
                    connection,
                    "select count(*) from judgment j join app_user u on u.id = j.user_id where u.external_id = ?",
                    id);
            int interactions = count(
                    connection,
                    "select count(*) from interaction x join app_user u on u.id = x.user_id where u.external_id = ?",
                    id);
            update(connection, """
                    update llm_call c set answer = null, detail = null
                    from app_user u where u.id = c.user_id and u.external_id = ?""", id);
            boolean wasKnown = update(connection, "delete from app_user where external_id = ?", id) > 0;
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into erased_user (external_id_sha256) values (?)
                    on conflict (external_id_sha256) do update set erased_at = now()""")) {
                statement.setBytes(1, sha256(id));
                statement.executeUpdate();
            }
            return new Erasure(wasKnown, interactions, judgments);
        });
    }

    /** By which an erased user is known: SHA-256 of the external id's UTF-8 bytes. */
    public static byte[] sha256(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<UserProfile> find(Connection connection, String id, String lock) throws SQLException {
        String sql = "select categories, attributes::text from app_user where external_id = ? " + lock;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new UserProfile(
                                id, ItemStore.strings(row.getArray(1)), JSON.readValue(row.getString(2), ATTRIBUTES)))
                        : Optional.empty();
            }
        }
    }

    private static void write(Connection connection, UserProfile user) throws SQLException {
        String sql = """
                insert into app_user (external_id, categories, attributes) values (?, ?, ?::jsonb)
                on conflict (external_id) do update
                set categories = excluded.categories, attributes = excluded.attributes""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, user.id());
            statement.setArray(
                    2, connection.createArrayOf("text", user.categories().toArray()));
            statement.setString(3, JSON.writeValueAsString(user.attributes()));
            statement.executeUpdate();
        }
    }

    private static int count(Connection connection, String sql, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static int update(Connection connection, String sql, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            return statement.executeUpdate();
        }
    }
}
