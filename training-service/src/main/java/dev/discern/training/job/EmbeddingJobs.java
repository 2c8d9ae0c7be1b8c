package dev.discern.training.job;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.db.DataVersion;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.web.problem.ProblemException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts the jobs that add new items to published models. The same version, data and text vectors are the same work, so that a job may be
 * asked for as often as one likes.
 */
@Component
public class EmbeddingJobs {

    static final String VERSION = "version";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingJobs.class);
    private static final String POINTER = "/version";

    private final Jobs jobs;
    private final Job embedding;
    private final NamedVersions versions;
    private final DataSource dataSource;
    private final JdbcClient jdbc;

    EmbeddingJobs(
            Jobs jobs,
            @Qualifier("embeddingJob") Job embedding,
            NamedVersions versions,
            DataSource dataSource,
            JdbcClient jdbc) {
        this.jobs = jobs;
        this.embedding = embedding;
        this.versions = versions;
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    /**
     * Adds the items that a version does not know to it, by their texts.
     *
     * @param asked a version or {@code champion}; null for the champion
     * @throws ProblemException 404 when there is no such version, 409 when it cannot see texts
     */
    public JobResource embed(@Nullable String asked) {
        ModelVersion version = versions.resolve(asked == null ? NamedVersions.CHAMPION : asked, POINTER);
        if (!version.backbone().equals(BackboneKind.HISTORY.label())) {
            throw NamedVersions.problem(
                    HttpStatus.CONFLICT,
                    POINTER,
                    "NO_TEXTS",
                    "%s is a model of %s, which knows items by their interactions alone: new items need a training"
                            .formatted(version.version(), version.backbone()));
        }
        ModelManifest manifest = versions.manifest(version.version(), POINTER);
        if (!Learned.isIn(manifest)) {
            throw NamedVersions.withoutState(version.version(), POINTER);
        }
        return jobs.start(
                embedding,
                new JobParametersBuilder()
                        .addString(VERSION, version.version())
                        .addString("dataVersion", DataVersion.read(dataSource).name())
                        .addLong("textVectors", textVectors())
                        .toJobParameters());
    }

    private long textVectors() {
        return jdbc.sql("select count(*) from item_vector").query(Long.class).single();
    }

    /** Adds new items to the champion, by a timetable that is empty unless it is configured. */
    @Scheduled(cron = "${discern.embedding.cron:-}", zone = "UTC")
    void embedNewItems() {
        try {
            LOG.info("new items of the champion: job {}", embed(null).id());
        } catch (ProblemException e) {
            LOG.warn("new items were not added to the champion: {}", e.getMessage());
        }
    }
}
