package dev.discern.scoring;

import dev.discern.common.db.AskingOrderStore;
import dev.discern.common.db.AuditJudgmentStore;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.SnapshotReader;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What this service uses of {@code common}. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ScoringConfiguration {

    @Bean
    SnapshotReader snapshotReader(DataSource dataSource) {
        return new SnapshotReader(dataSource);
    }

    @Bean
    ItemStore itemStore(DataSource dataSource) {
        return new ItemStore(dataSource);
    }

    @Bean
    JudgmentStore judgmentStore(DataSource dataSource) {
        return new JudgmentStore(dataSource);
    }

    @Bean
    AskingOrderStore askingOrderStore(DataSource dataSource) {
        return new AskingOrderStore(dataSource);
    }

    @Bean
    PairJudgmentStore pairJudgmentStore(DataSource dataSource) {
        return new PairJudgmentStore(dataSource);
    }

    @Bean
    AuditJudgmentStore auditJudgmentStore(DataSource dataSource) {
        return new AuditJudgmentStore(dataSource);
    }

    @Bean
    ItemVectorStore itemVectorStore(DataSource dataSource) {
        return new ItemVectorStore(dataSource);
    }
}
