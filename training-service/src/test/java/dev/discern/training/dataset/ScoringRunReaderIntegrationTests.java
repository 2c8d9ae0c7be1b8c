package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.testing.TestDatabase;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.testing.PlantedDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ScoringRunReaderIntegrationTests {

    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final PlantedDatabase database = new PlantedDatabase(dataSource, new PlantedData(20, 30, 5));
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final ScoringRunReader runs = new ScoringRunReader(dataSource);

    @Test
    void theNewestRunIsOneThatIsOverAndHasPairsOfTheKind() {
        database.writeInteractions();
        assertThat(runs.newestCompleted(false)).isEmpty();
        long uniform = database.writeScoringRun("COMPLETED");
        assertThat(runs.newestCompleted(false)).contains(uniform);
        assertThat(runs.newestCompleted(true)).isEmpty();

        long rescue = database.writeScoringRun("COMPLETED");
        jdbc.sql("update pair_judgment set source = 'rescue' where run_id = ?")
                .param(rescue)
                .update();
        long withoutPairs = database.writeScoringRun("COMPLETED");
        jdbc.sql("delete from pair_judgment where run_id = ?")
                .param(withoutPairs)
                .update();
        database.writeScoringRun("RUNNING");
        assertThat(runs.newestCompleted(false)).contains(uniform);
        assertThat(runs.newestCompleted(true)).contains(rescue);

        long stopped = database.writeScoringRun("BUDGET_REACHED");
        assertThat(runs.newestCompleted(false))
                .as("what was paid for can be learned from")
                .contains(stopped);
    }
}
