package dev.discern.training.publish;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Published models and the aliases that serving follows. The alias file is written inside the transaction that records the
 * change: when the file cannot be written, nothing is recorded.
 */
@Component
public class ModelRegistry {

    private final ModelVersionRepository versions;
    private final AliasChangeRepository changes;
    private final Aliases aliases;
    private final Clock clock;

    ModelRegistry(ModelVersionRepository versions, AliasChangeRepository changes, Aliases aliases, Clock clock) {
        this.versions = versions;
        this.changes = changes;
        this.aliases = aliases;
        this.clock = clock;
    }

    /** Adds a published version. Adding the same version again changes nothing, so that a restarted job may repeat it. */
    @Transactional
    public void register(ModelVersion model) {
        if (!versions.existsById(model.version())) {
            versions.save(new ModelVersionEntity(model));
        }
    }

    /** The version of this name, if it is registered. */
    @Transactional(readOnly = true)
    public Optional<ModelVersion> find(String version) {
        return versions.findById(version).map(ModelVersionEntity::toRecord);
    }

    /** All versions, newest first. */
    @Transactional(readOnly = true)
    public List<ModelVersion> all() {
        return versions.findAllByOrderByCreatedAtDescVersionDesc().stream()
                .map(ModelVersionEntity::toRecord)
                .toList();
    }

    /** Where each alias that is set points. */
    public Map<Alias, String> aliases() {
        Map<Alias, String> set = new TreeMap<>();
        for (Alias alias : Alias.values()) {
            aliases.version(alias).ifPresent(version -> set.put(alias, version));
        }
        return set;
    }

    /**
     * Points an alias to a version; serving follows within a second.
     *
     * @throws UnknownVersionException if the version is not registered
     */
    @Transactional
    public void point(Alias alias, String version) {
        if (!versions.existsById(version)) {
            throw new UnknownVersionException(version);
        }
        changes.save(new AliasChangeEntity(name(alias), version, clock.instant()));
        aliases.point(alias, version);
    }

    /**
     * Returns an alias to the version that it had before.
     *
     * @return that version; empty when there is none to return to, and nothing changed
     */
    @Transactional
    public Optional<String> rollBack(Alias alias) {
        List<AliasChangeEntity> newest = changes.findTop2ByAliasAndRolledBackFalseOrderByIdDesc(name(alias));
        if (newest.size() < 2) {
            return Optional.empty();
        }
        newest.get(0).rollBack();
        String previous = newest.get(1).version();
        aliases.point(alias, previous);
        return Optional.of(previous);
    }

    private static String name(Alias alias) {
        return alias.name().toLowerCase(Locale.ROOT);
    }
}
