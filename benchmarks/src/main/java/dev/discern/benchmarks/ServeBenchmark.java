package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The serving jar over HTTP, with keys and the filter of what was seen, against {@link EmptyService}: throughput with every connection
 * asking at once, latencies at half of that rate, many users in one request, and whether memory grows.
 */
@Command(
        name = "serve",
        description = {
            "Top 10 over HTTP by the real serving jar, with an API key and the filter of what was seen, against",
            "the same jar with an empty controller that answers as many bytes: throughput, and latencies at half of",
            "it, counted from when each request was meant to be sent. Both run as processes on free ports, with the",
            "limit of 2,000 requests/s of a key raised out of reach. The load comes from this process and takes",
            "processor time, too. Of latencies less is better, and p99 should be less than three times p50."
        },
        footer = {"", "Examples:", "  discern bench serve --json", "  discern bench serve --rounds 1 --soak 1000000"})
final class ServeBenchmark extends Benchmark {

    private static final int K = 10;
    private static final int CHECKED_USERS = 200;
    private static final int MOST_VALUES = 1 << 28; // 1 GB of floats
    private static final int BATCH_USERS = 1_000;
    private static final double MEGABYTE = 1 << 20;

    /** To be measured beside: what an idle service, requests under way and their garbage take. */
    private static final int BASE_HEAP = 300;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--items", defaultValue = "100000", description = "items, and users (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(names = "--dim", defaultValue = "64", description = "dimensions (default: ${DEFAULT-VALUE})")
    private int dim;

    @Option(
            names = "--connections",
            defaultValue = "8",
            description = "that ask at once; four times as many at half load (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--seconds", defaultValue = "2", description = "of a round (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "50000",
            description = {
                "requests to each service before anything is measured: until some ten thousand are answered their code",
                "is still being compiled (default: ${DEFAULT-VALUE})"
            })
    private long warmUp;

    @Option(
            names = "--soak",
            defaultValue = "0",
            description = {
                "requests of an endurance run after that, 1000000 for example: heap at a tenth against heap at the end",
                "(default: none)"
            })
    private long soak;

    @Option(names = "--serving-jar", description = "the service (default: what this repository has built)")
    private @Nullable Path jar;

    @Override
    List<Measurement> measure(Turns turns) {
        if (items < 10 * SyntheticModel.SEEN
                || dim < 1
                || connections < 1
                || !(seconds > 0)
                || warmUp < 0
                || soak < 0) {
            throw badUsage(
                    "--items must be at least %d, --dim and --connections at least 1, --seconds positive, --warm-up and --soak not negative"
                            .formatted(10 * SyntheticModel.SEEN));
        }
        if ((long) items * dim > MOST_VALUES) {
            throw badUsage("--items times --dim must be at most " + MOST_VALUES);
        }
        try {
            Path folder = Files.createTempDirectory("discern-serve");
            try {
                return measure(turns, folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not measure: " + e.getMessage(), e);
        }
    }

    private List<Measurement> measure(Turns turns, Path folder) throws IOException {
        Path serving = jar == null ? builtJar() : jar;
        InteractionMatrix seen = new SyntheticModel(items, items, dim).write(folder);
        Path answer = folder.resolve("answer.json");
        try (ServiceUnderLoad subject =
                ServiceUnderLoad.serving(serving, folder, folder.resolve("serving.log"), heapMegabytes())) {
            subject.awaitReady(target(0));
            Files.write(answer, requireRight(subject, seen));
            try (ServiceUnderLoad empty = ServiceUnderLoad.empty(serving, answer, folder, BASE_HEAP)) {
                empty.awaitReady(target(0));
                return measure(turns, subject, empty);
            }
        }
    }

    private List<Measurement> measure(Turns turns, ServiceUnderLoad subject, ServiceUnderLoad empty) {
        Load load = new Load(subject.port(), this::target, K);
        Load reference = new Load(empty.port(), this::target, K);
        load.all(connections, 0, warmUp);
        reference.all(connections, 0, warmUp);
        long[] asked = {0};
        Turns.Medians throughput = turns.run(
                () -> load.closed(connections, asked[0] += items / 10, seconds),
                () -> reference.closed(connections, asked[0], seconds));
        List<Measurement> lines = new ArrayList<>();
        lines.add(new Measurement(name("HTTP / empty"), "requests/s", throughput));
        lines.addAll(latencies(turns, load, reference, throughput.contender() / 2));
        lines.add(batch(turns, subject, load));
        if (soak > 0) {
            load.all(connections, 0, Math.ceilDiv(soak, 10));
            double early = subject.heldHeap() / MEGABYTE;
            load.all(connections, Math.ceilDiv(soak, 10), soak - Math.ceilDiv(soak, 10));
            double late = subject.heldHeap() / MEGABYTE;
            lines.add(new Measurement(
                    "heap at 10 %% / end of %,d".formatted(soak), "MB", new Turns.Medians(early, late)));
        }
        return lines;
    }

    private List<Measurement> latencies(Turns turns, Load load, Load reference, double perSecond) {
        List<Load.Latencies> measured = new ArrayList<>();
        List<Load.Latencies> ofEmpty = new ArrayList<>();
        Turns.Medians p50 =
                turns.run(() -> latency(load, perSecond, measured), () -> latency(reference, perSecond, ofEmpty));
        return List.of(
                new Measurement("p50 at half load / empty", "ms", p50),
                new Measurement("p99 / p50 at half load", "ms", new Turns.Medians(p99(measured), p50.contender())),
                new Measurement("the same of empty", "ms", new Turns.Medians(p99(ofEmpty), p50.reference())));
    }

    /** One round's p50, in ms. */
    private double latency(Load load, double perSecond, List<Load.Latencies> measured) {
        measured.add(load.open(4 * connections, 0, perSecond, seconds));
        return measured.getLast().p50();
    }

    private static double p99(List<Load.Latencies> measured) {
        return Turns.median(measured.stream()
                .skip(Turns.WARM_UP_ROUNDS)
                .mapToDouble(Load.Latencies::p99)
                .toArray());
    }

    /** Users answered a second, on one connection, by requests of many and by requests of one. */
    private Measurement batch(Turns turns, ServiceUnderLoad subject, Load load) {
        int users = Math.min(BATCH_USERS, items);
        String body = JSON.writeValueAsString(new Batch(
                IntStream.range(0, users).mapToObj(SyntheticModel::user).toList(), K));
        try (LoadConnection connection = new LoadConnection(subject.port())) {
            return new Measurement(
                    "batch of %,d / one by one".formatted(users),
                    "users/s",
                    turns.run(
                            () -> Turns.rate(
                                    users, () -> Load.requireAnswer("batch", post(connection, body), users * K)),
                            () -> Turns.rate(users, () -> load.all(1, 0, users))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Batch(List<String> userIds, int k) {}

    private static LoadConnection.Answer post(LoadConnection connection, String body) {
        try {
            return connection.post("/v1/recommendations:batch", body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks answers of many users whole; returns one of them. */
    private byte[] requireRight(ServiceUnderLoad subject, InteractionMatrix seen) throws IOException {
        try (LoadConnection connection = new LoadConnection(subject.port())) {
            byte[] body = {};
            for (int n = 0; n < CHECKED_USERS; n++) {
                int user = userIdx(n);
                LoadConnection.Answer answer = connection.get(target(n));
                Load.requireAnswer(target(n), answer, K);
                body = answer.body();
                requireUnseen(
                        JSON.readTree(body),
                        IntStream.of(seen.row(user))
                                .mapToObj(SyntheticModel::item)
                                .collect(Collectors.toSet()));
            }
            return body;
        }
    }

    /** That an answer is a known user's, with different items, and none of those. */
    static void requireUnseen(JsonNode answer, Set<String> seen) {
        Set<String> found = new HashSet<>();
        for (JsonNode item : answer.path("items")) {
            String id = item.path("itemId").asString();
            if (!found.add(id) || seen.contains(id)) {
                throw new IllegalStateException("item %s comes twice, or was seen: %s".formatted(id, answer));
            }
        }
        if (!answer.path("strategy").asString().equals("PERSONALIZED")) {
            throw new IllegalStateException("expected a personalized answer, got " + answer);
        }
    }

    /** Neighbouring requests ask for users who are far from each other. */
    private int userIdx(long n) {
        return (int) (n * 7_919 % items);
    }

    private String target(long n) {
        return "/v1/users/%s/recommendations?k=%d".formatted(SyntheticModel.user(userIdx(n)), K);
    }

    private String name(String what) {
        return "top%d %dx%d %s".formatted(K, items, dim, what);
    }

    /** Three times what the vectors, their codes and what was seen take: a model, its making, and room. */
    private int heapMegabytes() {
        long model = 2L * 4 * dim * items + (dim + 24L) * items + 2L * 4 * SyntheticModel.SEEN * items + 1_000L * items;
        return BASE_HEAP + (int) (3 * model / MEGABYTE);
    }

    /** As {@code discern} has built it: that script says where the repository is. */
    private static Path builtJar() throws IOException {
        Path target =
                Path.of(Objects.requireNonNullElse(System.getenv("DISCERN_REPO"), ".."), "serving-service", "target");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "serving-service-*-exec.jar")) {
                for (Path found : jars) {
                    return found.toAbsolutePath();
                }
            }
        }
        throw new IllegalStateException(
                "there is no serving-service-*-exec.jar in %s: run ./mvnw -DskipTests package, or name one with --serving-jar"
                        .formatted(target.toAbsolutePath()));
    }
}
