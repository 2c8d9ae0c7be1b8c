package dev.discern.scoring.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Texts are encoded although nobody is asked about anybody. */
class EncodingJobsIntegrationTests extends ScoringServiceTest {

    private static final String ENCODE = "/encoding-jobs";
    private static final int ITEMS = 12;

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void catalog(@LocalServerPort int port) throws Exception {
        client = new ScoringClient(port);
        jdbc.sql("truncate interaction, app_user, item, item_vector, scoring_run restart identity cascade")
                .update();
        Catalogs catalog = new Catalogs(4, ITEMS);
        client.importFiles(catalog.itemRows(), catalog.interactionRows());
    }

    @Test
    void whatIsNewIsEncodedByTheEncoderThatHasEncodedMost() throws Exception {
        JsonNode first = client.run(ENCODE, "{\"encoder\":\"all-minilm-l6-v2-q\"}");
        assertThat(first.at("/result").toString())
                .isEqualTo("{\"encoder\":\"all-minilm-l6-v2-q\",\"texts\":11,\"encoded\":11}");
        assertThat(client.post(ENCODE, "{}").statusCode())
                .as("the same work is not done again")
                .isEqualTo(200);
        jdbc.sql("insert into item (external_id, title) values ('new', 'A text that nobody has seen')")
                .update();

        JsonNode next = client.run(ENCODE, "{}");

        assertThat(next.at("/result").toString())
                .isEqualTo("{\"encoder\":\"all-minilm-l6-v2-q\",\"texts\":12,\"encoded\":1}");
        assertThat(vectors()).isEqualTo(ITEMS);
        assertThat(jdbc.sql("select count(*) from scoring_run")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anUnknownEncoderIsToldAtItsPlace() throws Exception {
        HttpResponse<String> answer = client.post(ENCODE, "{\"encoder\":\"word2vec\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ScoringClient.json(answer).at("/errors/0/pointer").asString())
                .isEqualTo("/encoder");
        assertThat(vectors()).isZero();
    }

    private long vectors() {
        return jdbc.sql("select count(*) from item_vector").query(Long.class).single();
    }
}
