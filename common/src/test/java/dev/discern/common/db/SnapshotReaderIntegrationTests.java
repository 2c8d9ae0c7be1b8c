package dev.discern.common.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.ItemTrend;
import dev.discern.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SnapshotReaderIntegrationTests {

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void readsHistoriesOldestFirstWithoutRepeatsAndTiesInOrderOfArrival() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into item (external_id) values ('b'), ('a'), ('é'), ('z')");
            statement.execute("insert into app_user (external_id) values ('u2'), ('u1')");
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, to_timestamp(t) from (values
                        ('u1', 'z', 5), ('u1', 'a', 5), ('u1', 'b', 1), ('u1', 'z', 9), ('u2', 'é', 3)) v (u_id, i_id, t)
                    join app_user u on u.external_id = u_id join item i on i.external_id = i_id
                    order by v.t, array_position(array['z', 'a', 'b', 'é'], i_id)""");
        }

        Snapshot snapshot = new SnapshotReader(database.dataSource()).read();

        assertThat(snapshot.items().ids()).containsExactly("a", "b", "z", "é");
        assertThat(snapshot.users().ids()).containsExactly("u1", "u2");
        assertThat(snapshot.histories().row(0)).containsExactly(1, 2, 0);
        assertThat(snapshot.histories().row(1)).containsExactly(3);
        assertThat(snapshot.itemByRowId().idx(snapshot.itemRowIds()[2])).isEqualTo(2);
        assertThat(snapshot.itemByRowId().idx(-7)).isEqualTo(-1);
        assertThat(new SnapshotReader(database.dataSource()).read().hash()).isEqualTo(snapshot.hash());
    }

    @Test
    void tellsTheDayOfEachItemInUtcBeforeAndAfter1970() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'Asia/Tokyo'");
            statement.execute("insert into item (external_id) values ('a'), ('b'), ('c'), ('d')");
            statement.execute("insert into app_user (external_id) values ('u1'), ('u0')");
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, to_timestamp(t) from (values
                        ('u1', 'a', -1), ('u1', 'b', 0), ('u1', 'c', 86399), ('u1', 'd', 86400), ('u0', 'd', 864000)) v (u_id, i_id, t)
                    join app_user u on u.external_id = u_id join item i on i.external_id = i_id""");
        }

        DatedSnapshot dated = new SnapshotReader(database.dataSource()).readDated();

        assertThat(dated.snapshot().histories().columns()).containsExactly(3, 0, 1, 2, 3);
        assertThat(dated.days()).containsExactly(10, -1, 0, 0, 1);
    }

    @Test
    void whatUsersTurnedToLatelyWeighsMoreAndTheFutureIsToday() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into item (external_id) values ('a'), ('b'), ('c'), ('d')");
            statement.execute("insert into app_user (external_id) values ('u1'), ('u0')");
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, to_timestamp(86400.0 * t) from (values
                        ('u1', 'a', 0.9), ('u1', 'b', 10), ('u1', 'c', 0), ('u0', 'a', 5.1), ('u0', 'a', 10.5)) v (u_id, i_id, t)
                    join app_user u on u.external_id = u_id join item i on i.external_id = i_id""");

            TrendingSnapshot trending = new SnapshotReader(database.dataSource()).readTrending(5, 0);

            assertThat(trending.trend().day()).isEqualTo(LocalDate.EPOCH.plusDays(10));
            assertThat(trending.trend().halfLifeDays()).isEqualTo(5);
            assertThat(trending.trend().weights())
                    .as("a by u1 ten days before and by u0, at first, five")
                    .containsExactly(0.75f, 1, 0.25f, 0);
            assertThat(trending.snapshot().hash())
                    .isEqualTo(new SnapshotReader(database.dataSource()).read().hash());

            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, now() + interval '3 years' from app_user u, item i
                    where u.external_id = 'u1' and i.external_id = 'd'""");
            ItemTrend future =
                    new SnapshotReader(database.dataSource()).readTrending(5, 0).trend();
            assertThat(future.day())
                    .isBetween(LocalDate.now(ZoneOffset.UTC).minusDays(1), LocalDate.now(ZoneOffset.UTC));
            assertThat(future.weights()[3]).isEqualTo(1);
        }
    }

    @Test
    void aTrendOfNothingIsZero() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into item (external_id) values ('a')");
        }
        assertThat(new SnapshotReader(database.dataSource())
                        .readTrending(30, 0)
                        .trend()
                        .weights())
                .containsExactly(0);
    }

    @Test
    void otherHistoriesHaveAnotherHash() {
        Snapshot snapshot = new SnapshotReader(database.dataSource()).read();

        assertThat(snapshot.withHistories(snapshot.histories()).hash()).isEqualTo(snapshot.hash());
        assertThat(snapshot.withHistories(new InteractionMatrix(2, new int[] {0, 1}, new int[] {1}))
                        .hash())
                .isNotEqualTo(snapshot.withHistories(new InteractionMatrix(2, new int[] {0, 1}, new int[] {0}))
                        .hash());
    }
}
