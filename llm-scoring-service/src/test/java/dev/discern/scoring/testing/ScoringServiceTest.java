package dev.discern.scoring.testing;

import dev.discern.common.testing.TestDatabase;
import dev.discern.scoring.ScoringApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a database and a folder of its own, started once for all tests that extend this. */
@SpringBootTest(
        classes = ScoringApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "discern.scoring.imports.chunk-rows=" + ScoringServiceTest.CHUNK_ROWS,
            "discern.scoring.uploads.max-size=" + ScoringServiceTest.MAX_UPLOAD_BYTES + "B"
        })
public abstract class ScoringServiceTest {

    public static final int CHUNK_ROWS = 1_000;
    public static final int MAX_UPLOAD_BYTES = 16 << 20;

    @DynamicPropertySource
    static void service(DynamicPropertyRegistry properties) throws IOException {
        TestDatabase database = TestDatabase.empty();
        Path home = Files.createTempDirectory("discern-scoring-");
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::user);
        properties.add("spring.datasource.password", database::password);
        properties.add("discern.home", home::toString);
    }
}
