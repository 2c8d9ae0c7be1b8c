package dev.discern.serving.live;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.discern.common.db.ChangeReader;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** The database where one is configured. The service starts and answers without it, and finds it when it comes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    private static final int CONNECTIONS = 8;

    /** Fails requests soon instead of collecting them: a host that vanished is noticed within the socket's timeout, too. */
    @Bean
    @ConditionalOnExpression("!'${discern.database.url:}'.isEmpty()")
    HikariDataSource dataSource(DatabaseProperties database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("discern");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setInitializationFailTimeout(-1); // start without it
        config.setConnectionTimeout(database.patience().toMillis());
        config.setValidationTimeout(Math.max(250, database.patience().toMillis() / 2));
        config.addDataSourceProperty("ApplicationName", "serving-service");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    @Bean
    LiveFeed liveFeed(ObjectProvider<HikariDataSource> dataSource, Clock clock) {
        HikariDataSource database = dataSource.getIfAvailable();
        @Nullable ChangeReader reader = database == null ? null : new ChangeReader(database);
        return new LiveFeed(reader, clock);
    }

    @Bean
    Database database(ObjectProvider<HikariDataSource> dataSource, LiveFeed feed) {
        return new Database(dataSource.getIfAvailable(), feed);
    }

    @Bean
    Follower follower(LiveFeed feed) {
        return new Follower(feed);
    }

    /** Hears of changes that came through others. */
    record Follower(LiveFeed feed) {

        @Scheduled(fixedDelayString = "${discern.database.follow-interval:200ms}")
        void look() {
            feed.catchUp();
        }
    }
}
