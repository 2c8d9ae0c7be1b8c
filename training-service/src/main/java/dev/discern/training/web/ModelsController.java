package dev.discern.training.web;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.training.job.ModelComparison;
import dev.discern.training.job.PromotionGuard;
import dev.discern.training.job.WorseThanChampionException;
import dev.discern.training.publish.AliasChange;
import dev.discern.training.publish.AliasMovedException;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelRegistry.Mover;
import dev.discern.training.publish.RegisteredModel;
import dev.discern.training.publish.Retention;
import dev.discern.training.publish.UnknownVersionException;
import dev.discern.web.problem.FieldProblem;
import dev.discern.web.problem.ProblemException;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Published models and the aliases that serving follows. */
@RestController
@RequestMapping("/v1/admin")
final class ModelsController {

    private final ModelRegistry registry;
    private final PromotionGuard guard;
    private final Retention retention;

    ModelsController(ModelRegistry registry, PromotionGuard guard, Retention retention) {
        this.registry = registry;
        this.guard = guard;
        this.retention = retention;
    }

    /**
     * Where an alias is to point.
     *
     * @param force whether a version is to become champion though the guard finds it worse; default false
     * @param reason why; needed with {@code force}, and kept in the log of the alias
     */
    record AliasTarget(
            @Nullable String version,
            @Nullable Boolean force,
            @Nullable String reason) {}

    /**
     * Where an alias points.
     *
     * @param comparison with the champion before; null for other aliases, or where there was nothing to compare with
     */
    record AliasResource(String version, @Nullable ModelComparison comparison) {}

    /** All versions ever registered, newest first, with their lineage and state; {@code ?state=candidate} shows some. */
    @GetMapping("/models")
    List<RegisteredModel> models(@RequestParam(required = false) @Nullable String state) {
        Map<Alias, String> aliases = registry.aliases();
        return registry.all().stream()
                .map(model -> ModelRegistry.withState(model, aliases))
                .filter(model -> state == null || model.state().equals(state))
                .toList();
    }

    @GetMapping("/models/{version}")
    RegisteredModel model(@PathVariable String version) {
        return registry.find(version)
                .map(registry::withState)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "UNKNOWN_VERSION", "no model version is named " + version));
    }

    /** Retires versions beyond the retention; {@code ?dryRun=true} only says which. */
    @PostMapping("/models:prune")
    Retention.Pruned prune(@RequestParam(defaultValue = "false") boolean dryRun) {
        return dryRun ? retention.plan() : retention.prune();
    }

    @GetMapping("/aliases")
    Map<String, String> aliases() {
        Map<String, String> byLabel = new TreeMap<>();
        registry.aliases().forEach((alias, version) -> byLabel.put(alias.label(), version));
        return byLabel;
    }

    /** Who pointed an alias where, newest first, and what they overrode. */
    @GetMapping("/aliases/{alias}/changes")
    List<AliasChange> changes(@PathVariable String alias) {
        return registry.changes(alias(alias));
    }

    @PutMapping("/aliases/{alias}")
    AliasResource point(@PathVariable String alias, @RequestBody AliasTarget target, Principal caller) {
        Alias pointed = alias(alias);
        String version = target.version();
        if (version == null) {
            throw ProblemException.invalid("/version", "REQUIRED", "name the version that the alias is to point to");
        }
        String reason = reason(pointed, target);
        try {
            if (pointed == Alias.CHAMPION) {
                return new AliasResource(
                        version,
                        guard.promote(version, caller.getName(), reason).orElse(null));
            }
            registry.point(pointed, version, registry.aliases().get(pointed), new Mover(caller.getName()));
            return new AliasResource(version, null);
        } catch (UnknownVersionException e) {
            throw ProblemException.invalid("/version", "UNKNOWN", String.valueOf(e.getMessage()));
        } catch (WorseThanChampionException e) {
            throw refused(e);
        } catch (AliasMovedException e) {
            throw new ProblemException(HttpStatus.CONFLICT, "ALIAS_MOVED", String.valueOf(e.getMessage()));
        } catch (ArtifactException e) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "UNREADABLE_MODEL",
                    "the two cannot be compared: %s; with force and a reason, %s becomes champion all the same"
                            .formatted(e.getMessage(), version));
        }
    }

    /** The reason to override the guard; null when it is not to be overridden. */
    private static @Nullable String reason(Alias alias, AliasTarget target) {
        boolean force = Boolean.TRUE.equals(target.force());
        String reason = target.reason();
        if (force && alias != Alias.CHAMPION) {
            throw ProblemException.invalid("/force", "NOT_GUARDED", "only the champion is guarded: leave force out");
        }
        if (force && (reason == null || reason.isBlank())) {
            throw ProblemException.invalid("/reason", "REQUIRED", "say why the guard is to be overridden");
        }
        if (!force && reason != null) {
            throw ProblemException.invalid("/reason", "NOT_FORCED", "a reason goes with force only");
        }
        return force ? reason : null;
    }

    private static ProblemException refused(WorseThanChampionException e) {
        FieldProblem[] slices = e.comparison().worse().stream()
                .map(slice -> new FieldProblem(
                        "/version",
                        "WORSE",
                        String.format(
                                Locale.ROOT,
                                "%s (%d users): ndcg@10 %+.4f [%+.4f, %+.4f]",
                                slice.slice(),
                                slice.users(),
                                slice.difference(),
                                slice.low(),
                                slice.high())))
                .toArray(FieldProblem[]::new);
        return new ProblemException(
                        HttpStatus.CONFLICT,
                        "WORSE_THAN_CHAMPION",
                        e.getMessage() + "; promote it with force and a reason if it is to be champion all the same")
                .with(slices);
    }

    @PostMapping("/aliases/{alias}:rollback")
    AliasResource rollBack(@PathVariable String alias) {
        return registry.rollBack(alias(alias))
                .map(version -> new AliasResource(version, null))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.CONFLICT,
                        "NOTHING_BEFORE",
                        "the alias %s has no earlier version that is still there".formatted(alias)));
    }

    private static Alias alias(String label) {
        try {
            return Alias.of(label);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_ALIAS", String.valueOf(e.getMessage()));
        }
    }
}
