package dev.discern.serving.model;

import dev.discern.common.artifact.Alias;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready only with a whole model. A newer one that cannot be loaded is told here too, while the old one goes on answering. */
@Component("model")
final class ModelHealthIndicator implements HealthIndicator {

    private final ActiveModels models;

    ModelHealthIndicator(ActiveModels models) {
        this.models = models;
    }

    @Override
    public Health health() {
        Health.Builder health = models.champion()
                .map(ModelHealthIndicator::up)
                .orElseGet(() -> Health.outOfService().withDetail("reason", "no model has been loaded yet"));
        models.all().forEach((alias, model) -> health.withDetail(alias.label(), model.version()));
        models.failures().forEach((alias, failure) -> health.withDetail(failureName(alias), failure.message()));
        return health.build();
    }

    private static String failureName(Alias alias) {
        return alias == Alias.CHAMPION
                ? "cannotLoad"
                : "cannotLoad" + alias.name().charAt(0) + alias.label().substring(1);
    }

    private static Health.Builder up(ServingModel model) {
        Health.Builder health = Health.up()
                .withDetail("users", model.users())
                .withDetail("items", model.items())
                .withDetail("index", model.index().name());
        model.recall().ifPresent(recall -> health.withDetail("recallAt" + ServingModel.RECALL_AT, recall));
        return health;
    }
}
