package dev.discern.training.job;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts interactions before and after one of them, by their numbers of arrival. */
@Component
class EventCounts {

    private final JdbcClient jdbc;

    EventCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the newest interaction; 0 when there is none. */
    long newest() {
        return jdbc.sql("select coalesce(max(seq), 0) from interaction")
                .query(Long.class)
                .single();
    }

    /** How many came after this one. */
    long after(long seq) {
        return jdbc.sql("select count(*) from interaction where seq > ?")
                .param(seq)
                .query(Long.class)
                .single();
    }

    private record ItemCount(long earlier, long newer) {}

    /** The {@link PopularityDrift} of those after this one against the others. */
    double drift(long seq) {
        List<ItemCount> counts = jdbc.sql("""
                        select count(*) filter (where seq <= :seq) earlier, count(*) filter (where seq > :seq) newer
                        from interaction group by item_id order by item_id""")
                .param("seq", seq)
                .query((row, n) -> new ItemCount(row.getLong(1), row.getLong(2)))
                .list();
        return PopularityDrift.psi(
                counts.stream().mapToLong(ItemCount::earlier).toArray(),
                counts.stream().mapToLong(ItemCount::newer).toArray());
    }
}
