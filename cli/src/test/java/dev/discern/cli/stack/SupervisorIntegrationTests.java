package dev.discern.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.api.ServiceName;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.ServiceProgram;
import dev.discern.cli.testing.StackProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stack's life with a real Postgres and services that do nothing. */
@Timeout(120)
public class SupervisorIntegrationTests {

    private static final Duration END = Duration.ofSeconds(30);

    /** One for all tests, so that Postgres is unpacked and its data laid out once. */
    @TempDir
    static Path home;

    /** A plan whose services are {@link ServiceProgram}s at free ports. */
    public static StackPlan plan(Path home) {
        return new StackPlan(
                home,
                "test",
                Ports.anyFree(),
                null,
                service -> List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceProgram.class.getName(),
                        service.portVariable()));
    }

    @AfterEach
    void nothingIsLeft() {
        BackgroundStack.stop(home);
    }

    @Test
    void startsEverythingTellsWhereAndStopsEverything() throws IOException {
        List<ProcessHandle> processes;
        try (Supervisor supervisor = Supervisor.start(plan(home))) {
            StackState state = StackState.running(home).orElseThrow();
            processes = processes(state);

            assertThat(processes).hasSize(4).allMatch(ProcessHandle::isAlive);
            assertThat(state.services())
                    .extracting(StackState.Service::name)
                    .containsExactly("scoring", "training", "serving");
            assertThat(state.services().getFirst().url())
                    .isEqualTo(supervisor.endpoint(ServiceName.SCORING).url().toString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(StackState.file(home))))
                    .as("the state holds the key")
                    .isEqualTo("rw-------");
            assertThat(Files.readString(home.resolve("logs/scoring.log"))).contains("DISCERN_SCORING_PORT listens at");
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(StackState.read(home)).isEmpty();
    }

    @Test
    void keepsADatabaseForEachDataSetFromOneStartToTheNext() throws Exception {
        Path log = home.resolve("postgres.log");
        try (EmbeddedDatabase server = EmbeddedDatabase.start(home, log)) {
            execute(server.database("discern_one"), "create table kept (x int)");
            server.database("discern_two");
        }
        try (EmbeddedDatabase server = EmbeddedDatabase.start(home, log)) {
            execute(server.database("discern_one"), "select * from kept");
            assertThatThrownBy(() -> execute(server.database("discern_two"), "select * from kept"))
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void whatIsCommittedSurvivesAPowerCut() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(home, home.resolve("postgres.log"))) {
            Database database = server.database("discern_one");
            try (var connection =
                            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                    var settings = connection
                            .createStatement()
                            .executeQuery(
                                    "select bool_and(setting = 'on') from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')")) {
                assertThat(settings.next()).isTrue();
                assertThat(settings.getBoolean(1)).isTrue();
            }
        }
    }

    @Test
    void postgresLetsNobodyInWithoutThePassword() {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(home, home.resolve("postgres.log"))) {
            Database database = server.database("discern_one");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guess"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void aCrashEndsTheWorkWithTheLogAndStopsEverything() {
        List<ProcessHandle> processes = new ArrayList<>();
        assertThatThrownBy(() -> {
                    try (Supervisor supervisor = Supervisor.start(plan(home))) {
                        processes.addAll(processes(StackState.running(home).orElseThrow()));
                        supervisor.whileHealthy(() ->
                                crash(supervisor.endpoint(ServiceName.TRAINING).url()));
                    }
                })
                .isInstanceOf(CliException.class)
                .hasMessageContaining("the training service ended unexpectedly")
                .hasMessageContaining(home.resolve("logs/training.log").toString())
                .hasMessageContaining("about to crash");
        assertThat(processes).hasSize(4).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aKilledPostgresEndsTheWorkAndTheNextStartRecovers() {
        assertThatThrownBy(() -> {
                    try (Supervisor supervisor = Supervisor.start(plan(home))) {
                        ProcessHandle postgres = processes(
                                        StackState.running(home).orElseThrow())
                                .getLast();
                        supervisor.whileHealthy(() -> {
                            postgres.destroyForcibly();
                            Thread.sleep(END);
                            return "not given up";
                        });
                    }
                })
                .isInstanceOf(CliException.class)
                .hasMessageContaining("the embedded Postgres ended unexpectedly")
                .hasMessageContaining(home.resolve("logs/postgres.log").toString());
        try (Supervisor _ = Supervisor.start(plan(home))) {
            assertThat(StackState.running(home)).isPresent();
        }
    }

    @Test
    void aServiceThatDoesNotStartIsNamedWithItsLog() {
        StackPlan broken =
                new StackPlan(home, "test", Ports.anyFree(), null, service -> List.of("-version:no-such-option"));
        assertThatThrownBy(() -> Supervisor.start(broken))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("service ended unexpectedly")
                .hasMessageContaining("no-such-option");
        assertThat(EmbeddedDatabase.stopLeftOver(home)).as("a Postgres is left").isFalse();
    }

    @Test
    void whatTheWorkThrowsComesOut() {
        try (Supervisor supervisor = Supervisor.start(plan(home))) {
            assertThatThrownBy(() -> supervisor.whileHealthy(() -> {
                        throw CliException.failed("the work's own reason");
                    }))
                    .hasMessage("the work's own reason");
            assertThat(supervisor.<String>whileHealthy(() -> "done")).isEqualTo("done");
        }
    }

    @Test
    void aSecondStackInTheSameHomeIsRefused() {
        try (Supervisor _ = Supervisor.start(plan(home))) {
            assertThatThrownBy(() -> Supervisor.start(plan(home)))
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("already runs in " + home)
                    .hasMessageContaining("discern down");
        }
    }

    @Test
    void sigtermStopsEverything() throws Exception {
        Process owner = startOwner();
        StackState state = awaitState(owner);
        List<ProcessHandle> processes = processes(state);

        owner.destroy();

        assertThat(owner.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(StackState.read(home)).isEmpty();
    }

    @Test
    void afterKillTheServicesEndAndTheNextStartTakesOver() throws Exception {
        Process owner = startOwner();
        StackState state = awaitState(owner);
        List<ProcessHandle> processes = processes(state);
        ProcessHandle postgres = processes.getLast();

        owner.destroyForcibly().waitFor();

        await(() -> processes.subList(0, 3).stream().noneMatch(ProcessHandle::isAlive));
        assertThat(postgres.isAlive()).as("Postgres is left behind").isTrue();
        assertThat(StackState.running(home)).isEmpty();
        try (Supervisor _ = Supervisor.start(plan(home))) {
            assertThat(postgres.isAlive()).isFalse();
            assertThat(processes(StackState.running(home).orElseThrow())).allMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void downStopsThePostgresThatAKilledStackLeft() throws Exception {
        Process owner = startOwner();
        List<ProcessHandle> processes = processes(awaitState(owner));
        owner.destroyForcibly().waitFor();

        assertThat(BackgroundStack.stop(home)).isTrue();

        assertThat(processes.getLast().isAlive()).isFalse();
        assertThat(BackgroundStack.stop(home)).as("something was left to stop").isFalse();
    }

    private static String crash(URI service) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(HttpRequest.newBuilder(service.resolve("/crash")).build(), BodyHandlers.discarding());
            return "no crash";
        }
    }

    private Process startOwner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackProgram.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("owner.log").toFile())
                .start();
    }

    private StackState awaitState(Process owner) throws Exception {
        await(() -> StackState.running(home).isPresent() || !owner.isAlive());
        assertThat(owner.isAlive())
                .as(Files.readString(home.resolve("owner.log")))
                .isTrue();
        return StackState.running(home).orElseThrow();
    }

    private static List<ProcessHandle> processes(StackState state) {
        List<ProcessHandle> processes = new ArrayList<>();
        state.services()
                .forEach(
                        service -> processes.add(ProcessHandle.of(service.pid()).orElseThrow()));
        Long postgres = Objects.requireNonNull(state.postgres().pid());
        processes.add(ProcessHandle.of(postgres).orElseThrow());
        return processes;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(END.toNanos());
            Thread.sleep(50);
        }
    }

    private static void execute(Database database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
