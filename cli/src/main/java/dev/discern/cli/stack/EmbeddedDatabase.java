package dev.discern.cli.stack;

import dev.discern.cli.terminal.CliException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Postgres of our own, its data kept in {@code DISCERN_HOME/postgres} from one start to the next. It listens on loopback only, at a
 * port that is free, and asks for a password that only this user can read. A server that a killed command left behind is stopped first.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Folder folder;
    private final EmbeddedPostgres postgres;
    private final String password;
    private final ProcessHandle postmaster;

    private EmbeddedDatabase(Folder folder, EmbeddedPostgres postgres, String password, ProcessHandle postmaster) {
        this.folder = folder;
        this.postgres = postgres;
        this.password = password;
        this.postmaster = postmaster;
    }

    /** What is where below {@code DISCERN_HOME/postgres}. */
    private record Folder(Path root) {

        static Folder of(Path home) {
            return new Folder(home.resolve("postgres"));
        }

        Path data() {
            return root.resolve("data");
        }

        Path binaries() {
            return root.resolve("binaries");
        }

        Path password() {
            return root.resolve("password");
        }

        /** The server that runs on this data, if one does: the process id in its pid file may have been given to another program since. */
        Optional<ProcessHandle> postmaster() {
            try {
                List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
                return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(process -> process.info()
                                .command()
                                .filter(command -> command.endsWith("postgres"))
                                .isPresent());
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Starts the server, creating its data at the first start.
     *
     * @param log where Postgres writes
     */
    static EmbeddedDatabase start(Path home, Path log) {
        Folder folder = Folder.of(home);
        stopLeftOver(home);
        try {
            Files.createDirectories(folder.root());
            Files.createDirectories(log.getParent());
            String password = PrivateFiles.readOrCreate(folder.password(), Secrets::password);
            EmbeddedPostgres postgres = builder(folder, password, log).start();
            ProcessHandle postmaster =
                    folder.postmaster().orElseThrow(() -> new IOException("it ended right after it had started"));
            return new EmbeddedDatabase(folder, postgres, password, postmaster);
        } catch (IOException | RuntimeException e) {
            stopLeftOver(home);
            throw CliException.failed(
                    "could not start the embedded Postgres on %s: %s. %s%s"
                            .formatted(folder.data(), e.getMessage(), LogTail.of(log), hint()),
                    e);
        }
    }

    /** Postgres refuses to run as root; zonky then changes the user with a user namespace, which many containers forbid. */
    private static String hint() {
        return "root".equals(System.getProperty("user.name"))
                ? "\nPostgres does not run as root where user namespaces are forbidden: run as another user, or pass --jdbc-url"
                : "";
    }

    private static EmbeddedPostgres.Builder builder(Folder folder, String password, Path log) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.data())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.binaries().toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START)
                .setPort(Ports.oneFree())
                .setConnectConfig("password", password)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                // Options of initdb. The same order of strings on every machine, and no access without the password.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.password().toString())
                // Settings of the server. zonky switches these off, which is for tests: judgments may have cost money,
                // and an event that was answered for must outlive a crash.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("work_mem", "16MB")
                .setServerConfig("maintenance_work_mem", "64MB")
                .setServerConfig("max_wal_size", "1GB")
                .setServerConfig("jit", "off");
    }

    /**
     * A database of this server, created when it is missing.
     *
     * @param name letters, digits and underscores
     */
    Database database(String name) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password)) {
            if (!exists(connection, name)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create database \"" + name + "\"");
                }
            }
        } catch (SQLException e) {
            throw CliException.failed("could not create the database " + name + ": " + e.getMessage(), e);
        }
        return new Database(url(name), USER, password);
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), database);
    }

    /** The server's main process. */
    ProcessHandle postmaster() {
        return postmaster;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw CliException.failed("could not stop the embedded Postgres on " + folder.data(), e);
        } finally {
            stop(postmaster);
        }
    }

    /** Stops the server that runs on a home's data though nobody looks after it. */
    static boolean stopLeftOver(Path home) {
        Optional<ProcessHandle> postmaster = Folder.of(home).postmaster();
        postmaster.ifPresent(EmbeddedDatabase::stop);
        return postmaster.isPresent();
    }

    /** SIGINT is Postgres's fast shutdown; SIGTERM would wait for clients to leave. */
    private static void stop(ProcessHandle postmaster) {
        try {
            if (!postmaster.isAlive()) {
                return;
            }
            new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid()))
                    .start()
                    .waitFor();
            postmaster.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | IOException e) {
            postmaster.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            postmaster.destroyForcibly();
        }
    }
}
