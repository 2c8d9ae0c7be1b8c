package dev.discern.scoring.catalog;

import dev.discern.common.data.Item;
import dev.discern.common.db.Copy;
import dev.discern.scoring.catalog.file.Reject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The items of one import. */
final class ItemStage extends Stage<Item> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DIFFERS = """
            ((i.title, i.categories, i.description, i.attributes)
            is distinct from (s.title, s.categories, s.description, s.attributes)
            or s.expires_at <> i.expires_at or s.expires_at is not null and i.expires_at is null)""";

    ItemStage(JdbcTemplate jdbc, String table) {
        super(jdbc, table);
    }

    @Override
    String definition() {
        return "external_id text, title text, categories text[], description text, attributes jsonb, expires_at timestamptz";
    }

    @Override
    String columns() {
        return "external_id, title, categories, description, attributes, expires_at";
    }

    @Override
    void write(Copy copy, Item item) throws SQLException {
        copy.text(item.id())
                .text(item.title())
                .text(item.categories().stream().map(ItemStage::quoted).collect(Collectors.joining(",", "{", "}")))
                .text(item.description())
                .text(JSON.writeValueAsString(item.attributes()));
        Instant expiresAt = item.expiresAt();
        if (expiresAt == null) {
            copy.none();
        } else {
            copy.text(expiresAt.toString());
        }
    }

    /** {@code value} as an element of an array literal. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Takes out the rows that say something else of an item than an earlier row does: the first one counts. A row that only
     * repeats another stays, and changes nothing.
     *
     * @param idColumn what the file calls the id
     */
    void rejectContradictions(String idColumn, Consumer<Reject> rejects) {
        jdbc().query("""
                        with first as (
                            select external_id, min(line) as line from %1$s group by external_id having count(*) > 1
                        ), removed as (
                            delete from %1$s s using first, %1$s i
                            where s.external_id = first.external_id and i.line = first.line and s.line > first.line and %2$s
                            returning s.line, s.external_id, first.line as first_line
                        )
                        select line, external_id, first_line from removed order by line""".formatted(table(), DIFFERS), row -> {
            rejects.accept(new Reject(
                    row.getLong("line"),
                    idColumn,
                    "the same item with other content than in line " + row.getLong("first_line"),
                    row.getString("external_id")));
        });
    }

    @Override
    Changes merge(long after, long last) {
        int updated = jdbc().update("""
                        update item i
                        set title = s.title, categories = s.categories, description = s.description,
                            attributes = s.attributes, expires_at = coalesce(s.expires_at, i.expires_at), updated_at = now()
                        from %s s
                        where s.line > ? and s.line <= ? and i.external_id = s.external_id and %s""".formatted(table(), DIFFERS), after, last);
        int inserted = jdbc().update("""
                        insert into item (external_id, title, categories, description, attributes, expires_at)
                        select external_id, title, categories, description, attributes, expires_at
                        from %s where line > ? and line <= ? order by line
                        on conflict (external_id) do nothing""".formatted(table()), after, last);
        long rows = count("select count(*) from %s where line > ? and line <= ?".formatted(table()), after, last);
        return new Changes(inserted, updated, rows - inserted - updated, 0);
    }

    @Override
    Changes preview() {
        long inserted = count("""
                select count(distinct s.external_id) from %s s
                where not exists (select from item i where i.external_id = s.external_id)""".formatted(table()));
        long updated = count("""
                select count(distinct i.id) from %s s join item i on i.external_id = s.external_id where %s""".formatted(table(), DIFFERS));
        return new Changes(inserted, updated, count() - inserted - updated, 0);
    }
}
