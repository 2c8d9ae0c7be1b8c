package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.random.Seeds;
import dev.discern.common.testing.TestDatabase;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.testing.PlantedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    void rescuePairsAreAKindOfTheirOwn() throws SQLException {
        DataSource dataSource = TestDatabase.migrated().dataSource();
        PlantedDatabase database = new PlantedDatabase(dataSource, PLANTED);
        database.writeInteractions();
        long run = database.writeScoringRun("COMPLETED");
        Snapshot snapshot = new SnapshotReader(dataSource).read();
        JudgmentReader reader = new JudgmentReader(new JudgmentStore(dataSource), new PairJudgmentStore(dataSource));
        int before = reader.read(run, snapshot).pairs().size();
        int[] own = snapshot.histories().row(0); // no pair of the planted run has them

        try (Connection connection = dataSource.getConnection()) {
            PairJudgment pair = new PairJudgment(
                    snapshot.userRowIds()[0],
                    snapshot.itemRowIds()[own[0]],
                    snapshot.itemRowIds()[own[1]],
                    1,
                    1,
                    CandidateSource.RESCUE);
            new PairJudgmentStore(dataSource).write(connection, run, List.of(pair));
        }

        Judgments read = reader.read(run, snapshot);
        assertThat(read.pairs().size()).isEqualTo(before).isPositive();
        assertThat(read.rescue().preferred()).containsExactly(own[0]);
        assertThat(read.rescue().other()).containsExactly(own[1]);
    }

    @Test
    void thePlaceboSaysAsMuchOfTheSamePairsAndKnowsNothing() {
        DataSource dataSource = TestDatabase.migrated().dataSource();
        PlantedDatabase database = new PlantedDatabase(dataSource, PLANTED);
        database.writeInteractions();
        long run = database.writeScoringRun("COMPLETED");
        Snapshot snapshot = new SnapshotReader(dataSource).read();
        JudgmentReader reader = new JudgmentReader(new JudgmentStore(dataSource), new PairJudgmentStore(dataSource));

        Judgments judged = reader.read(run, snapshot);
        Judgments placebo = reader.placebo(run, snapshot, new Seeds(3));

        assertThat(pairs(placebo.pairs())).isEqualTo(pairs(judged.pairs()));
        assertThat(agreement(judged.pairs())).isGreaterThan(0.9);
        assertThat(agreement(placebo.pairs())).isBetween(0.3, 0.7);
        assertThat(placebo.audits().chosen()).isEqualTo(judged.audits().chosen());
        assertThat(placebo.audits().margin()).isNotEqualTo(judged.audits().margin());
        assertThat(reader.placebo(run, snapshot, new Seeds(3)).audits().margin())
                .isEqualTo(placebo.audits().margin());
    }

    /** Which items stand against each other, whoever wins. */
    private static Set<List<Integer>> pairs(JudgedPairs pairs) {
        Set<List<Integer>> found = new HashSet<>();
        for (int n = 0; n < pairs.size(); n++) {
            int i = pairs.preferred()[n];
            int j = pairs.other()[n];
            found.add(List.of(pairs.user()[n], Math.min(i, j), Math.max(i, j)));
        }
        return found;
    }

    /** Among pairs of one item that the user likes and one that it does not, how often the first wins. */
    private static double agreement(JudgedPairs pairs) {
        int agreed = 0;
        int all = 0;
        for (int n = 0; n < pairs.size(); n++) {
            boolean first = PLANTED.likes(pairs.user()[n], pairs.preferred()[n]);
            if (first != PLANTED.likes(pairs.user()[n], pairs.other()[n])) {
                agreed += first ? 1 : 0;
                all++;
            }
        }
        return (double) agreed / all;
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
