package dev.discern.scoring.job;

import dev.discern.common.artifact.Alias;
import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.Snapshot;
import dev.discern.scoring.candidate.Guides;
import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.llm.EncoderPlausibility;
import dev.discern.scoring.published.PublishedModels;
import dev.discern.scoring.published.UnusableModelException;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who makes the candidate lists of a plan: its published model, and its encoder. */
@Component
public class CandidateGuides {

    private final PublishedModels models;
    private final Encoding encoding;
    private final ItemStore items;
    private final ItemVectorStore vectors;

    CandidateGuides(PublishedModels models, Encoding encoding, ItemStore items, ItemVectorStore vectors) {
        this.models = models;
        this.encoding = encoding;
        this.items = items;
        this.vectors = vectors;
    }

    /**
     * The version of the published model that a request means, so that a restart of its job means the same one.
     *
     * @param name a version or an alias; the champion when null
     * @return null where the quotas ask for no model and the request names none
     * @throws InvalidPlanException if there is no such model or it cannot be used
     */
    public @Nullable String version(@Nullable String name, Quotas quotas) {
        if (name == null && !quotas.needModel()) {
            return null;
        }
        try {
            return models.read(models.version(name == null ? Alias.CHAMPION.label() : name))
                    .version();
        } catch (UnusableModelException e) {
            throw new InvalidPlanException("model", e.message());
        }
    }

    /** The guides of a plan, whose texts must have been encoded; null where its quotas ask for none. */
    @Nullable
    Guides of(ScoringPlan plan, Snapshot snapshot) {
        if (!plan.quotas().needModel()) {
            return null;
        }
        return new Guides(
                models.read(Objects.requireNonNull(plan.model())).on(snapshot),
                plan.quotas().needEncoder()
                        ? new EncoderPlausibility(
                                encoding.vectors(EncoderModel.of(plan.encoder()), new ItemTexts(items)), snapshot)
                        : null);
    }

    /**
     * Checks that there is something to encode, where the quotas need it.
     *
     * @throws InvalidPlanException if no item has a text
     */
    public void requireTexts(ScoringPlan plan) {
        if (plan.quotas().needEncoder() && new ItemTexts(items).present().isEmpty()) {
            throw new InvalidPlanException(
                    "quotas", "rescue draws by the vectors of the items' texts, and no item has a text");
        }
    }

    /**
     * Checks that all is encoded that the draw needs, for those who cannot wait for it.
     *
     * @throws InvalidPlanException if texts have no vector yet
     */
    void requireVectors(ScoringPlan plan, ItemTexts texts) {
        if (!plan.quotas().needEncoder()) {
            return;
        }
        Collection<String> hashes =
                texts.present().values().stream().map(ItemText::hash).collect(Collectors.toSet());
        int missing = hashes.size() - vectors.find(plan.encoder(), hashes).size();
        if (missing > 0) {
            throw new InvalidPlanException(
                    "quotas",
                    "rescue draws by the vectors of the items' texts, and %,d of %,d texts have none yet: a run of the embedded judge with the encoder %s, about one user even, makes them"
                            .formatted(missing, hashes.size(), plan.encoder()));
        }
    }
}
