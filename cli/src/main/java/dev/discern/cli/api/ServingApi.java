package dev.discern.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The serving service: top-K. */
public final class ServingApi {

    private final ServiceClient service;

    /** Over a client of the serving service. */
    public ServingApi(ServiceClient service) {
        this.service = service;
    }

    /** An answer and how it was come by. */
    public record Recommendations(
            String modelVersion,
            @Nullable String strategy,
            List<Item> items,
            @Nullable List<String> warnings) {

        /** One recommended item. */
        public record Item(
                String itemId,
                int rank,
                double score,
                @Nullable String title,
                @Nullable List<String> reasons) {}
    }

    /** Top-k for a user. */
    public Recommendations recommend(String user, int k, boolean explain) {
        return service.get(
                "/v1/users/%s/recommendations?k=%d&explain=%s".formatted(encode(user), k, explain),
                Recommendations.class);
    }

    /**
     * The k items most like one.
     *
     * @param by what is compared: {@code behaviour}, {@code text} or {@code blend}
     * @param categories of which an item needs one; empty for all items
     */
    public Recommendations similar(String item, int k, String by, List<String> categories) {
        StringBuilder path = new StringBuilder("/v1/items/%s/similar?k=%d&by=%s".formatted(encode(item), k, by));
        categories.forEach(category -> path.append("&category=").append(encode(category)));
        return service.get(path.toString(), Recommendations.class);
    }

    /** Whether a whole model is loaded. */
    public boolean ready() {
        return service.healthy("/actuator/health/readiness");
    }

    /** Ids are opaque: {@code /}, spaces and non-ASCII are legal. */
    private static String encode(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
