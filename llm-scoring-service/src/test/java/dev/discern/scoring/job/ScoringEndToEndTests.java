package dev.discern.scoring.job;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Judges, their answers and what they are worth, as a client sees them. */
class ScoringEndToEndTests extends ScoringServiceTest {

    private static final Catalogs CATALOG = new Catalogs(40, 60);
    private static final String PLAN = """
            {"encoder":"all-minilm-l6-v2-q","pairsPerUser":8,"quotas":{"uniform":7,"popular":2,"tail":1,"cold":1}}""";

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void importCatalog(@LocalServerPort int port) throws Exception {
        client = new ScoringClient(port);
        importCatalog(CATALOG.itemRows(), CATALOG.interactionRows());
    }

    @Test
    void asksAboutEveryUserAndKeepsAnswersPairsAndExams() throws Exception {
        JsonNode result = client.run("/scoring-jobs", PLAN).at("/result");

        long run = result.at("/runId").asLong();
        long scored = result.at("/scored").asLong();
        long failed = result.at("/failed").asLong();
        assertThat(scored + failed)
                .isEqualTo(40)
                .isEqualTo(result.at("/prompts").asLong());
        assertThat(failed)
                .as("an item without text is among the candidates of some")
                .isBetween(1L, 20L);
        assertThat(result.at("/failures/MISSING_TEXT").asLong()).isEqualTo(failed);
        assertThat(result.at("/resumedFrom").asLong()).isZero();
        assertThat(count("candidate_set where run_id = " + run)).isEqualTo(40);
        assertThat(count("judgment where scores is not null and failure is null"))
                .isEqualTo(scored);
        assertThat(
                        count(
                                "judgment where scores is null and failure = 'MISSING_TEXT' and failure_detail like 'candidate item % has no text'"))
                .isEqualTo(failed);
        assertThat(count("pair_judgment where source = 'uniform' and run_id = " + run))
                .isEqualTo(scored * 8)
                .isEqualTo(result.at("/pairs").asLong());
        assertThat(count("audit_judgment where run_id = " + run))
                .isEqualTo(scored)
                .isEqualTo(result.at("/auditPrompts").asLong());
    }

    @Test
    void theRunIsListedWithItsPlan() throws Exception {
        long run = client.run("/scoring-jobs", PLAN).at("/result/runId").asLong();

        JsonNode newest = json(client.get("/scoring-runs")).at("/0");
        assertThat(newest.at("/id").asLong()).isEqualTo(run);
        assertThat(newest.at("/judge").asString()).isEqualTo("embedded/all-minilm-l6-v2-q/1");
        assertThat(newest.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(newest.at("/parameters/pairsPerUser").asInt()).isEqualTo(8);
        assertThat(newest.at("/parameters/quotas/uniform").asInt()).isEqualTo(7);
        assertThat(newest.at("/dataVersion").asString())
                .isEqualTo(json(client.get("/catalog")).at("/dataVersion").asString());
        assertThat(newest.at("/completedAt").asString()).isNotBlank();
    }

    @Test
    void theSamePlanAgainIsTheSameJob() throws Exception {
        long job = client.run("/scoring-jobs", PLAN).at("/id").asLong();

        HttpResponse<String> again = client.post("/scoring-jobs", PLAN);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).at("/id").asLong()).isEqualTo(job);
    }

    @Test
    void anotherPlanWithTheSameQuestionsAsksNothingAgainAndSaysSo() throws Exception {
        JsonNode first = client.run("/scoring-jobs", PLAN).at("/result");
        String answers = answers();

        JsonNode second = client.run("/scoring-jobs", PLAN.replace(":8", ":5")).at("/result");

        assertThat(second.at("/resumedFrom").asLong())
                .isEqualTo(first.at("/scored").asLong());
        assertThat(second.at("/scored")).isEqualTo(first.at("/scored"));
        assertThat(second.at("/failures")).isEqualTo(first.at("/failures"));
        assertThat(second.at("/pairs").asLong())
                .isEqualTo(5 * first.at("/scored").asLong());
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    void asksAboutSomeUsersOnly() throws Exception {
        JsonNode result = client.run("/scoring-jobs", PLAN.replaceFirst("\\{", "{\"users\":5,"))
                .at("/result");

        assertThat(result.at("/prompts").asLong()).isEqualTo(5);
    }

    @Test
    void theReportIsThatOfTheExams() throws Exception {
        long run = client.run("/scoring-jobs", PLAN).at("/result/runId").asLong();

        JsonNode report = json(client.get("/reports/reliability?run=" + run));

        double wins = jdbc.sql("select sum(wins * (candidates - 1)) / sum(candidates - 1) from audit_judgment")
                .query(Double.class)
                .single();
        assertThat(report.at("/runId").asLong()).isEqualTo(run);
        assertThat(report.at("/judge").asString()).isEqualTo("embedded/all-minilm-l6-v2-q/1");
        assertThat(report.at("/pairAccuracy").asDouble()).isEqualTo(wins, within(1e-6));
        assertThat(report.at("/pairAccuracy").asDouble())
                .as("an encoder tells creams from films")
                .isGreaterThan(0.6);
        assertThat(report.at("/ci95/0").asDouble()).isLessThan(wins);
        assertThat(report.at("/ci95/1").asDouble()).isGreaterThan(wins);
        assertThat(report.at("/auditPrompts").asLong()).isEqualTo(count("audit_judgment"));
        assertThat(report.at("/popularity/pairAccuracy").isNumber()).isTrue();
        int prompts = 0;
        for (JsonNode slice : report.at("/bySlice")) {
            assertThat(slice.at("/historyLength").asString()).isIn("2-3", "4-10");
            prompts += slice.at("/n").asInt();
        }
        assertThat(prompts).isEqualTo(report.at("/auditPrompts").asInt());
    }

    @Test
    void theReportIsATableAndAPageToo() throws Exception {
        long run = client.run("/scoring-jobs", PLAN).at("/result/runId").asLong();
        String path = "/reports/reliability?run=" + run;

        HttpResponse<String> table = client.get(path, "text/csv");
        assertThat(table.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(table.body()).startsWith("section,group,who,measure,prompts,pairs,value,low,high\r\n");
        HttpResponse<String> page = client.get(path, "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(page.body()).startsWith("<!doctype html>").contains("embedded/all-minilm-l6-v2-q/1");
        assertThat(json(client.get(path, "*/*")).at("/runId").asLong())
                .as("JSON where the client takes anything")
                .isEqualTo(run);
        HttpResponse<String> unknown = client.get("/reports/reliability?run=999999", "text/csv");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).at("/code").asString()).isEqualTo("UNKNOWN_RUN");
    }

    @Test
    void theEncoderStandsBesideOtherJudgesOnceItHasEncoded() throws Exception {
        String answers = client.get("/judgments?run="
                        + client.run("/scoring-jobs", PLAN).at("/result/runId").asLong())
                .body();
        String replayed = "{\"judge\":\"recorded\",\"judgments\":\"%s\"}".formatted(client.upload("a.jsonl", answers));
        long run = client.run("/scoring-jobs", replayed).at("/result/runId").asLong();

        JsonNode report = json(client.get("/reports/reliability?run=" + run));

        // the recorded judge is the encoder itself, under another name
        assertThat(report.at("/encoder/name").asString()).isEqualTo("all-minilm-l6-v2-q");
        assertThat(report.at("/encoder/prompts").asInt())
                .isEqualTo(report.at("/auditPrompts").asInt());
        assertThat(report.at("/encoder/pairAccuracy").asDouble())
                .isEqualTo(report.at("/pairAccuracy").asDouble(), within(1e-9));
        assertThat(report.at("/weightings/0/overEncoder/value").asDouble()).isZero();
        assertThat(report.at("/verdict/betterThanEncoder").asBoolean()).isFalse();
        assertThat(report.has("cost")).as("a free judge has no cost").isFalse();
        assertThat(report.at("/notes")).hasSize(1);
        assertThat(report.at("/notes/0").asString()).startsWith("No model is compared: there is no champion");

        jdbc.sql("truncate item_vector").update();
        jdbc.sql("update judgment set prompt_tokens = 100, completion_tokens = 10, cost_usd = 0.002")
                .update();
        importMore();
        report = json(client.get("/reports/reliability?run=" + run));

        assertThat(report.has("encoder")).isFalse();
        assertThat(report.at("/notes/0").asString()).startsWith("The data have changed since this run");
        assertThat(report.at("/notes/1").asString()).startsWith("No encoder is compared");
        assertThat(report.at("/cost/usdPerPrompt").asDouble()).isEqualTo(0.002, within(1e-9));
        assertThat(report.at("/cost/promptTokens").asLong())
                .isEqualTo(100 * report.at("/prompts").asLong());
    }

    private void importMore() throws Exception {
        client.importFiles("item_id,title\nnew,a new one\n", "user_id,item_id,timestamp\nu0,new,2000\n");
    }

    @Test
    void exportedAnswersGiveTheSamePairsOnTheSameDataElsewhere() throws Exception {
        long run = client.run("/scoring-jobs", PLAN).at("/result/runId").asLong();
        List<String> pairs = pairs(run);
        List<String> exams = exams(run);
        HttpResponse<String> export = client.get("/judgments?run=" + run);
        assertThat(export.headers().firstValue("Content-Type")).contains("application/x-ndjson;charset=UTF-8");
        assertThat(pairs).isNotEmpty();

        // elsewhere: the same data under other row ids
        importCatalog(Catalogs.reversed(CATALOG.itemRows()), Catalogs.reversed(CATALOG.interactionRows()));
        String upload = client.upload("answers.jsonl", export.body());
        JsonNode result = client.run(
                        "/scoring-jobs",
                        "{\"judge\":\"recorded\",\"judgments\":\"%s\",\"pairsPerUser\":8}".formatted(upload))
                .at("/result");

        assertThat(result.at("/failed").asLong()).isZero();
        assertThat(pairs(result.at("/runId").asLong())).isEqualTo(pairs);
        assertThat(exams(result.at("/runId").asLong())).isEqualTo(exams);
        assertThat(client.get("/judgments?run=" + result.at("/runId").asLong())
                        .body()
                        .lines())
                .containsExactlyInAnyOrderElementsOf(export.body().lines().toList());
    }

    @Test
    void recordedLinesThatAreOfNoUseAreCountedByTheirReasons() throws Exception {
        String upload = client.upload("answers.jsonl", """
                {"userId":"u0","candidates":["i50","i51"],"scores":[0.2,0.4]}
                {"userId":"u1","candidates":["i50","i51"],"scores":[0.2,1.4]}
                {"userId":"u2","candidates":["i50","gone\\u0000"],"scores":[0.2,0.4]}
                {"userId":"nobody","candidates":["i50","i51"],"scores":[0.2,0.4]}
                nonsense
                null
                {"userId":"u0","candidates":["i50","i52"],"scores":[0.2,0.4]}
                """);

        JsonNode result = client.run("/scoring-jobs", "{\"judge\":\"recorded\",\"judgments\":\"%s\"}".formatted(upload))
                .at("/result");

        assertThat(result.at("/prompts").asLong()).isEqualTo(7);
        assertThat(result.at("/scored").asLong()).isEqualTo(1);
        assertThat(result.at("/failed").asLong()).isEqualTo(6);
        assertThat(result.at("/failures").toString())
                .isEqualTo("{\"MALFORMED_ANSWER\":3,\"SCORE_OUT_OF_RANGE\":1,\"UNKNOWN_ITEM\":1,\"UNKNOWN_USER\":1}");
        assertThat(result.at("/pairs").asLong()).isEqualTo(1);
        assertThat(jdbc.sql("select failure_detail from judgment where failure = 'UNKNOWN_ITEM'")
                        .query(String.class)
                        .single())
                .isEqualTo("line 3: the catalog has no item gone?");
        JsonNode report = json(
                client.get("/reports/reliability?run=" + result.at("/runId").asLong()));
        assertThat(report.has("pairAccuracy")).as("no audit item, no figure").isFalse();
        assertThat(report.at("/auditPrompts").asInt()).isZero();
    }

    private void importCatalog(String items, String interactions) throws Exception {
        jdbc.sql("truncate interaction, app_user, item, scoring_run restart identity cascade")
                .update();
        client.importFiles(items, interactions);
    }

    private List<String> pairs(long run) {
        return jdbc.sql("""
                select concat_ws(' ', u.external_id, i.external_id, j.external_id, p.margin, p.source)
                from pair_judgment p join app_user u on u.id = p.user_id join item i on i.id = p.preferred
                join item j on j.id = p.other where p.run_id = ? order by 1""").param(run).query(String.class).list();
    }

    private List<String> exams(long run) {
        return jdbc.sql("""
                select concat_ws(' ', u.external_id, i.external_id, a.place, a.candidates, a.wins, a.popularity_wins,
                    a.history_length, a.popularity)
                from audit_judgment a join app_user u on u.id = a.user_id join item i on i.id = a.item_id
                where a.run_id = ? order by 1""").param(run).query(String.class).list();
    }

    private String answers() {
        return jdbc.sql("select string_agg(key::text || created_at, ' ' order by key) from judgment")
                .query(String.class)
                .single();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
