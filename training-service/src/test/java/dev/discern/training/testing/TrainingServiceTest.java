package dev.discern.training.testing;

import dev.discern.common.testing.TestDatabase;
import dev.discern.training.TrainingApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** The whole service on a database and a folder of its own, started once for all tests that extend this. */
@SpringBootTest(
        classes = TrainingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "discern.jobs.concurrent=2",
            "discern.security.api-key=" + TrainingServiceTest.ADMIN_KEY,
            // of "reader"
            "discern.security.keys[0].sha256=3d0941964aa3ebdcb00ccef58b1bb399f9f898465e9886d5aec7f31090a0fb30",
            "discern.security.keys[0].scopes[0]=recs:read"
        })
public abstract class TrainingServiceTest {

    protected static final String ADMIN_KEY = "admin-key";
    protected static final String READER_KEY = "reader";
    protected static final PlantedData PLANTED = PlantedData.small();

    @LocalServerPort
    protected int port;

    @Autowired
    protected DataSource dataSource;

    @Autowired
    protected JdbcClient jdbc;

    @Value("${discern.artifacts}")
    protected Path artifacts;

    @DynamicPropertySource
    static void service(DynamicPropertyRegistry properties) throws IOException {
        TestDatabase database = TestDatabase.empty();
        Path home = Files.createTempDirectory("discern-training-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::user);
        properties.add("spring.datasource.password", database::password);
        properties.add("discern.home", home::toString);
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }

    @BeforeEach
    void plant() {
        if (jdbc.sql("select count(*) from interaction").query(Long.class).single() == 0) {
            database().writeInteractions();
        }
    }

    /** Forgets the champion that another test has left, so that the next one is compared with nothing. */
    protected void forgetChampion() {
        jdbc.sql("delete from alias_change where alias = 'champion'").update();
        try {
            Files.deleteIfExists(artifacts.resolve("aliases").resolve("champion"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected PlantedDatabase database() {
        return new PlantedDatabase(dataSource, PLANTED);
    }

    protected TestClient client() {
        return new TestClient(port, ADMIN_KEY);
    }
}
