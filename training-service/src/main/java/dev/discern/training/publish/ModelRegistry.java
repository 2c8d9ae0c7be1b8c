package dev.discern.training.publish;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Published models and the aliases that serving follows. The alias file is written inside the transaction that records the
 * change: when the file cannot be written, nothing is recorded. Whoever moves an alias or retires a version holds one lock of the
 * database, so that no alias is ever pointed to a version that is being retired.
 */
@Component
public class ModelRegistry {

    private static final long LOCK =
            0x646973636572_6eL; // the name of the advisory lock: any number that nobody else uses

    private final ModelVersionRepository versions;
    private final AliasChangeRepository changes;
    private final Aliases aliases;
    private final JdbcClient jdbc;
    private final Clock clock;

    ModelRegistry(
            ModelVersionRepository versions,
            AliasChangeRepository changes,
            Aliases aliases,
            JdbcClient jdbc,
            Clock clock) {
        this.versions = versions;
        this.changes = changes;
        this.aliases = aliases;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Who moves an alias, and in spite of what.
     *
     * @param by for the log
     * @param reason why the guard is overridden; null when it is not
     * @param refused JSON array of the slices that the guard named; null when it is not overridden, or could not compare
     */
    public record Mover(
            String by, @Nullable String reason, @Nullable String refused) {

        /** Somebody who overrides nothing. */
        public Mover(String by) {
            this(by, null, null);
        }
    }

    /** Adds a published version. Adding the same version again changes nothing, so that a restarted job may repeat it. */
    @Transactional
    public void register(ModelVersion model) {
        if (!versions.existsById(model.version())) {
            versions.save(new ModelVersionEntity(model));
        }
    }

    /** The version of this name, if it is registered, retired or not. */
    @Transactional(readOnly = true)
    public Optional<ModelVersion> find(String version) {
        return versions.findById(version).map(ModelVersionEntity::toRecord);
    }

    /**
     * The version of this name, whose folder is there.
     *
     * @throws UnknownVersionException if it is not registered or was retired
     */
    @Transactional(readOnly = true)
    public ModelVersion require(String version) {
        ModelVersion found = find(version).orElseThrow(() -> new UnknownVersionException(version));
        if (found.retired()) {
            throw new UnknownVersionException(found);
        }
        return found;
    }

    /** All versions, newest first. */
    @Transactional(readOnly = true)
    public List<ModelVersion> all() {
        return versions.findAllByOrderByCreatedAtDescVersionDesc().stream()
                .map(ModelVersionEntity::toRecord)
                .toList();
    }

    /** All versions whose folder is there, newest first. */
    @Transactional(readOnly = true)
    public List<ModelVersion> current() {
        return all().stream().filter(model -> !model.retired()).toList();
    }

    /** A version with what it is now. */
    public RegisteredModel withState(ModelVersion model) {
        return withState(model, aliases());
    }

    /** A version with what it is where the aliases point so. */
    public static RegisteredModel withState(ModelVersion model, Map<Alias, String> aliases) {
        ModelState state = ModelState.CANDIDATE;
        if (model.retired()) {
            state = ModelState.RETIRED;
        } else if (model.version().equals(aliases.get(Alias.CHAMPION))) {
            state = ModelState.CHAMPION;
        } else if (model.version().equals(aliases.get(Alias.CHALLENGER))) {
            state = ModelState.CHALLENGER;
        } else if (model.version().equals(aliases.get(Alias.SHADOW))) {
            state = ModelState.SHADOW;
        }
        return new RegisteredModel(model, state.label());
    }

    /** Where each alias that is set points. */
    public Map<Alias, String> aliases() {
        Map<Alias, String> set = new TreeMap<>();
        for (Alias alias : Alias.values()) {
            aliases.version(alias).ifPresent(version -> set.put(alias, version));
        }
        return set;
    }

    /** The log of an alias, newest change first. */
    @Transactional(readOnly = true)
    public List<AliasChange> changes(Alias alias) {
        return changes.findAllByAliasOrderByIdDesc(alias.label()).stream()
                .map(AliasChangeEntity::toRecord)
                .toList();
    }

    /**
     * Points an alias to a version; serving follows within a second. Where it points there already, nothing changes, so that a
     * rollback still returns to another version.
     *
     * @param expected where the alias points, as the caller has seen it; null for nowhere
     * @throws UnknownVersionException if the version is not registered or was retired
     * @throws AliasMovedException if the alias points elsewhere by now
     */
    @Transactional
    public void point(Alias alias, String version, @Nullable String expected, Mover mover) {
        lock();
        require(version);
        String found = aliases.version(alias).orElse(null);
        if (!Objects.equals(expected, found)) {
            throw new AliasMovedException(alias, expected, found);
        }
        if (version.equals(found)) {
            return;
        }
        changes.save(new AliasChangeEntity(new AliasChange(
                alias.label(),
                version,
                clock.instant(),
                false,
                mover.by(),
                mover.reason() != null,
                mover.reason(),
                mover.refused())));
        aliases.point(alias, version);
    }

    /**
     * Returns an alias to the version that it had before.
     *
     * @return that version; empty when there is none to return to, and nothing changed
     */
    @Transactional
    public Optional<String> rollBack(Alias alias) {
        lock();
        List<AliasChangeEntity> newest = changes.findTop2ByAliasAndRolledBackFalseOrderByIdDesc(alias.label());
        if (newest.size() < 2) {
            return Optional.empty();
        }
        String previous = newest.get(1).version();
        if (find(previous).map(ModelVersion::retired).orElse(true)) {
            return Optional.empty();
        }
        newest.get(0).rollBack();
        aliases.point(alias, previous);
        return Optional.of(previous);
    }

    /** Marks versions as retired unless they have come into use in the meantime; returns those that are. */
    @Transactional
    List<String> retire(RetentionRule rule) {
        lock();
        Instant now = clock.instant();
        List<String> retired = rule.decide(all(), log(), aliases(), now).retired();
        versions.findAllById(retired).forEach(version -> version.retire(now));
        return retired;
    }

    /** The log of each alias, newest change first. */
    @Transactional(readOnly = true)
    Map<Alias, List<AliasChange>> log() {
        Map<Alias, List<AliasChange>> log = new TreeMap<>();
        for (Alias alias : Alias.values()) {
            log.put(alias, changes(alias));
        }
        return log;
    }

    private void lock() {
        jdbc.sql("select 1 from pg_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Integer.class)
                .single();
    }
}
