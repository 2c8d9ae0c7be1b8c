package dev.discern.training.publish;

import dev.discern.common.artifact.Alias;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions stay: those that an alias points to, those that a rollback returns to, those that an alias pointed to within the
 * last {@code days}, and the newest {@code versions} of each backbone and regularizer.
 */
record RetentionRule(int versions, int days) {

    /**
     * What becomes of the versions that are there.
     *
     * @param kept version to the reason why it stays, newest first
     * @param retired versions that no reason holds, newest first
     */
    record Decision(Map<String, String> kept, List<String> retired) {}

    /**
     * Decides.
     *
     * @param newestFirst all versions; retired ones are passed over
     * @param log of each alias, newest change first
     * @param aliases where they point
     */
    Decision decide(
            List<ModelVersion> newestFirst,
            Map<Alias, List<AliasChange>> log,
            Map<Alias, String> aliases,
            Instant now) {
        Map<String, String> used = used(log, aliases, now);
        Map<String, Integer> ofKind = new HashMap<>();
        Map<String, String> kept = new LinkedHashMap<>();
        List<String> retired = new ArrayList<>();
        for (ModelVersion model : newestFirst) {
            if (model.retired()) {
                continue;
            }
            String kind = model.backbone() + " " + model.regularizer();
            int newer = ofKind.merge(kind, 1, Integer::sum) - 1;
            String use = used.get(model.version());
            if (use != null) {
                kept.put(model.version(), use);
            } else if (newer < versions) {
                kept.put(model.version(), "among the newest %d of %s".formatted(versions, kind));
            } else {
                retired.add(model.version());
            }
        }
        return new Decision(kept, retired);
    }

    /** Version to what it is or was used for; the strongest reason of each. */
    private Map<String, String> used(Map<Alias, List<AliasChange>> log, Map<Alias, String> aliases, Instant now) {
        Map<String, String> used = new HashMap<>();
        aliases.forEach((alias, version) -> used.putIfAbsent(version, alias.label()));
        log.forEach((alias, changes) -> changes.stream()
                .filter(change -> !change.rolledBack())
                .limit(2)
                .forEach(change -> used.putIfAbsent(change.version(), "a rollback of the " + alias.label())));
        Instant since = now.minus(Duration.ofDays(days));
        log.forEach((alias, changes) -> {
            Instant end = now;
            Instant endOfLasting = now;
            for (AliasChange change : changes) {
                // A rollback has no time of its own: what was rolled back counts until the next change of any kind.
                Instant until = change.rolledBack() ? end : endOfLasting;
                if (!until.isBefore(since)) {
                    used.putIfAbsent(change.version(), "%s within the last %d days".formatted(alias.label(), days));
                }
                end = change.changedAt();
                endOfLasting = change.rolledBack() ? endOfLasting : change.changedAt();
            }
        });
        return used;
    }
}
