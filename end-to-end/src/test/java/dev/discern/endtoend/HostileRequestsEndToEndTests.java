package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.db.ItemStore;
import dev.discern.common.testing.TestDatabase;
import dev.discern.endtoend.HostileRequests.Hostile;
import dev.discern.endtoend.HostileRequests.Kind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Ten thousand requests that somebody might send who wants the service to break: it says what is wrong with each, tells nothing of its inside,
 * keeps what it was sent out of its log, and answers everybody else as before.
 */
class HostileRequestsEndToEndTests {

    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 4;
    private static final int EACH_VALID = 50;
    private static final long SEED = 13;
    private static final String KEY = "may-do-everything";
    private static final String MARK = "zq7mark";
    private static final String VALID = "/v1/users/user-003/recommendations?k=20";
    private static final int MOST_BYTES = 200_000; // of an error
    private static final double HEAP_GROWTH = 1.3;
    private static final long HEAP_MARGIN = 20L << 20; // bytes

    /** Our packages and others', stack frames, names of exceptions: none of it is a caller's business. */
    private static final Pattern INSIDE = Pattern.compile(
            "(dev\\.discern|org\\.springframework|org\\.apache|org\\.postgresql|tools\\.jackson|java\\.(lang|util|io|net))\\."
                    + "|\\tat |[a-z]Exception\\b|PSQL|SQLState|Apache Tomcat");

    private static final Pattern LIVE_BYTES = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final TestDatabase database = TestDatabase.migrated();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();

    @TempDir
    private Path home;

    @Test
    void nothingBreaksIt() throws Exception {
        ItemStore items = new ItemStore(database.dataSource());
        ShopModels.catalog("v1", ShopModels.ITEMS).forEach(items::put);
        new ArtifactWriter(home.resolve("artifacts")).write(ShopModels.bprMf("v1", 1, null));
        new Aliases(home.resolve("artifacts")).point(Alias.CHAMPION, "v1");
        Path log = home.resolve("serving.log");
        try (ServingJar serving = ServingJar.start(
                home.resolve("artifacts"),
                log,
                "--discern.database.url=" + database.jdbcUrl(),
                "--discern.database.user=" + database.user(),
                "--discern.database.password=" + database.password(),
                "--discern.security.api-key=" + KEY,
                "--discern.guard.requests-per-second=0")) { // or most would be refused for their number
            ServingClient client = new ServingClient(serving.address(), KEY);
            client.awaitReady();
            List<String> valid = ServingClient.items(client.get(VALID));
            assertThat(valid).hasSize(20);

            send(serving, client, valid, REQUESTS / 3);
            long early = liveBytes(serving.process());
            long earlyMeters = meters(client);
            send(serving, client, valid, REQUESTS);
            long late = liveBytes(serving.process());

            assertThat(complaints).isEmpty();
            assertThat(serving.process().isAlive()).isTrue();
            assertThat((double) late)
                    .as("live bytes, %d after a third", early)
                    .isLessThan(HEAP_GROWTH * early + HEAP_MARGIN);
            assertThat(meters(client))
                    .as("meters, %d after a third", earlyMeters)
                    .isLessThan(2 * earlyMeters);
            assertThat(ServingClient.items(client.get(VALID))).isEqualTo(valid);
        }
        assertThat(Files.readString(log)).doesNotContain(MARK).doesNotContain("unexpected failure");
    }

    private void send(ServingJar serving, ServingClient client, List<String> valid, int until) {
        HostileRequests requests = new HostileRequests(SEED, KEY, MARK);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, CLIENTS)
                    .forEach(_ -> clients.execute(() -> {
                        for (int number = next.getAndIncrement(); number < until; number = next.getAndIncrement()) {
                            Hostile hostile = requests.of(number);
                            try {
                                if (hostile.isAborted()) {
                                    RawAnswer.abort(serving.address(), hostile.bytes());
                                } else {
                                    check(number, hostile, RawAnswer.to(serving.address(), hostile.bytes()));
                                }
                                if (number % EACH_VALID == 0
                                        && !ServingClient.items(client.get(VALID))
                                                .equals(valid)) {
                                    complaints.add("after %d another answer to a valid request".formatted(number));
                                }
                            } catch (IOException | RuntimeException | AssertionError e) {
                                complaints.add("%d %s: %s".formatted(number, hostile, e));
                            }
                        }
                    }));
        }
        next.set(until);
    }

    private void check(int number, Hostile hostile, RawAnswer answer) {
        String wrong = wrong(hostile, answer);
        if (!wrong.isEmpty()) {
            String body = answer.body();
            complaints.add("%d %s%n%s:%n%s%n%s"
                    .formatted(
                            number, hostile, wrong, answer.head(), body.substring(0, Math.min(body.length(), 1_000))));
        }
    }

    /** Empty where the answer is as it should be. */
    private static String wrong(Hostile hostile, RawAnswer answer) {
        if (answer.status() >= 500 && !isAllowed(hostile.kind(), answer)) {
            return "a failure";
        }
        if (answer.status() < 400) {
            return "";
        }
        if (INSIDE.matcher(answer.body()).find()) {
            return "tells its inside";
        }
        if (answer.body().isEmpty()) { // what was no HTTP, and what must not have a body
            return "";
        }
        if (answer.body().length() > MOST_BYTES) {
            return "a large error";
        }
        if (!answer.head().toLowerCase(Locale.ROOT).contains("content-type: application/problem+json")) {
            return "no problem detail";
        }
        try {
            JsonNode problem = ServingClient.json(answer.body());
            boolean isWhole = problem.at("/status").asInt() == answer.status()
                    && !problem.at("/code").asString("").isEmpty()
                    && !problem.at("/traceId").asString("").isEmpty();
            return isWhole ? "" : "a problem without status, code or traceId";
        } catch (JacksonException e) {
            return "no JSON: " + e.getOriginalMessage();
        }
    }

    /** 501 and 505 are HTTP's own words for methods, transfer encodings and versions that a server does not know (RFC 9110, RFC 9112). */
    private static boolean isAllowed(Kind kind, RawAnswer answer) {
        return switch (answer.status()) {
            case 501 ->
                Set.of(Kind.ODD_CHUNKS, Kind.WRONG_METHOD, Kind.ODD_REQUEST_LINE)
                        .contains(kind);
            case 505 -> kind == Kind.ODD_REQUEST_LINE;
            case 503 -> answer.body().contains("OVERLOADED");
            default -> false;
        };
    }

    /** Of what is still reachable after a collection. */
    private long liveBytes(Process process) throws IOException {
        String histogram = output(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram");
        Matcher total = LIVE_BYTES.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        return Long.parseLong(total.group(1));
    }

    private static long meters(ServingClient client) {
        return client.send("GET", "/actuator/prometheus", "").body().lines().count();
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }
}
