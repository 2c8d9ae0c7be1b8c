package dev.discern.training.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.db.JudgmentStore;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** No version becomes champion that is worse, unless somebody says why; and what is said stays. */
class PromotionGuardIntegrationTests extends TrainingServiceTest {

    private static final String CHAMPION = "/v1/admin/aliases/champion";

    @BeforeEach
    @AfterEach
    void withoutChampion() {
        forgetChampion();
    }

    @Test
    void refusesAModelThatABadJudgeHasSpoilt() {
        String off = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":51,\"parameters\":{\"dim\":8,\"maxEpochs\":40,\"patience\":40}}");
        String spoilt = spoilt(51);
        assertThat(client().put(CHAMPION, version(off)).status()).isEqualTo(200);

        Answer refused = client().put(CHAMPION, version(spoilt));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.body().at("/code").asString()).isEqualTo("WORSE_THAN_CHAMPION");
        assertThat(refused.body().at("/detail").asString())
                .startsWith("%s is worse than the champion %s in all".formatted(spoilt, off));
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/version");
        assertThat(refused.body().at("/errors/0/message").asString())
                .matches("all \\(90 users\\): ndcg@10 -0\\.\\d{4} \\[-0\\.\\d{4}, -0\\.\\d{4}]");
        assertThat(new Aliases(artifacts).version(Alias.CHAMPION)).contains(off);
        assertThat(client().get(CHAMPION + "/changes").body().size()).isEqualTo(1);

        // The other way round there is nothing to refuse.
        assertThat(client().put(CHAMPION, forced(spoilt, "to have it there")).status())
                .isEqualTo(200);
        Answer better = client().put(CHAMPION, version(off));
        assertThat(better.status()).as(better.body().toString()).isEqualTo(200);
        assertThat(better.body().at("/comparison/slices/0/low").asDouble()).isPositive();
    }

    @Test
    void whoOverridesItSaysWhyAndTheLogKeepsIt() {
        String off = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":52,\"parameters\":{\"dim\":8,\"maxEpochs\":40,\"patience\":40}}");
        String spoilt = spoilt(52);
        client().put(CHAMPION, version(off));

        Answer forced = client().put(CHAMPION, forced(spoilt, "a demonstration"));

        assertThat(forced.status()).as(forced.body().toString()).isEqualTo(200);
        JsonNode entry = client().get(CHAMPION + "/changes").body().at("/0");
        assertThat(entry.at("/version").asString()).isEqualTo(spoilt);
        assertThat(entry.at("/forced").asBoolean()).isTrue();
        assertThat(entry.at("/reason").asString()).isEqualTo("a demonstration");
        assertThat(entry.at("/changedBy").asString()).matches("key-[0-9a-f]{8}");
        assertThat(entry.at("/changedAt").asString()).isNotBlank();
        assertThat(entry.at("/refused/0/slice").asString()).isEqualTo("all");
        assertThat(entry.at("/refused/0/difference").asDouble()).isNegative();
        assertThat(state(spoilt)).isEqualTo("champion");
        assertThat(state(off)).isEqualTo("candidate");
        assertThat(client().post(CHAMPION + ":rollback", "").status()).isEqualTo(200);
        assertThat(state(off)).isEqualTo("champion");
    }

    @Test
    void theChampionAgainIsNoChange() {
        String off = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":53,\"parameters\":{\"dim\":8,\"maxEpochs\":4,\"patience\":4}}");
        client().put(CHAMPION, version(off));

        assertThat(client().put(CHAMPION, version(off)).status()).isEqualTo(200);

        assertThat(client().get(CHAMPION + "/changes").body().size()).isEqualTo(1);
        assertThat(client().post(CHAMPION + ":rollback", "").status()).isEqualTo(409);
    }

    @Test
    void modelsOfDifferentBackbonesAreCompared() {
        database().writeItemVectors("e5-small-v2-q", true);
        String untrained = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":54,\"parameters\":{\"dim\":8,\"maxEpochs\":1,\"patience\":1,\"learningRate\":0.0001}}");
        String history = train("{\"backbone\":\"history\",\"seed\":54,\"parameters\":{\"dim\":8,\"contentDim\":4,"
                + "\"epochs\":12,\"batch\":64,\"negatives\":32,\"learningRate\":0.02}}");
        client().put(CHAMPION, version(history));

        Answer refused = client().put(CHAMPION, version(untrained));
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(409);
        client().put(CHAMPION, forced(untrained, "to go back from it"));
        Answer answer = client().put(CHAMPION, version(history));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().at("/comparison/sameData").asBoolean()).isTrue();
        assertThat(answer.body().at("/comparison/users").asInt()).isEqualTo(PLANTED.users());
        assertThat(answer.body().at("/comparison/slices/0/difference").asDouble())
                .isPositive();
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(error("{\"version\":\"x\",\"force\":true}")).isEqualTo("/reason REQUIRED");
        assertThat(error("{\"version\":\"x\",\"force\":true,\"reason\":\" \"}")).isEqualTo("/reason REQUIRED");
        assertThat(error("{\"version\":\"x\",\"reason\":\"r\"}")).isEqualTo("/reason NOT_FORCED");
        assertThat(error("{\"version\":\"x\"}")).isEqualTo("/version UNKNOWN");
        Answer shadow = client().put("/v1/admin/aliases/shadow", "{\"version\":\"x\",\"force\":true,\"reason\":\"r\"}");
        assertThat(shadow.body().at("/errors/0/code").asString()).isEqualTo("NOT_GUARDED");
    }

    @Test
    void aModelThatCannotBeReadIsNotPromotedByChance() throws Exception {
        String one = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":55,\"parameters\":{\"dim\":8,\"maxEpochs\":4,\"patience\":4}}");
        String other = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":56,\"parameters\":{\"dim\":8,\"maxEpochs\":4,\"patience\":4}}");
        client().put(CHAMPION, version(one));
        Files.writeString(artifacts.resolve("models").resolve(one).resolve("items.jsonl"), "broken");

        Answer refused = client().put(CHAMPION, version(other));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/code").asString()).isEqualTo("UNREADABLE_MODEL");
        assertThat(client().put(CHAMPION, forced(other, "the champion is broken"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void lineageIsWholeInRegistryAndArtifact() {
        long run = database().writeScoringRun("COMPLETED");
        String global = train(
                "{\"backbone\":\"bpr-mf\",\"seed\":57,\"regularizer\":\"global\",\"scoringRun\":%d,\"parameters\":{\"dim\":8,\"maxEpochs\":4,\"patience\":4}}"
                        .formatted(run));

        JsonNode model = client().get("/v1/admin/models/" + global).body();

        assertThat(model.at("/state").asString()).isEqualTo("candidate");
        assertThat(model.at("/judgmentsHash").asString()).matches("[0-9a-f]{64}");
        assertThat(model.at("/codeVersion").asString()).matches("\\d+\\.\\d+.*");
        assertThat(model.at("/host").asString()).isNotBlank();
        var provenance = ArtifactReader.read(artifacts.resolve("models").resolve(global))
                .manifest()
                .provenance();
        assertThat(provenance.judgmentsHash())
                .isEqualTo(model.at("/judgmentsHash").asString());
        assertThat(provenance.codeVersion()).isEqualTo(model.at("/codeVersion").asString());
        JsonNode candidates = client().get("/v1/admin/models?state=candidate").body();
        assertThat(candidates.findValuesAsString("version")).contains(global);
        assertThat(client().get("/v1/admin/models?state=champion").body().size())
                .isZero();
    }

    @Test
    void theJudgmentsHashIsOfTheAnswersAndNotOfTheRun() {
        JudgmentStore judgments = new JudgmentStore(dataSource);
        long run = database().writeScoringRun("COMPLETED");
        String hash = judgments.hash(run).orElseThrow();
        // The same prompts and answers as another run, written in another order.
        long copy = jdbc.sql("""
                        insert into scoring_run (job_instance, judge, parameters, data_version, status)
                        select max(job_instance) + 1, 'copy', '{}', '', 'COMPLETED' from scoring_run returning id""").query(Long.class).single();
        jdbc.sql("""
                        insert into candidate_set (run_id, user_id, judgment_key, history, history_length, candidates, sources, inclusion)
                        select ?, user_id, judgment_key, history, history_length, candidates, sources, inclusion
                        from candidate_set where run_id = ? order by user_id desc""").param(copy).param(run).update();
        assertThat(judgments.hash(copy)).contains(hash);

        jdbc.sql("""
                        update judgment set consistency = 0.5
                        where key = (select min(judgment_key::text)::bytea from candidate_set where run_id = ?)""").param(run).update();
        String other = judgments.hash(run).orElseThrow();
        assertThat(other).isNotEqualTo(hash);
        jdbc.sql("update candidate_set set inclusion[2] = inclusion[2] / 2 where run_id = ?")
                .param(run)
                .update();
        assertThat(judgments.hash(run).orElseThrow()).isNotEqualTo(other);
        assertThat(judgments.hash(987654)).isEmpty();
    }

    /** What λ = 3 makes of a judge who takes every user for one of the other taste. */
    private String spoilt(int seed) {
        long run = database().writeScoringRun("COMPLETED");
        jdbc.sql("update pair_judgment set preferred = other, other = preferred where run_id = ?")
                .param(run)
                .update();
        return train(
                "{\"backbone\":\"bpr-mf\",\"seed\":%d,\"regularizer\":\"global\",\"scoringRun\":%d,\"parameters\":{\"dim\":8,\"maxEpochs\":40,\"patience\":40,\"lambda\":3}}"
                        .formatted(seed, run));
    }

    private String error(String body) {
        JsonNode error = client().put(CHAMPION, body).body().at("/errors/0");
        return error.at("/pointer").asString() + " " + error.at("/code").asString();
    }

    private String state(String version) {
        return client().get("/v1/admin/models/" + version).body().at("/state").asString();
    }

    private static String version(String version) {
        return "{\"version\":\"%s\"}".formatted(version);
    }

    private static String forced(String version, String reason) {
        return "{\"version\":\"%s\",\"force\":true,\"reason\":\"%s\"}".formatted(version, reason);
    }

    private String train(String request) {
        return client().completed(client().start("/v1/admin/training-jobs", request))
                .at("/version")
                .asString();
    }
}
