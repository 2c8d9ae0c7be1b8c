package dev.discern.cli.testing;

import dev.discern.cli.testing.FakeService.Response;
import java.util.List;

/** Three services in which every job has been done: what the demo asks for when it compares gated and paper, answered. */
public final class FakeServices implements AutoCloseable {

    /** The answer to whoever asks for a matrix. */
    public static final String MATRIX = """
            {"id":20,"name":"matrix","status":"COMPLETED","result":{
             "dataset":{"users":9,"items":39,"interactions":100,"coldUsers":3,"tailItems":8},"seeds":[1,2],
             "rows":[{"name":"history off","backbone":"history","regularizer":"off","rareGain":0.0,"lambda":null,"tuned":false,
              "metrics":{"all":{"ndcg@10":{"mean":0.04,"deviation":0.001}}},"users":{"all":9},"gate":null,"warnings":[]}],
             "comparisons":[]}}""";

    /** What is said of a judge. */
    public static final String RELIABILITY = """
            {"runId":4,"judge":"embedded (e5-small-v2-q)","pairAccuracy":0.71,"ci95":[0.69,0.73],"auditPrompts":8,
             "bySlice":[{"historyLength":"2-3","popularity":"<=5","n":3,"pairAccuracy":0.6,"ci95":[0.5,0.7]}],
             "popularity":{"pairAccuracy":0.45,"ci95":[0.4,0.5]}}""";

    /** The order in which models are asked for; any further ones are as the last. */
    private static final List<String> TRAINED = List.of("off", "gated", "paper", "judge-free");

    /** The service's double. */
    public final FakeService scoring = FakeService.start();

    /** The service's double. */
    public final FakeService training = FakeService.start();

    /** The service's double. */
    public final FakeService serving = FakeService.start();

    /** Ready to be asked. */
    public FakeServices() {
        scoring.on("GET /actuator/health/readiness", 200, "{}")
                .on("POST /v1/admin/uploads", 201, "{\"uploadId\":\"up\",\"name\":\"n\",\"bytes\":1,\"sha256\":\"s\"}")
                .on("POST /v1/admin/import-jobs", 200, """
                        {"id":1,"name":"import","status":"COMPLETED","result":{
                         "items":{"read":40,"inserted":39,"updated":0,"unchanged":0,"rejected":1},
                         "interactions":{"read":100,"inserted":100,"unchanged":0,"rejected":0},"users":9,"rejects":1}}""")
                .on("POST /v1/admin/scoring-jobs", count -> scored(4 + count, 540))
                .on("GET /v1/admin/reports/reliability?run=4", 200, RELIABILITY);
        training.on("GET /actuator/health/readiness", 200, "{}")
                .on("POST /v1/admin/training-jobs", count -> trained(TRAINED.get(Math.min(count, 3))))
                .on("POST /v1/admin/evaluation-jobs", 200, """
                        {"id":20,"name":"evaluation","status":"COMPLETED","result":{
                         "dataset":{"users":9,"items":39,"interactions":100,"coldUsers":3,"tailItems":8},
                         "models":[
                          {"version":"v-off","backbone":"history","regularizer":"off","seed":1,"coverage":0.5,"grid":[],
                           "metrics":{"all":{"auc":0.68,"ndcg@10":0.01,"ndcg@20":0.02,"recall@20":0.03,"users":9},
                                      "cold":{"auc":0.66,"ndcg@10":0.01,"recall@20":0.03,"users":3},
                                      "tail":{"auc":null,"ndcg@10":null,"recall@20":null,"users":0},
                                      "unseen":{"ndcg@10":0.02,"users":1}}},
                          {"version":"v-gated","backbone":"history","regularizer":"gated","seed":1,
                           "metrics":{"all":{"auc":0.73,"ndcg@10":0.012,"recall@20":0.04,"users":9},
                                      "cold":{"auc":0.72,"ndcg@10":0.01,"recall@20":0.03,"users":3},"tail":{"users":0}}}],
                         "comparisons":[{"a":"v-gated","b":"v-off","slice":"all","metric":"auc","difference":0.05,"ci95":[0.04,0.06]}],
                         "gate":{"coefficients":[{"name":"g0","value":0.4,"standardError":0.1}],"logLoss":0.6,"logLossJudgeFree":0.65,
                          "ece":0.01,"eceJudgeFree":0.02,"fitPairs":100,"checkPairs":100}}}""")
                .on("PUT /v1/admin/aliases/champion", 200, "{\"version\":\"v-gated\"}");
        // The old champion still answers twice after the promotion.
        serving.on("GET /actuator/health/liveness", 200, "{}")
                .on("GET /actuator/health/readiness", 200, "{}")
                .on(
                        "GET /v1/users/nobody/recommendations?k=1&explain=false",
                        count -> new Response(
                                200,
                                "{\"modelVersion\":\"%s\",\"strategy\":\"POPULAR\",\"items\":[]}"
                                        .formatted(count < 2 ? "v-old" : "v-gated")))
                .on("GET /v1/users/u/recommendations?k=3&explain=true", 200, """
                        {"modelVersion":"v-gated","strategy":"PERSONALIZED","items":[
                         {"itemId":"i1","rank":1,"score":2.5,"title":"Alien (1979)","reasons":["like Blade Runner (1982)"]}],"warnings":[]}""");
    }

    /** A scoring job that came to so many pairs. */
    public static Response scored(long run, long pairs) {
        return new Response(200, """
                {"id":2,"name":"scoring","status":"COMPLETED","result":{"runId":%d,"status":"COMPLETED","prompts":9,"scored":8,"failed":1,
                 "failures":{"MISSING_TEXT":1},"calls":0,"promptTokens":0,"completionTokens":0,"cost":0.0,"resumedFrom":null,
                 "pairs":%d,"auditPrompts":8}}""".formatted(run, pairs));
    }

    private static Response trained(String regularizer) {
        String warnings = regularizer.equals("paper") ? "\"the gate has collapsed\"" : "";
        String gate = regularizer.equals("gated")
                ? "{\"coefficients\":[],\"logLoss\":0.6,\"logLossJudgeFree\":0.65,\"ece\":0.01}"
                : "null";
        return new Response(200, """
                {"id":10,"name":"training","status":"COMPLETED","result":{"version":"v-%s","backbone":"history","regularizer":"%s","seed":1,
                 "bestEpoch":3,"epochs":4,"validation":{"ndcg@10":0.01},"gate":%s,"warnings":[%s]}}""".formatted(regularizer, regularizer, gate, warnings));
    }

    @Override
    public void close() {
        scoring.close();
        training.close();
        serving.close();
    }
}
