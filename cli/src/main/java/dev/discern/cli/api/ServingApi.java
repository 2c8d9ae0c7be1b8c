package dev.discern.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
                @Nullable List<String> reasons,
                @Nullable Explanation explanation) {}

        /** Why an item is there, in figures. */
        public record Explanation(
                List<Near> nearest, Score score, @Nullable Judged judge) {

            /** An item that the user has. */
            public record Near(String itemId, @Nullable String title, double similarity) {}

            /** What a score is made of. */
            public record Score(
                    @Nullable Double behaviour,
                    @Nullable Double content,
                    double popularity,
                    @Nullable Double boost) {}

            /** What a judge taught. */
            public record Judged(int pairs, double gate, int wins) {}
        }
    }

    /** What came of the answers of each arm. */
    public record Arms(String since, List<Arm> arms, List<Comparison> comparisons, List<String> warnings) {

        /** One of them. */
        public record Arm(
                String alias,
                String version,
                boolean drawn,
                String firstDay,
                String lastDay,
                long answers,
                long items,
                Map<String, Long> events,
                long answersWithEvent,
                Share clickThroughRate) {}

        /** How far a challenger is ahead; both by version. */
        public record Comparison(String challenger, String champion, Share difference) {}

        /** A figure and its 95 % interval. */
        public record Share(double value, double low, double high) {}
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

    /**
     * What came of the answers of each arm.
     *
     * @param since the first day that counts; null for what the service takes
     */
    public Arms arms(@Nullable LocalDate since) {
        return service.get(armsPath(since), Arms.class);
    }

    /** The same as the service says it. */
    public JsonNode armsJson(@Nullable LocalDate since) {
        return service.get(armsPath(since), JsonNode.class);
    }

    private static String armsPath(@Nullable LocalDate since) {
        return "/v1/admin/reports/arms" + (since == null ? "" : "?since=" + since);
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
