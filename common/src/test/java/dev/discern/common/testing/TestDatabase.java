package dev.discern.common.testing;

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
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database of its own for one test class, on one real Postgres for the whole JVM: Testcontainers where Docker answers, the
 * embedded one elsewhere. Both end with the JVM.
 */
public record TestDatabase(String jdbcUrl, String user, String password) {

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

        static final TestDatabase INSTANCE = start();

        private static TestDatabase start() {
            return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
        }

        @SuppressWarnings("resource") // Testcontainers stops it with the JVM
        private static TestDatabase container() {
            PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:17-alpine");
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
