package dev.discern.scoring.candidate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many candidates each source draws for a prompt; the audit item comes on top. Two sources may draw the same item, which then
 * counts once, so a prompt may have a few less.
 *
 * @param uniform over the whole catalogue
 * @param popular from the 300 most popular items
 * @param tail from the bottom 10 % of items by training interactions
 * @param cold one from each of so many equal bands of popularity, for users with at most three training interactions; other users
 *     draw as many more uniformly
 * @param model from the 100 items that the published model would recommend to the user, from the best 20 of them where
 *     {@code rescue} is asked for too; none for users whom the model does not know
 * @param rescue from the 30 rare items (of at most four training interactions or of the long tail, not among the model's best 20) that
 *     the encoder finds most plausible for the user. A rare one and one of the model's own list make a rescue pair, so it needs
 *     {@code model} candidates
 */
public record Quotas(
        int uniform,
        int popular,
        int tail,
        int cold,
        // Absent where there are none: a request from before they were known is the same work.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int model,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int rescue) {

    /** Twenty candidates with the audit item. */
    public static final Quotas DEFAULTS = new Quotas(12, 3, 2, 2);

    private static final int MAX_CANDIDATES = 19;

    public Quotas {
        if (uniform < 0 || popular < 0 || tail < 0 || cold < 0 || model < 0 || rescue < 0) {
            throw new IllegalArgumentException("quotas must not be negative");
        }
        long sum = (long) uniform + popular + tail + cold + model + rescue;
        if (sum < 1 || sum > MAX_CANDIDATES) {
            throw new IllegalArgumentException(
                    "quotas must add up to 1 to %d candidates, not %d".formatted(MAX_CANDIDATES, sum));
        }
        if (rescue > 0 && model == 0) {
            throw new IllegalArgumentException(
                    "rescue candidates are paired with the model's own: model must be at least 1 where rescue is %d"
                            .formatted(rescue));
        }
    }

    /** What needs no model. */
    public Quotas(int uniform, int popular, int tail, int cold) {
        this(uniform, popular, tail, cold, 0, 0);
    }

    /** From JSON, where {@code model} and {@code rescue} may be left out. */
    @JsonCreator
    static Quotas read(
            @JsonProperty("uniform") int uniform,
            @JsonProperty("popular") int popular,
            @JsonProperty("tail") int tail,
            @JsonProperty("cold") int cold,
            @JsonProperty("model") @Nullable Integer model,
            @JsonProperty("rescue") @Nullable Integer rescue) {
        return new Quotas(
                uniform,
                popular,
                tail,
                cold,
                Objects.requireNonNullElse(model, 0),
                Objects.requireNonNullElse(rescue, 0));
    }

    /** Whether candidates come from a published model. */
    public boolean needModel() {
        return model > 0;
    }

    /** Whether candidates come from an encoder. */
    public boolean needEncoder() {
        return rescue > 0;
    }
}
