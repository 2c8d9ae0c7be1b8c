package dev.discern.common.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database of its own for one test class, on one real Postgres for the whole JVM: Testcontainers where Docker runs it, the
 * embedded one elsewhere. Both end with the JVM.
 */
public record TestDatabase(String jdbcUrl, String user, String password) {

    private static final Logger LOG = LoggerFactory.getLogger(TestDatabase.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** An empty database. */
    public static TestDatabase empty() {
        TestDatabase server = Server.INSTANCE;
        String name = "test_%d_%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl, server.user, server.password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the test database " + name, e);
        }
        String url = server.jdbcUrl.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
        return new TestDatabase(url, server.user, server.password);
    }

    /** A database with the migrations of module common applied. */
    public static TestDatabase migrated() {
        TestDatabase database = empty();
        Flyway.configure().dataSource(database.dataSource()).load().migrate();
        return database;
    }

    /** A plain data source: a connection each time. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    /** Started once, at the first use. */
    private static final class Server {

        private static final String IMAGE = "postgres:17-alpine";

        static final TestDatabase INSTANCE = start();

        private static TestDatabase start() {
            try {
                if (DockerClientFactory.instance().isDockerAvailable()) {
                    pullIfMissing(DockerClientFactory.instance().client());
                    return container();
                }
            } catch (RuntimeException e) {
                LOG.warn("Docker answers, but runs no {}; taking the embedded Postgres", IMAGE, e);
            }
            return embedded();
        }

        /** Tries once, and so fails soon where no registry answers; Testcontainers would try for minutes. */
        private static void pullIfMissing(DockerClient docker) {
            try {
                docker.inspectImageCmd(IMAGE).exec();
            } catch (NotFoundException e) {
                try {
                    docker.pullImageCmd(IMAGE).start().awaitCompletion();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while pulling " + IMAGE, interrupted);
                }
            }
        }

        @SuppressWarnings("resource") // Testcontainers stops it with the JVM
        private static TestDatabase container() {
            PostgreSQLContainer postgres = new PostgreSQLContainer(IMAGE);
            postgres.start();
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop)); // also where Ryuk is switched off
            return new TestDatabase(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
        }

        private static TestDatabase embedded() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start(); // zonky's own hook stops it with the JVM
                return new TestDatabase(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException("could not start the embedded Postgres", e);
            }
        }
    }
}
