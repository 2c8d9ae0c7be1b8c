package dev.discern.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongUnaryOperator;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tools.jackson.databind.JsonNode;

/**
 * The chat judge as it runs, its ledger and judgments in Postgres, against the bounds that an LLM and Postgres set.
 *
 * @param prompts of the run whose processor time, memory and pairs are measured
 * @param seconds that the rate is measured over
 */
record ChatBenchmark(int prompts, int concurrency, int latencyMillis, int seconds) {

    private static final int WARM_UP_WAVES = 4;
    private static final int MAX_BARE_CALLS = 5_000;
    private static final double MAX_CPU_MILLIS = 1;
    private static final double LEAST_PAIRS = 50_000;
    private static final int MAX_COPIED = 1_000_000;
    private static final String PAIRS = "run_id, user_id, preferred, other, margin, consistency, source";

    List<Measurement> measure() {
        int waves = Math.max(1, Math.ceilDiv(1000 * seconds, latencyMillis));
        int asked = concurrency * (WARM_UP_WAVES + waves + 1);
        try (ScoringService service = ScoringService.start(concurrency)) {
            service.plant(Math.max(asked, prompts));
            List<Measurement> measurements = new ArrayList<>();
            ScoringService.Job job = service.begin(asked, 1, latencyMillis);
            double rate = rate(waves, job::awaitCalls);
            BareCalls bare = new BareCalls(
                    service.provider(),
                    service.prompts(job.result().at("/runId").asLong()),
                    concurrency);
            measurements.add(new Measurement(
                    "chat %d at once, %d ms, bound".formatted(concurrency, latencyMillis),
                    "calls/s",
                    new Turns.Medians(rate, concurrency * 1e3 / latencyMillis)));
            measurements.add(new Measurement(
                    "chat %d at once, %d ms, bare HTTP".formatted(concurrency, latencyMillis),
                    "calls/s",
                    new Turns.Medians(rate, bareRate(service, bare, waves))));
            measurements.addAll(whole(service, bare));
            return measurements;
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed: " + e.getMessage(), e);
        }
    }

    /** Calls come in waves, so they are counted from one wave to the same place of another. */
    private double rate(int waves, LongUnaryOperator awaitCalls) {
        long start = awaitCalls.applyAsLong((long) concurrency * WARM_UP_WAVES);
        long end = awaitCalls.applyAsLong((long) concurrency * (WARM_UP_WAVES + waves));
        return (double) concurrency * waves * 1e9 / (end - start);
    }

    /** The same with nothing but the HTTP client, over half as many waves. */
    private double bareRate(ScoringService service, BareCalls bare, int waves) {
        service.stub().reset();
        service.stub().answerAfter(latencyMillis);
        int half = Math.ceilDiv(waves, 2);
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            thread.execute(() -> bare.make(concurrency * (WARM_UP_WAVES + half + 1)));
            return rate(half, service::awaitCalls);
        }
    }

    /** One long run: processor time and memory on its way, then its pairs. */
    private List<Measurement> whole(ScoringService service, BareCalls bare) throws SQLException {
        service.stub().answerAfter(0);
        int bareCalls = Math.min(prompts, MAX_BARE_CALLS);
        bare.make(bareCalls); // warms up
        double before = bareCpuMillis(bare, bareCalls);

        ScoringService.Job job = service.begin(prompts, 2, 0);
        job.awaitCalls(prompts / 10);
        double heapEarly = heapMegabytes();
        long callsBefore = service.stub().calls();
        double cpuBefore = cpuMillis();
        job.awaitCalls(prompts * 98L / 100);
        double cpu = (cpuMillis() - cpuBefore) / Math.max(1, service.stub().calls() - callsBefore);
        double heapLate = heapMegabytes();
        JsonNode result = job.result();

        double after = bareCpuMillis(bare, bareCalls);
        double beside = Math.max(1e-3, cpu - (before + after) / 2); // what noise makes negative is next to nothing
        double pairs = result.at("/pairs").asLong() / derivingSeconds(service, job.id());
        double copied = copiedPairs(service, result.at("/runId").asLong());
        return List.of(
                new Measurement(
                        "chat calls beside bare HTTP, 1 ms",
                        "calls/CPU-s",
                        new Turns.Medians(1e3 / beside, 1e3 / MAX_CPU_MILLIS)),
                new Measurement(
                        "chat heap at 10 %% of %,d, 98 %%".formatted(prompts),
                        "MB",
                        new Turns.Medians(heapEarly, heapLate)),
                new Measurement("pairs of stored answers, bar", "pairs/s", new Turns.Medians(pairs, LEAST_PAIRS)),
                new Measurement("pairs of stored answers, bare COPY", "pairs/s", new Turns.Medians(pairs, copied)));
    }

    /** The process's processor time for one HTTP call, the stub's included, as it is in the pipeline. */
    private static double bareCpuMillis(BareCalls bare, int calls) {
        double before = cpuMillis();
        bare.make(calls);
        return (cpuMillis() - before) / calls;
    }

    private static double cpuMillis() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
    }

    /** What lives after a collection, whatever was allocated since. */
    private static double heapMegabytes() {
        System.gc();
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                bytes += pool.getCollectionUsage().getUsed();
            }
        }
        return bytes / 1e6;
    }

    /** The time of the real job's step, reading of the data included. */
    private static double derivingSeconds(ScoringService service, long job) throws SQLException {
        String sql = """
                select extract(epoch from end_time - start_time) from batch_step_execution
                where job_execution_id = ? and step_name = 'derive-pairs'""";
        try (Connection connection = service.connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, job);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }

    /** Pairs a second that Postgres takes when it is only handed them, into a table without a key. */
    private static double copiedPairs(ScoringService service, long run) throws SQLException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection connection = service.connection();
                Statement statement = connection.createStatement()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            copy.copyOut(
                    "copy (select %s from pair_judgment where run_id = %d limit %d) to stdout"
                            .formatted(PAIRS, run, MAX_COPIED),
                    rows);
            statement.execute("create table bare_pairs as select %s from pair_judgment limit 0".formatted(PAIRS));
            byte[] bytes = rows.toByteArray();
            long start = System.nanoTime();
            long count = copy.copyIn("copy bare_pairs from stdin", new ByteArrayInputStream(bytes));
            return count * 1e9 / (System.nanoTime() - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
