package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The serving jar alone, started as the documentation says, answers without a gap while its champion is swapped. The two models
 * have no item in common, so an answer made of both would show; they make their users' vectors differently.
 */
class ModelSwapEndToEndTests {

    private static final int REQUESTS = 10_000;
    private static final int SWAPS = 8;
    private static final int CLIENTS = 4;
    private static final int ITEMS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> lastVersion = new AtomicReference<>("");
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();
    private volatile boolean swapped;

    @TempDir
    private Path root;

    @Test
    void noRequestFailsAndNoAnswerMixesModels() throws Exception {
        ArtifactWriter writer = new ArtifactWriter(root.resolve("artifacts"));
        writer.write(model("red", null));
        EmbeddingTable context = new EmbeddingTable(ITEMS, 2, ones(2 * ITEMS));
        writer.write(model("blue", new HistoryTables(context, List.of(new HistoryTables.Part(2, 1, new float[] {1, 0.5f
        })))));
        Aliases aliases = new Aliases(root.resolve("artifacts"));
        aliases.point(Alias.CHAMPION, "red");

        try (ServingJar serving = ServingJar.start(root.resolve("artifacts"), root.resolve("serving.log"))) {
            serving.awaitReady(http, deadline);
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int client = 0; client < CLIENTS; client++) {
                    clients.execute(() -> ask(serving.address()));
                }
                try {
                    for (int swap = 0; swap < SWAPS; swap++) {
                        String next = swap % 2 == 0 ? "blue" : "red";
                        aliases.point(Alias.CHAMPION, next);
                        awaitAnswerOf(next);
                    }
                } finally {
                    swapped = true;
                }
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(requests).hasValueGreaterThanOrEqualTo(REQUESTS);
    }

    private void awaitAnswerOf(String version) throws InterruptedException {
        while (!lastVersion.get().equals(version) && complaints.isEmpty()) {
            assertThat(System.nanoTime()).as("%s answers in time", version).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private void ask(String address) {
        while ((requests.get() < REQUESTS || !swapped) && complaints.isEmpty() && System.nanoTime() < deadline) {
            int request = requests.incrementAndGet();
            String path = "/v1/users/%s/recommendations?k=20".formatted(request % 3 == 0 ? "stranger" : "user");
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
                check(answer);
            } catch (IOException | RuntimeException e) {
                complaints.add("request %d: %s".formatted(request, e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                complaints.add("interrupted");
            }
        }
    }

    private void check(HttpResponse<String> answer) {
        JsonNode body = json.readTree(answer.body());
        String version = body.at("/modelVersion").asString("none");
        boolean whole = body.at("/items").size() == 20
                && body.at("/items")
                        .valueStream()
                        .allMatch(item -> item.at("/itemId").asString().startsWith(version + "-")
                                && item.at("/title").asString().endsWith(" of " + version));
        if (answer.statusCode() != 200 || !whole) {
            complaints.add("%d %s".formatted(answer.statusCode(), answer.body()));
        }
        lastVersion.set(version);
    }

    /** One user, whose best items are the last ones; item ids begin with the version. */
    private static Artifact model(String version, @Nullable HistoryTables history) {
        List<Item> catalog = IntStream.range(0, ITEMS)
                .mapToObj(n ->
                        new Item("%s-%03d".formatted(version, n), n + " of " + version, List.of(), "", Map.of(), true))
                .toList();
        float[] bias = new float[ITEMS];
        for (int n = 0; n < ITEMS; n++) {
            bias[n] = n;
        }
        return new Artifact(
                new ModelManifest(
                        ModelManifest.FORMAT_VERSION,
                        version,
                        "bpr-mf",
                        "off",
                        2,
                        1,
                        ITEMS,
                        ModelManifest.DOT,
                        history == null ? ModelManifest.RIDGE : ModelManifest.HISTORY,
                        new Provenance("none", null, null, 1, Map.of(), "test", Instant.EPOCH, "test"),
                        Map.of(),
                        Map.of()),
                IdIndex.of(List.of("user")),
                IdIndex.of(catalog.stream().map(Item::id).toList()),
                new EmbeddingTable(1, 2, ones(2)),
                new EmbeddingTable(ITEMS, 2, ones(2 * ITEMS)),
                bias,
                new InteractionMatrix(ITEMS, new int[] {0, 1}, new int[] {0}),
                catalog,
                history);
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
