package dev.discern.training.job;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.training.evaluation.RegressionCheck;
import dev.discern.training.publish.ComparisonStore;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelRegistry.Mover;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets no version become the champion that is worse than the champion in any slice of users, unless somebody says why it should.
 * What is compared, and on which users, is {@link CommonGround}'s and {@link RegressionCheck}'s. A first champion is compared with
 * nothing.
 */
@Component
public class PromotionGuard {

    private static final Logger LOG = LoggerFactory.getLogger(PromotionGuard.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long SEED = 1; // of the bootstrap: asked again, the guard says the same

    private final ModelRegistry registry;
    private final ComparisonStore comparisons;
    private final Aliases aliases;

    PromotionGuard(ModelRegistry registry, ComparisonStore comparisons, Aliases aliases) {
        this.registry = registry;
        this.comparisons = comparisons;
        this.aliases = aliases;
    }

    /**
     * Makes a version the champion.
     *
     * @param by who asks, for the log
     * @param reason why it should be even if it is worse; null to be refused then
     * @return the comparison with the champion before; empty when there was none, or it was the same version, or could not be read
     * @throws WorseThanChampionException if it is worse and no reason is given
     * @throws ArtifactException if one of the two cannot be read and no reason is given
     */
    public Optional<ModelComparison> promote(String version, String by, @Nullable String reason) {
        registry.require(version);
        String champion = registry.aliases().get(Alias.CHAMPION);
        Optional<ModelComparison> comparison =
                champion == null || champion.equals(version) ? Optional.empty() : compare(version, champion, reason);
        if (reason == null && comparison.filter(c -> !c.worse().isEmpty()).isPresent()) {
            throw new WorseThanChampionException(comparison.orElseThrow());
        }
        String refused = reason == null
                ? null
                : comparison.map(c -> JSON.writeValueAsString(c.worse())).orElse(null);
        registry.point(Alias.CHAMPION, version, champion, new Mover(by, reason, refused));
        return comparison;
    }

    private Optional<ModelComparison> compare(String version, String champion, @Nullable String reason) {
        try {
            return Optional.of(compare(version, champion));
        } catch (ArtifactException e) {
            if (reason == null) {
                throw e;
            }
            LOG.warn("{} becomes champion without a comparison: {}", version, e.getMessage());
            return Optional.empty();
        }
    }

    /** Compares a version with a champion, or finds what an earlier comparison of the two said. */
    ModelComparison compare(String version, String champion) {
        Optional<String> before = comparisons.find(version, champion);
        if (before.isPresent()) {
            return JSON.readValue(before.get(), ModelComparison.class);
        }
        long start = System.nanoTime();
        Artifact first = ArtifactReader.read(aliases.modelFolder(version));
        Artifact second = ArtifactReader.read(aliases.modelFolder(champion));
        ModelComparison comparison = compare(first, second);
        LOG.info(
                "compared {} with {} on {} users in {} ms: worse in {} of {} slices",
                version,
                champion,
                comparison.users(),
                (System.nanoTime() - start) / 1_000_000,
                comparison.worse().size(),
                comparison.slices().size());
        if (registry.find(champion).isPresent()) { // an alias changed by hand may name a version of another database
            comparisons.save(version, champion, JSON.writeValueAsString(comparison));
        }
        return comparison;
    }

    static ModelComparison compare(Artifact version, Artifact champion) {
        CommonGround ground = CommonGround.of(version, champion);
        RegressionCheck check = new RegressionCheck(ground.split(), SEED);
        return new ModelComparison(
                version.manifest().version(),
                champion.manifest().version(),
                version.manifest()
                        .provenance()
                        .dataHash()
                        .equals(champion.manifest().provenance().dataHash()),
                check.testedUsers(),
                check.differences(ground.first(), ground.second()));
    }
}
