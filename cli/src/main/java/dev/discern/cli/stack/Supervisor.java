package dev.discern.cli.stack;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.terminal.CliException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts Postgres and the three services, watches them, and stops them all: when it is closed, when any of them ends by itself, and when
 * this process is asked to end (Ctrl-C, SIGTERM). Should this process be killed outright, the services notice and end, and the next start
 * stops Postgres.
 */
public final class Supervisor implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);
    /** A request can fail before the end of the process behind it is known. */
    private static final Duration CRASH_NOTICE = Duration.ofSeconds(2);

    private final StackPlan plan;
    private final HomeLock lock;
    private final String apiKey = Secrets.apiKey();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final CompletableFuture<CliException> crash = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stop, "stop-stack");
    private @Nullable EmbeddedDatabase postgres;
    private volatile boolean stopping;
    private boolean stopped;

    private Supervisor(StackPlan plan, HomeLock lock) {
        this.plan = plan;
        this.lock = lock;
    }

    /**
     * Starts everything and waits until it is healthy.
     *
     * @throws CliException when a part does not start; nothing is left running then
     */
    public static Supervisor start(StackPlan plan) {
        Supervisor supervisor = new Supervisor(plan, HomeLock.take(plan.home()));
        Runtime.getRuntime().addShutdownHook(supervisor.hook);
        try {
            StackState.delete(plan.home());
            supervisor.startAll();
            return supervisor;
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
    }

    private void startAll() {
        Database database = startDatabase();
        for (ServiceName service : ServiceName.values()) {
            startService(service, database);
        }
        for (ServiceProcess service : services) {
            awaitHealthy(service);
        }
        state(database).write(plan.home());
    }

    /** Null for a Postgres that is not ours: the services then read their own environment. */
    private @Nullable Database startDatabase() {
        if (plan.jdbcUrl() != null) {
            return null;
        }
        synchronized (this) {
            requireNotStopping();
            postgres = EmbeddedDatabase.start(plan.home(), plan.log("postgres"));
            watch("the embedded Postgres", postgres.postmaster(), plan.log("postgres"));
            return postgres.database(plan.databaseName());
        }
    }

    private synchronized void startService(ServiceName service, @Nullable Database database) {
        requireNotStopping();
        ServiceProcess process = ServiceProcess.start(
                service, plan.program().apply(service), environment(service, database), plan.log(service.label()));
        services.add(process);
        watch("the " + service.label() + " service", process.process().toHandle(), process.log());
    }

    private Map<String, String> environment(ServiceName service, @Nullable Database database) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DISCERN_HOME", plan.dataFolder().toString());
        environment.put(
                "DISCERN_ARTIFACTS", plan.dataFolder().resolve("artifacts").toString());
        environment.put(service.portVariable(), Integer.toString(plan.ports().of(service)));
        environment.put("DISCERN_API_KEY", apiKey);
        if (database != null) {
            environment.put("DISCERN_JDBC_URL", database.jdbcUrl());
            environment.put("DISCERN_JDBC_USER", database.user());
            environment.put("DISCERN_JDBC_PASSWORD", database.password());
        } else if (plan.jdbcUrl() != null) {
            environment.put("DISCERN_JDBC_URL", plan.jdbcUrl());
        }
        return environment;
    }

    private void watch(String part, ProcessHandle process, Path log) {
        CompletableFuture<Void> _ = process.onExit().thenRun(() -> {
            if (!stopping) {
                crash.complete(CliException.failed(part + " ended unexpectedly. " + LogTail.of(log)));
            }
        });
    }

    private void awaitHealthy(ServiceProcess process) {
        ServiceName service = process.service();
        ServiceClient client = client(service);
        long start = System.nanoTime();
        while (!client.healthy(service.startedPath())) {
            CliException crashed = crash.getNow(null);
            if (crashed != null) {
                throw crashed;
            }
            requireNotStopping();
            if (System.nanoTime() - start > START.toNanos()) {
                throw CliException.failed("the %s service did not become healthy at %s%s within %d s. %s"
                        .formatted(
                                service.label(),
                                client.endpoint().url(),
                                service.startedPath(),
                                START.toSeconds(),
                                LogTail.of(process.log())));
            }
            sleep(POLL);
        }
    }

    private StackState state(@Nullable Database database) {
        List<StackState.Service> running = services.stream()
                .map(service -> new StackState.Service(
                        service.service().label(),
                        endpoint(service.service()).url().toString(),
                        service.process().pid(),
                        service.log().toString()))
                .toList();
        StackState.Postgres state = postgres == null || database == null
                ? new StackState.Postgres(String.valueOf(plan.jdbcUrl()), null, null)
                : new StackState.Postgres(
                        database.jdbcUrl(),
                        postgres.postmaster().pid(),
                        plan.log("postgres").toString());
        ProcessHandle self = ProcessHandle.current();
        return new StackState(plan.data(), self.pid(), StackState.startedAt(self), apiKey, running, state);
    }

    /** The key that every service of this stack accepts. */
    public String apiKey() {
        return apiKey;
    }

    /** Where a service listens. */
    public Endpoint endpoint(ServiceName service) {
        return Endpoint.local(service, plan.ports().of(service));
    }

    /** A client of a service. */
    public ServiceClient client(ServiceName service) {
        return new ServiceClient(endpoint(service), apiKey);
    }

    /**
     * Does work that uses the stack, and gives it up as soon as a part of the stack ends by itself.
     *
     * @throws CliException what the work throws, or which part ended and where its log is
     */
    public <T> T whileHealthy(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread worker = Thread.ofPlatform().name("work").start(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(done.handle((result, failure) -> 0), crash).get();
            return result(done);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            worker.interrupt();
        }
    }

    private <T> T result(CompletableFuture<T> done) throws InterruptedException {
        if (!crash.isDone()) {
            try {
                return done.get();
            } catch (ExecutionException e) {
                awaitCrashNotice();
                requireNotStopping();
                if (!crash.isDone() && e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                if (!crash.isDone()) {
                    throw CliException.failed(String.valueOf(e.getCause()), e);
                }
            }
        }
        throw crash.join();
    }

    private void awaitCrashNotice() throws InterruptedException {
        try {
            crash.get(CRASH_NOTICE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // No part ended: the work failed for a reason of its own.
        }
    }

    /** Waits until a part ends by itself or this process is asked to end. */
    public CliException awaitCrash() {
        return crash.join();
    }

    private void requireNotStopping() {
        if (stopping) {
            throw new CancellationException("the stack is being stopped");
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Stops everything that was started, and waits for it. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has stopped everything.
        }
    }

    private void stop() {
        stopping = true;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            services.forEach(ServiceProcess::requestStop);
            try {
                for (ServiceProcess service : services) {
                    service.awaitStop();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                services.forEach(service -> service.process().destroyForcibly());
            }
            services.clear();
            if (postgres != null) {
                postgres.close();
                postgres = null;
            }
            StackState.delete(plan.home());
            lock.close();
        }
    }
}
