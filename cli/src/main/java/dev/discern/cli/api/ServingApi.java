package dev.discern.cli.api;

import dev.discern.client.api.RecommendationsApi;
import dev.discern.client.model.RecommendationsAnswer;

/** The serving service: top-K, by the client that is generated from its description. */
public final class ServingApi {

    private final ServiceClient service;
    private final GeneratedClient client;
    private final RecommendationsApi recommendations;

    /** Over a client of the serving service. */
    public ServingApi(ServiceClient service) {
        this.service = service;
        this.client = new GeneratedClient(service);
        this.recommendations = new RecommendationsApi(client);
    }

    /** Top-k for a user. */
    public RecommendationsAnswer recommend(String user, int k, boolean explain) {
        return client.call(() -> recommendations.recommend(user, k, null, null, null, explain, null, null));
    }

    /** The k items most like one. */
    public RecommendationsAnswer similar(String item, int k) {
        return client.call(() -> recommendations.similar(item, k, null));
    }

    /** Whether a whole model is loaded. */
    public boolean ready() {
        return service.healthy("/actuator/health/readiness");
    }
}
