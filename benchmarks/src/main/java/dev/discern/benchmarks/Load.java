package dev.discern.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Requests over several connections to one port, each answer checked.
 *
 * @param target of the n-th request
 * @param items how many an answer must have
 */
record Load(int port, LongFunction<String> target, int items) {

    private static final byte[] ITEM = "\"itemId\":".getBytes(StandardCharsets.UTF_8);

    /** Times from when a request was meant to be sent to its answer, in ms; what waited for a free connection is in it. */
    record Latencies(double p50, double p99) {

        static Latencies of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Latencies(quantile(sorted, 0.5), quantile(sorted, 0.99));
        }

        private static double quantile(long[] sorted, double share) {
            return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
        }
    }

    private interface Worker {
        void run(LoadConnection connection) throws IOException;
    }

    /** Asks from {@code first} on for so long, each connection as soon as it has its answer: requests per second. */
    double closed(int connections, long first, double seconds) {
        AtomicLong next = new AtomicLong(first);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        run(connections, connection -> {
            while (System.nanoTime() < end) {
                ask(connection, next.getAndIncrement());
            }
        });
        return (next.get() - first) * 1e9 / (System.nanoTime() - start);
    }

    /** Makes so many requests as fast as they are answered, from {@code first} on. */
    void all(int connections, long first, long count) {
        AtomicLong next = new AtomicLong(first);
        run(connections, connection -> {
            for (long n = next.getAndIncrement(); n < first + count; n = next.getAndIncrement()) {
                ask(connection, n);
            }
        });
    }

    /** Asks at a fixed rate, whether or not answers come: when each request is sent was decided before. */
    Latencies open(int connections, long first, double perSecond, double seconds) {
        long[] nanos = new long[Math.max(1, (int) (perSecond * seconds))];
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        run(connections, connection -> {
            for (int n = (int) next.getAndIncrement(); n < nanos.length; n = (int) next.getAndIncrement()) {
                long meant = start + (long) (n * 1e9 / perSecond);
                for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                ask(connection, first + n);
                nanos[n] = System.nanoTime() - meant;
            }
        });
        return Latencies.of(nanos);
    }

    private void ask(LoadConnection connection, long n) throws IOException {
        LoadConnection.Answer answer = connection.get(target.apply(n));
        requireAnswer(target.apply(n), answer, items);
    }

    /** Cheap enough for every answer, and the same work whoever answers. */
    static void requireAnswer(String target, LoadConnection.Answer answer, int items) {
        if (answer.status() != 200 || count(answer.body()) != items) {
            throw new IllegalStateException("%s answered %d with %d items, expected 200 with %d: %s"
                    .formatted(
                            target,
                            answer.status(),
                            count(answer.body()),
                            items,
                            new String(answer.body(), StandardCharsets.UTF_8)));
        }
    }

    private static int count(byte[] body) {
        int count = 0;
        for (int at = 0; at + ITEM.length <= body.length; at++) {
            if (body[at] == '"' && Arrays.equals(body, at, at + ITEM.length, ITEM, 0, ITEM.length)) {
                count++;
            }
        }
        return count;
    }

    private void run(int connections, Worker worker) {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> running = new ArrayList<>();
            for (int n = 0; n < connections; n++) {
                running.add(threads.submit(() -> {
                    try (LoadConnection connection = new LoadConnection(port)) {
                        worker.run(connection);
                    }
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IllegalStateException wrong
                    ? wrong
                    : new IllegalStateException("a request failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
