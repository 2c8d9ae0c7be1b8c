package dev.discern.scoring.catalog;

import dev.discern.common.db.Copy;
import dev.discern.scoring.catalog.file.InteractionRow;
import dev.discern.scoring.catalog.file.Reject;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** The interactions of one import. */
final class InteractionStage extends Stage<InteractionRow> {

    InteractionStage(JdbcTemplate jdbc, String table) {
        super(jdbc, table);
    }

    @Override
    String definition() {
        return "user_id text, item_id text, event_time timestamptz, kind text, value real";
    }

    @Override
    String columns() {
        return "user_id, item_id, event_time, kind, value";
    }

    @Override
    void write(Copy copy, InteractionRow row) throws SQLException {
        copy.text(row.userId())
                .text(row.itemId())
                .raw(row.time().toString())
                .text(row.kind())
                .number(row.value());
    }

    /**
     * Takes out the rows of items that neither the catalog nor {@code items} knows.
     *
     * @param itemColumn what the file calls the item's id
     */
    void rejectUnknownItems(ItemStage items, String itemColumn, Consumer<Reject> rejects) {
        jdbc().query("""
                        with removed as (
                            delete from %s s
                            where not exists (select from item i where i.external_id = s.item_id)
                              and not exists (select from %s i where i.external_id = s.item_id)
                            returning line, item_id
                        )
                        select line, item_id from removed order by line""".formatted(table(), items.table()), row -> {
            rejects.accept(new Reject(
                    row.getLong("line"),
                    itemColumn,
                    "unknown item: neither in the catalog nor among the items of this import",
                    row.getString("item_id")));
        });
    }

    /** Creates the users who are new, then appends in order of arrival; an interaction that is there already stays as it is. */
    @Override
    Changes merge(long after, long last) {
        int users = jdbc().update("""
                        insert into app_user (external_id)
                        select user_id from %s where line > ? and line <= ? group by user_id order by min(line)
                        on conflict (external_id) do nothing""".formatted(table()), after, last);
        int inserted = jdbc().update("""
                        insert into interaction (user_id, item_id, event_time, kind, value)
                        select u.id, i.id, s.event_time, s.kind, s.value
                        from %s s
                        join app_user u on u.external_id = s.user_id
                        join item i on i.external_id = s.item_id
                        where s.line > ? and s.line <= ?
                        order by s.line
                        on conflict do nothing""".formatted(table()), after, last);
        long rows = count("select count(*) from %s where line > ? and line <= ?".formatted(table()), after, last);
        return new Changes(inserted, 0, rows - inserted, users);
    }

    @Override
    Changes preview() {
        long users = count("""
                select count(distinct user_id) from %s s
                where not exists (select from app_user u where u.external_id = s.user_id)""".formatted(table()));
        long inserted = count("""
                select count(*) from (
                    select distinct user_id, item_id, event_time, kind from %s s
                    where not exists (
                        select from interaction x
                        join app_user u on u.id = x.user_id
                        join item i on i.id = x.item_id
                        where u.external_id = s.user_id and i.external_id = s.item_id
                          and x.event_time = s.event_time and x.kind = s.kind)) added""".formatted(table()));
        return new Changes(inserted, 0, count() - inserted, users);
    }
}
