package dev.discern.common.db;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.ItemTrend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Snapshot} in one repeatable-read transaction, streaming: memory is the arrays and one fetch of rows. */
public final class SnapshotReader {

    private static final int FETCH_ROWS = 10_000;

    private final DataSource dataSource;

    public SnapshotReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Reads everything.
     *
     * @throws DatabaseException when the database cannot be read
     */
    public Snapshot read() {
        return read(false, null).snapshot;
    }

    /**
     * Reads everything, and on which day each item came.
     *
     * @throws DatabaseException when the database cannot be read
     */
    public DatedSnapshot readDated() {
        Reading reading = read(true, null);
        return new DatedSnapshot(reading.snapshot, reading.days);
    }

    /**
     * Reads everything, and what users turned to lately.
     *
     * @param halfLifeDays after how many days a touch counts half, at least
     * @param enough decayed number of users that the most popular item needs ({@link ItemTrend.Sum})
     * @throws DatabaseException when the database cannot be read
     */
    public TrendingSnapshot readTrending(double halfLifeDays, double enough) {
        Reading reading = read(false, new Fading(halfLifeDays, enough));
        return new TrendingSnapshot(reading.snapshot, Objects.requireNonNull(reading.trend));
    }

    /** What was read; {@code days} is empty and {@code trend} null where nobody asks for them. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Reading(
            Snapshot snapshot, int[] days, @Nullable ItemTrend trend) {}

    /** How what users turned to earlier fades ({@link ItemTrend.Sum}). */
    private record Fading(double halfLifeDays, double enough) {}

    private Reading read(boolean dated, @Nullable Fading fading) {
        return Transactions.readOneState(
                dataSource, "reading the data snapshot", connection -> read(connection, dated, fading));
    }

    private static Reading read(Connection connection, boolean dated, @Nullable Fading fading) throws SQLException {
        String transactions = ChangeReader.snapshot(connection);
        Ids users = ids(connection, "select id, external_id from app_user order by external_id collate \"C\"");
        Ids items = ids(connection, "select id, external_id from item order by external_id collate \"C\"");
        ItemTrend.@Nullable Sum trend = fading == null
                ? null
                : new ItemTrend.Sum(items.rowIds.length, lastDay(connection), fading.halfLifeDays(), fading.enough());
        Dated histories = histories(
                connection,
                new Snapshot.RowIdIndex(users.rowIds),
                new Snapshot.RowIdIndex(items.rowIds),
                users.rowIds.length,
                items.rowIds.length,
                dated,
                trend);
        return new Reading(
                Snapshot.of(users.index, items.index, users.rowIds, items.rowIds, histories.matrix, transactions),
                histories.days,
                trend == null ? null : trend.trend());
    }

    /** That of the newest interaction, or today where that one claims to be of the future or there is none. */
    private static LocalDate lastDay(Connection connection) throws SQLException {
        String sql =
                "select floor(extract(epoch from least(max(event_time), now())) / 86400)::integer from interaction";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return LocalDate.ofEpochDay(row.getInt(1));
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Dated(InteractionMatrix matrix, int[] days) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Ids(IdIndex index, long[] rowIds) {}

    private static Ids ids(Connection connection, String sql) throws SQLException {
        List<String> external = new ArrayList<>();
        LongList rowIds = new LongList();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rowIds.add(rows.getLong(1));
                    external.add(rows.getString(2));
                }
            }
        }
        return new Ids(IdIndex.of(external), rowIds.toArray());
    }

    private static Dated histories(
            Connection connection,
            Snapshot.RowIdIndex userIdx,
            Snapshot.RowIdIndex itemIdx,
            int users,
            int items,
            boolean dated,
            ItemTrend.@Nullable Sum trend)
            throws SQLException {
        int[] lengths = new int[users];
        LongList packed = new LongList(); // user index in the high half, item index in the low half; users come in runs
        LongList packedDays = new LongList();
        String sql = """
                select user_id, item_id, floor(extract(epoch from event_time) / 86400)::integer from (
                    select distinct on (user_id, item_id) user_id, item_id, event_time, seq
                    from interaction order by user_id, item_id, event_time, seq) first_touch
                order by user_id, event_time, seq""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int user = userIdx.idx(rows.getLong(1));
                    lengths[user]++;
                    int item = itemIdx.idx(rows.getLong(2));
                    packed.add((long) user << 32 | item);
                    if (dated) {
                        packedDays.add(rows.getInt(3));
                    }
                    if (trend != null) {
                        trend.add(item, rows.getInt(3));
                    }
                }
            }
        }
        int[] rowStart = new int[users + 1];
        for (int user = 0; user < users; user++) {
            rowStart[user + 1] = rowStart[user] + lengths[user];
        }
        int[] next = Arrays.copyOf(rowStart, users);
        int[] columns = new int[packed.size];
        int[] days = new int[packedDays.size];
        for (int k = 0; k < packed.size; k++) {
            int at = next[(int) (packed.values[k] >>> 32)]++;
            columns[at] = (int) packed.values[k];
            if (dated) {
                days[at] = (int) packedDays.values[k];
            }
        }
        return new Dated(new InteractionMatrix(items, rowStart, columns), days);
    }

    /** A growing list of primitive longs. */
    private static final class LongList {

        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
