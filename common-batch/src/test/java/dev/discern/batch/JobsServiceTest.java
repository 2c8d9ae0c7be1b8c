package dev.discern.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service with jobs on a database of its own, started once for all tests that extend this. */
@SpringBootTest(classes = JobsApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class JobsServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    Jobs jobs;

    @Autowired
    Job work;

    @Autowired
    Script script;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        TestDatabase database = TestDatabase.empty();
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::user);
        properties.add("spring.datasource.password", database::password);
    }

    @BeforeEach
    void forget() {
        script.reset();
    }

    /** What a test leaves running would end in the next one. */
    @AfterEach
    void letEverythingEnd() throws Exception {
        script.reset();
        for (JobResource job : jobs.newest(Long.MAX_VALUE, Integer.MAX_VALUE)) {
            ended(job.id());
        }
    }

    JobResource start(String name) {
        return jobs.start(work, parameters(name));
    }

    static JobParameters parameters(String name) {
        return new JobParametersBuilder().addString("name", name).toJobParameters();
    }

    JsonNode ended(long id) throws Exception {
        return until(id, job -> job.has("endedAt"));
    }

    JsonNode until(long id, Predicate<JsonNode> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            JsonNode job = JSON.readTree(get("/" + id).body());
            if (condition.test(job)) {
                return job;
            }
            assertThat(System.nanoTime()).as("deadline for " + job).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return http.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/admin/jobs" + path));
    }
}
