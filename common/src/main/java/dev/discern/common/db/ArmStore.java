package dev.discern.common.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** Table {@code arm_answers}: how often each version answered under each alias, and what events came of it. */
public final class ArmStore {

    private final DataSource dataSource;

    /** Over a database with the migrations of this module. */
    public ArmStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Who answered.
     *
     * @param alias the label
     * @param drawn whether the user's side was drawn between champion and challenger
     */
    public record Arm(String alias, String version, boolean drawn) {}

    /**
     * What one process has answered on a day, all in all.
     *
     * @param day UTC
     * @param items shown in these answers
     */
    public record Total(LocalDate day, Arm arm, long answers, long items) {}

    /** What an arm has answered from its first of some days to its last. */
    public record Answers(Arm arm, LocalDate firstDay, LocalDate lastDay, long answers, long items) {}

    /**
     * The ids of an arm's answers.
     *
     * @param first the lowest that there can be, in the order of a UUID's bytes
     * @param last the highest
     */
    public record Ids(UUID first, UUID last) {}

    /**
     * What users did after an arm's answers.
     *
     * @param byKind how many events of each kind
     * @param answers how many answers have at least one event
     */
    public record Events(Map<String, Long> byKind, long answers) {

        static final Events NONE = new Events(Map.of(), 0);
    }

    /**
     * Writes a process's totals. Totals only rise: what is repeated, or comes late, changes nothing.
     *
     * @throws DatabaseException when the database does not do it; whether they were written is then not known
     */
    public void put(UUID process, Collection<Total> totals) {
        String sql = """
                insert into arm_answers as known (process, day, alias, version, drawn, answers, items)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (day, alias, version, drawn, process) do update
                set answers = greatest(known.answers, excluded.answers), items = greatest(known.items, excluded.items)""";
        Transactions.run(dataSource, "writing how often models answered", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Total total : totals) {
                    statement.setObject(1, process);
                    statement.setObject(2, total.day());
                    statement.setString(3, total.arm().alias());
                    statement.setString(4, total.arm().version());
                    statement.setBoolean(5, total.arm().drawn());
                    statement.setLong(6, total.answers());
                    statement.setLong(7, total.items());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /**
     * What each arm has answered from a day on, by all processes, in the order of alias and version.
     *
     * @param since UTC
     */
    public List<Answers> since(LocalDate since) {
        String sql = """
                select alias, version, drawn, min(day), max(day), sum(answers)::bigint, sum(items)::bigint
                from arm_answers where day >= ?
                group by alias, version, drawn order by alias collate "C", version collate "C", drawn""";
        return Transactions.run(dataSource, "reading how often models answered", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, since);
                List<Answers> answers = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        answers.add(new Answers(
                                new Arm(row.getString(1), row.getString(2), row.getBoolean(3)),
                                row.getObject(4, LocalDate.class),
                                row.getObject(5, LocalDate.class),
                                row.getLong(6),
                                row.getLong(7)));
                    }
                }
                return answers;
            }
        });
    }

    /**
     * The events of the answers of some arms.
     *
     * @param since of the events' own times, from the beginning of this day on, UTC
     * @return one for each arm, in their order
     */
    public List<Events> events(List<Ids> arms, LocalDate since) {
        String sql = """
                select arm.place, event.kind, count(*), count(distinct event.recommendation)
                from unnest(?, ?) with ordinality as arm (first, last, place)
                join interaction event on event.recommendation between arm.first and arm.last
                where event.event_time >= ?
                group by grouping sets ((arm.place, event.kind), (arm.place))""";
        return Transactions.run(dataSource, "reading the events of answers", connection -> {
            List<Map<String, Long>> byKind = new ArrayList<>();
            arms.forEach(_ -> byKind.add(new TreeMap<>()));
            long[] answers = new long[arms.size()];
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, uuids(connection, arms, Ids::first));
                statement.setArray(2, uuids(connection, arms, Ids::last));
                statement.setObject(3, since.atStartOfDay().atOffset(ZoneOffset.UTC));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        int place = row.getInt(1) - 1;
                        String kind = row.getString(2);
                        if (kind == null) { // of all kinds
                            answers[place] = row.getLong(4);
                        } else {
                            byKind.get(place).put(kind, row.getLong(3));
                        }
                    }
                }
            }
            List<Events> events = new ArrayList<>();
            for (int place = 0; place < answers.length; place++) {
                events.add(answers[place] == 0 ? Events.NONE : new Events(byKind.get(place), answers[place]));
            }
            return events;
        });
    }

    private static Array uuids(Connection connection, List<Ids> arms, Function<Ids, UUID> id) throws SQLException {
        return connection.createArrayOf("uuid", arms.stream().map(id).toArray());
    }
}
