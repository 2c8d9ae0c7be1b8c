package dev.discern.cli.api;

import dev.discern.client.api.RecommendationsApi;
import dev.discern.client.api.ReportsApi;
import dev.discern.client.model.ArmReport;
import dev.discern.client.model.RecommendationsAnswer;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The serving service: top-K and what came of it, by the client that is generated from its description. */
public final class ServingApi {

    private final ServiceClient service;
    private final GeneratedClient client;
    private final RecommendationsApi recommendations;
    private final ReportsApi reports;

    /** Over a client of the serving service. */
    public ServingApi(ServiceClient service) {
        this.service = service;
        this.client = new GeneratedClient(service);
        this.recommendations = new RecommendationsApi(client);
        this.reports = new ReportsApi(client);
    }

    /** Top-k for a user. */
    public RecommendationsAnswer recommend(String user, int k, boolean explain) {
        return client.call(() -> recommendations.recommend(user, k, null, null, null, explain, null, null));
    }

    /**
     * The k items most like one.
     *
     * @param by what is compared: {@code behaviour}, {@code text} or {@code blend}
     * @param categories of which an item needs one; empty for all items
     */
    public RecommendationsAnswer similar(String item, int k, String by, List<String> categories) {
        return client.call(() -> recommendations.similar(item, k, by, null, null, categories));
    }

    /**
     * What came of the answers of each arm.
     *
     * @param since the first day that counts; null for what the service takes
     */
    public ArmReport arms(@Nullable LocalDate since) {
        return client.call(() -> reports.arms(since));
    }

    /** The same as the service says it, with members that this client may not know. */
    public JsonNode armsJson(@Nullable LocalDate since) {
        return service.get("/v1/admin/reports/arms" + (since == null ? "" : "?since=" + since), JsonNode.class);
    }

    /** Whether a whole model is loaded. */
    public boolean ready() {
        return service.healthy("/actuator/health/readiness");
    }
}
