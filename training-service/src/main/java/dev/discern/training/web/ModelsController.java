package dev.discern.training.web;

import dev.discern.common.artifact.Alias;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.publish.UnknownVersionException;
import dev.discern.web.problem.ProblemException;
import java.util.List;
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
import org.springframework.web.bind.annotation.RestController;

/** Published models and the aliases that serving follows. */
@RestController
@RequestMapping("/v1/admin")
final class ModelsController {

    private final ModelRegistry registry;

    ModelsController(ModelRegistry registry) {
        this.registry = registry;
    }

    /** Where an alias points. */
    record AliasTarget(@Nullable String version) {}

    @GetMapping("/models")
    List<ModelVersion> models() {
        return registry.all();
    }

    @GetMapping("/models/{version}")
    ModelVersion model(@PathVariable String version) {
        return registry.find(version)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "UNKNOWN_VERSION", "no model version is named " + version));
    }

    @GetMapping("/aliases")
    Map<String, String> aliases() {
        Map<String, String> byLabel = new TreeMap<>();
        registry.aliases().forEach((alias, version) -> byLabel.put(alias.label(), version));
        return byLabel;
    }

    @PutMapping("/aliases/{alias}")
    AliasTarget point(@PathVariable String alias, @RequestBody AliasTarget target) {
        Alias pointed = alias(alias);
        if (target.version() == null) {
            throw ProblemException.invalid("/version", "REQUIRED", "name the version that the alias is to point to");
        }
        try {
            registry.point(pointed, target.version());
        } catch (UnknownVersionException e) {
            throw ProblemException.invalid("/version", "UNKNOWN", String.valueOf(e.getMessage()));
        }
        return target;
    }

    @PostMapping("/aliases/{alias}:rollback")
    AliasTarget rollBack(@PathVariable String alias) {
        return registry.rollBack(alias(alias))
                .map(AliasTarget::new)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.CONFLICT, "NOTHING_BEFORE", "the alias %s has no earlier version".formatted(alias)));
    }

    private static Alias alias(String label) {
        try {
            return Alias.of(label);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_ALIAS", String.valueOf(e.getMessage()));
        }
    }
}
