package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Schedules from their making to the champion. */
class SchedulesIntegrationTests extends TrainingServiceTest {

    private static final String SCHEDULES = "/v1/admin/schedules";

    @Autowired
    private RetrainingSchedules schedules;

    @BeforeEach
    @AfterEach
    void clear() {
        jdbc.sql("delete from training_schedule").update();
        jdbc.sql("delete from interaction where kind = 'later'").update();
        jdbc.sql("delete from item where external_id like 'new%'").update();
    }

    @Test
    void areMadeShownReplacedAndRemoved() {
        Answer made = client().post(SCHEDULES, """
                {"name":"nightly","training":{"regularizer":"gated","parameters":{"dim":8}},"cron":"0 0 3 * * *","promote":true}""");

        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        long id = made.body().at("/id").asLong();
        assertThat(made.location()).isEqualTo(SCHEDULES + "/" + id);
        JsonNode schedule = client().get(SCHEDULES + "/" + id).body();
        assertThat(schedule.at("/training").toString())
                .isEqualTo(
                        "{\"backbone\":\"history\",\"regularizer\":\"gated\",\"seed\":1,\"threads\":1,\"parameters\":{\"dim\":8}}");
        assertThat(schedule.at("/nextAt").asString()).endsWith("T03:00:00Z");
        assertThat(schedule.has("firedAt")).isFalse();
        assertThat(client().post(SCHEDULES, "{\"name\":\"nightly\",\"training\":{},\"newEvents\":5}")
                        .body()
                        .at("/code")
                        .asString())
                .isEqualTo("NAME_TAKEN");
        Answer replaced = client().put(
                        SCHEDULES + "/" + id,
                        "{\"name\":\"nightly\",\"training\":{},\"newEvents\":5,\"enabled\":false}");
        assertThat(replaced.body().at("/newEvents").asInt()).isEqualTo(5);
        assertThat(replaced.body().has("cron")).isFalse();
        assertThat(client().get(SCHEDULES).body().size()).isEqualTo(1);
        assertThat(remove(id)).isEqualTo(204);
        assertThat(client().get(SCHEDULES + "/" + id).body().at("/code").asString())
                .isEqualTo("UNKNOWN_SCHEDULE");
    }

    @Test
    void aMistakeInTheTrainingIsToldAtItsPlace() {
        Answer answer =
                client().post(SCHEDULES, "{\"name\":\"n\",\"training\":{\"parameters\":{\"dim\":0}},\"newEvents\":5}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/training/parameters/dim");
        assertThat(client().post(
                                SCHEDULES,
                                "{\"name\":\"n\",\"training\":{\"regularizer\":\"gated\",\"scoringRun\":98765},\"newEvents\":5}")
                        .body()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/training/scoringRun");
    }

    @Test
    void newEventsTrainOnceAndTheModelGoesThroughTheGuard() throws Exception {
        long run = database().writeScoringRun("COMPLETED");
        long id = make("""
                {"name":"events",
                 "training":{"backbone":"bpr-mf","regularizer":"global","seed":71,"parameters":{"dim":8,"maxEpochs":4,"patience":4}},
                 "newEvents":20,"promote":true}""");
        schedules.check();
        assertThat(client().get(SCHEDULES + "/" + id).body().has("firedAt")).isFalse();

        events(20, "i00003");
        checkAtOnce(4);

        JsonNode fired = client().get(SCHEDULES + "/" + id).body();
        assertThat(fired.at("/firedBecause").asString()).isEqualTo("20 new events, 20 were to be waited for");
        assertThat(jdbc.sql(
                                "select count(*) from batch_job_execution_params where parameter_name = 'seed' and parameter_value = '71'")
                        .query(Long.class)
                        .single())
                .as("of four replicas one fires")
                .isEqualTo(1);
        JsonNode result = client().completed(fired.at("/job").asLong());
        schedules.check();
        JsonNode settled = client().get(SCHEDULES + "/" + id).body();
        assertThat(settled.at("/outcome").asString())
                .startsWith("trained %s".formatted(result.at("/version").asString()));
        assertThat(client().get("/v1/admin/models/" + result.at("/version").asString())
                        .body()
                        .at("/scoringRun")
                        .asLong())
                .isEqualTo(run);
        schedules.check();
        assertThat(client().get(SCHEDULES + "/" + id).body())
                .as("nothing is due again")
                .isEqualTo(settled);
    }

    @Test
    void aDriftOfTheItemsTrains() {
        long id = make("""
                {"name":"drift","training":{"seed":72,"parameters":{"dim":8,"contentDim":4,"epochs":2}},"drift":0.2}""");
        jdbc.sql("insert into item (external_id) values ('new')").update();
        events(PopularityDrift.LEAST_EVENTS, "new");

        schedules.check();

        JsonNode fired = client().get(SCHEDULES + "/" + id).body();
        assertThat(fired.at("/firedBecause").asString())
                .matches("the items of 500 new events have drifted: PSI \\d+\\.\\d{3}, threshold 0.200");
        client().completed(fired.at("/job").asLong());
        schedules.check();
        assertThat(client().get(SCHEDULES + "/" + id).body().at("/outcome").asString())
                .matches("trained history-off-\\d+");
    }

    @Test
    void cronFiresAndWhatCannotStartSaysWhy() {
        jdbc.sql("delete from scoring_run").update();
        long id = make("{\"name\":\"cron\",\"training\":{\"regularizer\":\"gated\"},\"cron\":\"* * * * * *\"}");
        jdbc.sql("update training_schedule set created_at = created_at - interval '1 minute'")
                .update();

        schedules.check();

        JsonNode fired = client().get(SCHEDULES + "/" + id).body();
        assertThat(fired.at("/firedBecause").asString()).startsWith("* * * * * * was due at ");
        assertThat(fired.at("/outcome").asString())
                .isEqualTo(
                        "not started: there is no completed scoring run with pairs to learn from: ask a judge first");
    }

    @Test
    void aFiringThatADeadProcessLeftIsStartedByTheNextCheck() {
        long id = make("""
                {"name":"dead","training":{"seed":73,"parameters":{"dim":8,"contentDim":4,"epochs":2}},"newEvents":1000000}""");
        jdbc.sql("update training_schedule set fired_at = now(), fired_because = 'before'")
                .update();
        schedules.check();
        assertThat(client().get(SCHEDULES + "/" + id).body().has("job")).isFalse();

        jdbc.sql("update training_schedule set fired_at = now() - interval '3 minutes'")
                .update();
        schedules.check();

        JsonNode fired = client().get(SCHEDULES + "/" + id).body();
        assertThat(fired.at("/firedBecause").asString()).isEqualTo("before");
        client().completed(fired.at("/job").asLong());
    }

    private long make(String request) {
        Answer made = client().post(SCHEDULES, request);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.body().at("/id").asLong();
    }

    private int remove(long id) {
        return client().send("DELETE", SCHEDULES + "/" + id, "application/json", "")
                .status();
    }

    private void events(int count, String item) {
        jdbc.sql("""
                        insert into interaction (user_id, item_id, event_time, kind)
                        select (select min(id) from app_user), i.id, timestamptz '2030-01-01' + n * interval '1 second', 'later'
                        from item i, generate_series(1, ?) n where i.external_id = ?""").param(count).param(item).update();
    }

    private void checkAtOnce(int replicas) throws Exception {
        Callable<Boolean> check = () -> {
            schedules.check();
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
            for (var done :
                    threads.invokeAll(List.of(check, check, check, check).subList(0, replicas))) {
                done.get();
            }
        }
    }
}
