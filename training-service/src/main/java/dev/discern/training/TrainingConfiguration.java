package dev.discern.training;

import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.SnapshotReader;
import dev.discern.training.dataset.ScoringRunReader;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this service uses of {@code common}. */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

    @Bean
    SnapshotReader snapshotReader(DataSource dataSource) {
        return new SnapshotReader(dataSource);
    }

    @Bean
    ItemStore itemStore(DataSource dataSource) {
        return new ItemStore(dataSource);
    }

    @Bean
    ItemVectorStore itemVectorStore(DataSource dataSource) {
        return new ItemVectorStore(dataSource);
    }

    @Bean
    JudgmentStore judgmentStore(DataSource dataSource) {
        return new JudgmentStore(dataSource);
    }

    @Bean
    PairJudgmentStore pairJudgmentStore(DataSource dataSource) {
        return new PairJudgmentStore(dataSource);
    }

    @Bean
    ScoringRunReader scoringRunReader(DataSource dataSource) {
        return new ScoringRunReader(dataSource);
    }

    @Bean
    ArtifactWriter artifactWriter(@Value("${discern.artifacts}") Path artifacts) {
        return new ArtifactWriter(artifacts);
    }

    @Bean
    Aliases aliases(@Value("${discern.artifacts}") Path artifacts) {
        return new Aliases(artifacts);
    }
}
