package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.serving.ServingApplication;
import dev.discern.serving.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a random port with a model and API keys, started once for all tests that extend this. */
@SpringBootTest(
        classes = ServingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "discern.security.api-key=" + ServingServiceTest.KEY,
            "discern.security.keys[0].sha256=" + ServingServiceTest.READER_SHA256,
            "discern.security.keys[0].scopes=recs:read"
        })
abstract class ServingServiceTest {

    static final String KEY = "may-do-everything";
    static final String READER = "may-read";
    static final String READER_SHA256 = "3d63f0abe768860c6e3b43909cdcbdc0494e16fecd78298c498a33e77c6bde39";
    static final String VERSION = "v1";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void artifacts(DynamicPropertyRegistry properties) throws IOException {
        Path root = Files.createTempDirectory("discern-serving-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> TestHttp.delete(root)));
        new ArtifactWriter(root).write(TestModels.random(VERSION, 1));
        new Aliases(root).point(Alias.CHAMPION, VERSION);
        properties.add("discern.artifacts", root::toString);
    }

    /** A client with the key that may do everything. */
    TestHttp http() throws InterruptedException {
        TestHttp http = new TestHttp(port, KEY);
        http.awaitStatus("/actuator/health/readiness", 200);
        return http;
    }

    TestHttp httpWithKey(String key) {
        return new TestHttp(port, key);
    }
}
