package dev.discern.scoring.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.scoring.catalog.file.TestFiles;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads and imports as a client does them. */
class ImportEndToEndTests extends ScoringServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @BeforeEach
    void emptyCatalog() {
        jdbc.sql("truncate interaction, app_user, item restart identity cascade")
                .update();
    }

    @Test
    void uploadsAndImportsAndAnswersWithTheSameJobWhenAskedAgain() throws Exception {
        String items = uploaded("items.csv.gz", TestFiles.gzip("item_id,title\na/ä,Heat\n,Nameless\n"));
        String interactions = uploaded(
                "folder/clicks.jsonl",
                "{\"user_id\":\"u 1\",\"item_id\":\"a/ä\",\"timestamp\":\"2024-05-01T10:00:00Z\"}\n"
                        .getBytes(StandardCharsets.UTF_8));
        Map<String, Object> request = Map.of("items", items, "interactions", interactions, "maxRejectShare", 0.5);

        HttpResponse<String> started = post("/v1/admin/import-jobs", request);
        assertThat(started.statusCode()).isEqualTo(202);
        String location = started.headers().firstValue("Location").orElseThrow();
        JsonNode job = finished(location);

        assertThat(job.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(job.at("/result")).isEqualTo(JSON.readTree("""
                {"items":{"read":2,"inserted":1,"updated":0,"unchanged":0,"rejected":1},
                 "interactions":{"read":1,"inserted":1,"unchanged":0,"rejected":0},"users":1,"rejects":1}"""));
        HttpResponse<String> rejects = get(location + "/rejects");
        assertThat(rejects.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(rejects.body())
                .isEqualTo("file,line,column,reason,value\nitems.csv.gz,3,item_id,an id is missing,\n");
        HttpResponse<String> again = post("/v1/admin/import-jobs", request);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Location")).contains(location);
        JsonNode catalog = JSON.readTree(get("/v1/admin/catalog").body());
        assertThat(catalog.at("/users").asInt()).isEqualTo(1);
        assertThat(catalog.at("/items").asInt()).isEqualTo(1);
        assertThat(catalog.at("/interactions").asInt()).isEqualTo(1);
        assertThat(catalog.at("/dataVersion").asString()).isNotEmpty();
    }

    @Test
    void aFailedImportSaysWhatWasExpected() throws Exception {
        String upload = uploaded("ratings.csv", "who,what\n1,2\n".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> started = post("/v1/admin/import-jobs", Map.of("interactions", upload));
        JsonNode job = finished(started.headers().firstValue("Location").orElseThrow());
        assertThat(job.at("/status").asString()).isEqualTo("FAILED");
        assertThat(job.at("/lastError").asString())
                .contains("ratings.csv has no column user_id (or reviewerID) and item_id (or movieId, asin): expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; /items; an import needs items or interactions, or both",
                "{\"items\":\"abc\"}; /items; there is no upload abc",
                "{\"interactions\":\"../x\"}; /interactions; there is no upload ../x",
                "{\"items\":\"KNOWN\",\"maxRejectShare\":1.5}; /maxRejectShare; expected 0 to 1, found 1.5",
                "{\"items\":\"KNOWN\",\"maxRejectShare\":-0.1}; /maxRejectShare; expected 0 to 1, found -0.1",
            })
    void refusesARequestWithThePlaceOfItsMistake(String body, String pointer, String message) throws Exception {
        String known = uploaded("items.csv", "item_id,title\n".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = send(
                "POST",
                "/v1/admin/import-jobs",
                "application/json",
                BodyPublishers.ofString(body.replace("KNOWN", known)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
        assertThat(error.at("/pointer").asString()).isEqualTo(pointer);
        assertThat(error.at("/message").asString()).isEqualTo(message);
    }

    @Test
    void refusesAnUploadThatIsTooLargeOrHasNoName() throws Exception {
        HttpResponse<String> large = send(
                "POST",
                "/v1/admin/uploads?name=big.csv",
                "application/octet-stream",
                BodyPublishers.ofByteArray(new byte[MAX_UPLOAD_BYTES + 1]));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(large.body()).at("/code").asString()).isEqualTo("UPLOAD_TOO_LARGE");
        HttpResponse<String> nameless =
                send("POST", "/v1/admin/uploads", "application/octet-stream", BodyPublishers.ofString("x"));
        assertThat(nameless.statusCode()).isEqualTo(400);
    }

    @Test
    void thereAreNoRejectsOfAnUnknownJob() throws Exception {
        assertThat(get("/v1/admin/jobs/999999/rejects").statusCode()).isEqualTo(404);
    }

    @Test
    void importsAmazonBeauty() throws Exception {
        String data = System.getenv("DISCERN_DATA");
        assumeThat(data).as("DISCERN_DATA, the folder of real data sets").isNotNull();
        Path folder = Path.of(data, "amazon-beauty").toAbsolutePath();
        assumeThat(folder).as("the data set amazon-beauty").isDirectory();
        String items = uploadId(send(
                "POST",
                "/v1/admin/uploads?name=items.csv.gz",
                "application/octet-stream",
                BodyPublishers.ofFile(folder.resolve("items.csv.gz"))));
        String interactions = uploadId(send(
                "POST",
                "/v1/admin/uploads?name=interactions.csv.gz",
                "application/octet-stream",
                BodyPublishers.ofFile(folder.resolve("interactions.csv.gz"))));

        HttpResponse<String> started = post(
                "/v1/admin/import-jobs", Map.of("items", items, "interactions", interactions, "maxRejectShare", 0));
        JsonNode job = finished(started.headers().firstValue("Location").orElseThrow());

        assertThat(job.at("/result/items/inserted").asInt())
                .as(job.toPrettyString())
                .isEqualTo(12_101);
        assertThat(job.at("/result/interactions/inserted").asInt()).isEqualTo(198_502);
        assertThat(job.at("/result/users").asInt()).isEqualTo(22_363);
        assertThat(job.at("/result/rejects").asInt()).isZero();
        Snapshot snapshot = new SnapshotReader(dataSource).read();
        assertThat(snapshot.histories().row(snapshot.users().idx("u00001")))
                .startsWith(snapshot.items().idx("B004756YJA"), snapshot.items().idx("B004ZT0SSG"));
        Map<String, Object> dryRun = Map.of("items", items, "interactions", interactions, "dryRun", true);
        JsonNode dry = finished(post("/v1/admin/import-jobs", dryRun)
                .headers()
                .firstValue("Location")
                .orElseThrow());
        assertThat(dry.at("/result/items/unchanged").asInt()).isEqualTo(12_101);
        assertThat(dry.at("/result/interactions/unchanged").asInt()).isEqualTo(198_502);
    }

    private String uploaded(String name, byte[] content) throws Exception {
        return uploadId(send(
                "POST",
                "/v1/admin/uploads?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8),
                "application/octet-stream",
                BodyPublishers.ofByteArray(content)));
    }

    private static String uploadId(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode upload = JSON.readTree(answer.body());
        assertThat(upload.at("/sha256")).isEqualTo(upload.at("/uploadId"));
        return upload.at("/uploadId").asString();
    }

    private JsonNode finished(String location) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (true) {
            JsonNode job = JSON.readTree(get(location).body());
            if (job.has("endedAt")) {
                return job;
            }
            assertThat(System.nanoTime()).as("deadline for " + job).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    private HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private HttpResponse<String> send(String method, String path, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
