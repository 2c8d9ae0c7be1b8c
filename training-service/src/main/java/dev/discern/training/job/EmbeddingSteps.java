package dev.discern.training.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.history.RareGain;
import dev.discern.training.publish.AliasMovedException;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelRegistry.Mover;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.publish.Publisher;
import dev.discern.training.publish.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the steps of the embedding job do. Each may run again after a kill and then does only what is missing. */
@Component
class EmbeddingSteps {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingSteps.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ItemStore items;
    private final ItemVectorStore itemVectors;
    private final Aliases aliases;
    private final Publisher publisher;
    private final ModelRegistry registry;
    private final Retention retention;
    private final JobProgress progress;
    private final Clock clock;

    EmbeddingSteps(
            ItemStore items,
            ItemVectorStore itemVectors,
            Aliases aliases,
            Publisher publisher,
            ModelRegistry registry,
            Retention retention,
            JobProgress progress,
            Clock clock) {
        this.items = items;
        this.itemVectors = itemVectors;
        this.aliases = aliases;
        this.publisher = publisher;
        this.registry = registry;
        this.retention = retention;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * What an embedding job tells when it is done.
     *
     * @param version what was published; null where there was no item to add
     * @param embeddedFrom the version that it was made from
     * @param newItems how many items were added
     * @param withoutVector how many more have a text that is not encoded yet
     * @param withoutText how many more have no text, and need a training
     * @param champion whether the new version is champion in place of the one that it was made from
     */
    record Result(
            @Nullable String version,
            String embeddedFrom,
            int newItems,
            int withoutVector,
            int withoutText,
            boolean champion) {}

    /** Publishes the version with more items, where there are more. */
    void embed(JobExecution job) {
        String from = parent(job);
        Path folder = aliases.modelFolder(registry.require(from).version());
        Artifact trained = ArtifactReader.read(folder);
        Learned learned = Learned.of(folder, trained)
                .orElseThrow(() -> new IllegalStateException(from + " has no training state"));
        Learned.Texts texts = learned.texts();
        if (texts == null) {
            throw new IllegalStateException(
                    "%s was trained when no item had a text vector, so it cannot see texts; train it again"
                            .formatted(from));
        }
        NewItems found = NewItems.read(trained.itemIds(), texts.encoder(), items, itemVectors);
        String version = "%s-%s-%d"
                .formatted(trained.manifest().backbone(), trained.manifest().regularizer(), job.getJobInstanceId());
        int added = alreadyAdded(version, from, trained.itemIds().size());
        if (added == 0 && !found.vectors().isEmpty()) {
            publish(version, trained, learned, found);
            added = found.vectors().size();
        }
        progress.report(job.getId(), new Progress("embed", added, added, "items", ""));
        JobResult.put(
                job,
                new Result(
                        added == 0 ? null : version, from, added, found.withoutVector(), found.withoutText(), false));
    }

    /** How many items an earlier attempt has added, just before it was killed; 0 where there was none. */
    private int alreadyAdded(String version, String from, int before) {
        if (!Files.isDirectory(aliases.modelFolder(version))) {
            return 0;
        }
        ModelManifest there = ArtifactReader.manifest(aliases.modelFolder(version));
        return from.equals(there.provenance().embeddedFrom()) ? there.items() - before : 0;
    }

    private void publish(String version, Artifact trained, Learned learned, NewItems found) {
        ModelManifest manifest = trained.manifest();
        Map<String, String> parameters = manifest.provenance().parameters();
        EmbeddedModel embedded = EmbeddedModel.of(
                trained,
                learned,
                found.vectors(),
                new RareGain(number(parameters, "rareGain"), number(parameters, "rareCount")),
                Kernels.best());
        String dataHash = Snapshot.hash(trained.userIds(), embedded.items(), embedded.seen());
        publisher.publish(
                new Publisher.Name(version, manifest.backbone(), manifest.regularizer()),
                new Publisher.Model(
                        embedded.model(),
                        embedded.history(),
                        embedded.judged(),
                        embedded.learned().toState()),
                new Publisher.Data(trained.userIds(), embedded.items(), embedded.seen(), embedded.trend()),
                manifest.provenance().withItemsAdded(manifest.version(), dataHash),
                manifest.metrics());
    }

    private static float number(Map<String, String> parameters, String name) {
        return Float.parseFloat(Objects.requireNonNull(parameters.get(name), name));
    }

    /** Registers the version, and makes it champion in place of the one that it was made from. */
    void register(JobExecution job) {
        Result result = JSON.treeToValue(Objects.requireNonNull(JobResult.get(job)), Result.class);
        String version = result.version();
        if (version == null) {
            return;
        }
        ModelVersion from = registry.find(result.embeddedFrom()).orElseThrow();
        Provenance provenance =
                ArtifactReader.manifest(aliases.modelFolder(version)).provenance();
        ObjectNode summary = (ObjectNode) JSON.readTree(from.summary());
        summary.put("version", version);
        summary.put("embeddedFrom", from.version()); // whose the figures are
        summary.put("newItems", result.newItems());
        registry.register(new ModelVersion(
                version,
                from.backbone(),
                from.regularizer(),
                from.seed(),
                provenance.dataHash(),
                from.scoringRun(),
                from.judgmentsHash(),
                from.parameters(),
                JSON.writeValueAsString(summary),
                clock.instant(),
                from.codeVersion(),
                from.host(),
                from.warmStart(),
                from.version(),
                null));
        JobResult.put(
                job,
                new Result(
                        version,
                        from.version(),
                        result.newItems(),
                        result.withoutVector(),
                        result.withoutText(),
                        champion(job, version, from.version())));
        try {
            retention.prune();
        } catch (RuntimeException e) { // the model is there: that others are still there too is no reason to fail
            LOG.warn("job {}: nothing could be retired: {}", job.getId(), e.toString());
        }
    }

    /**
     * Whether the version is champion now. It takes the place of the one that it was made from without a comparison: for all that both
     * know they score alike.
     */
    private boolean champion(JobExecution job, String version, String from) {
        String champion = registry.aliases().get(Alias.CHAMPION);
        if (!from.equals(champion)) {
            return version.equals(champion);
        }
        try {
            registry.point(Alias.CHAMPION, version, from, new Mover("embedding job " + job.getId()));
            return true;
        } catch (AliasMovedException e) {
            LOG.info("job {}: {} does not become champion: {}", job.getId(), version, e.getMessage());
            return false;
        }
    }

    private static String parent(JobExecution job) {
        return Objects.requireNonNull(job.getJobParameters().getString(EmbeddingJobs.VERSION));
    }
}
