package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.testing.TestDatabase;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.testing.PlantedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class JudgmentReaderIntegrationTests {

    private static final PlantedData PLANTED = new PlantedData(20, 30, 5);

    @Test
    void readsARunIntoTheSnapshotsIndices() {
        DataSource dataSource = TestDatabase.migrated().dataSource();
        PlantedDatabase database = new PlantedDatabase(dataSource, PLANTED);
        database.writeInteractions();
        long run = database.writeScoringRun("COMPLETED");
        Snapshot snapshot = new SnapshotReader(dataSource).read();

        Judgments read = new JudgmentReader(new JudgmentStore(dataSource), new PairJudgmentStore(dataSource))
                .read(run, snapshot);

        assertThat(read.pairs().user()).hasSize(20 * 28).isSorted();
        int taught = 0;
        for (int n = 0; n < read.pairs().size(); n++) {
            int user = read.pairs().user()[n];
            boolean likesFirst = PLANTED.likes(user, read.pairs().preferred()[n]);
            boolean likesSecond = PLANTED.likes(user, read.pairs().other()[n]);
            assertThat(likesFirst || !likesSecond)
                    .as("pair %d of user %d", n, user)
                    .isTrue();
            taught += likesFirst && !likesSecond ? 1 : 0;
        }
        assertThat(taught).isGreaterThan(100);
        assertThat(read.scores().user()).hasSize(20 * 8).isSorted();
        int[] validation = PLANTED.data().split().validation();
        for (int n = 0; n < read.scores().size(); n++) {
            assertThat(read.scores().item()[n])
                    .as("the audit item's own score is never taught")
                    .isNotEqualTo(validation[read.scores().user()[n]]);
        }
        assertThat(read.audits().size()).isEqualTo(20 * 8);
        for (int n = 0; n < read.audits().size(); n++) {
            assertThat(read.audits().chosen()[n])
                    .isEqualTo(validation[read.audits().user()[n]]);
            assertThat(read.audits().weight()[n]).isEqualTo(30 / 8.0, within(1e-9));
        }
    }

    @Test
    void rescuePairsAreNotTaught() throws SQLException {
        DataSource dataSource = TestDatabase.migrated().dataSource();
        PlantedDatabase database = new PlantedDatabase(dataSource, PLANTED);
        database.writeInteractions();
        long run = database.writeScoringRun("COMPLETED");
        Snapshot snapshot = new SnapshotReader(dataSource).read();
        JudgmentReader reader = new JudgmentReader(new JudgmentStore(dataSource), new PairJudgmentStore(dataSource));
        int before = reader.read(run, snapshot).pairs().size();

        try (Connection connection = dataSource.getConnection()) {
            int[] own = snapshot.histories().row(0); // no pair of the planted run has them
            PairJudgment pair = new PairJudgment(
                    snapshot.userRowIds()[0],
                    snapshot.itemRowIds()[own[0]],
                    snapshot.itemRowIds()[own[1]],
                    1,
                    1,
                    CandidateSource.RESCUE);
            new PairJudgmentStore(dataSource).write(connection, run, List.of(pair));
        }

        assertThat(reader.read(run, snapshot).pairs().size()).isEqualTo(before).isPositive();
    }

    @Test
    void leavesOutWhatTheSnapshotDoesNotHave() {
        DataSource dataSource = TestDatabase.migrated().dataSource();
        PlantedDatabase database = new PlantedDatabase(dataSource, PLANTED);
        Snapshot empty = new SnapshotReader(dataSource).read();
        database.writeInteractions();
        long run = database.writeScoringRun("COMPLETED");

        Judgments read =
                new JudgmentReader(new JudgmentStore(dataSource), new PairJudgmentStore(dataSource)).read(run, empty);

        assertThat(read.pairs().size()).isZero();
        assertThat(read.audits().size()).isZero();
        assertThat(read.scores().size()).isZero();
        assertThat(new ScoringRunReader(dataSource).isCompleted(run)).contains(true);
        assertThat(new ScoringRunReader(dataSource).isCompleted(run + 1)).isEmpty();
        assertThat(new ScoringRunReader(dataSource).isCompleted(database.writeScoringRun("RUNNING")))
                .contains(false);
        assertThat(new ScoringRunReader(dataSource).isCompleted(database.writeScoringRun("BUDGET_REACHED")))
                .as("what was paid for can be learned from")
                .contains(true);
    }
}
