package dev.discern.scoring.job;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.db.DataVersion;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.web.problem.ProblemException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Starts the jobs that encode the texts of items without asking a judge. */
@Component
public class EncodingJobs {

    private static final Logger LOG = LoggerFactory.getLogger(EncodingJobs.class);

    private final Jobs jobs;
    private final Job encoding;
    private final ItemVectorStore vectors;
    private final DataSource dataSource;

    EncodingJobs(Jobs jobs, @Qualifier("encodingJob") Job encoding, ItemVectorStore vectors, DataSource dataSource) {
        this.jobs = jobs;
        this.encoding = encoding;
        this.vectors = vectors;
        this.dataSource = dataSource;
    }

    /**
     * Encodes the texts of all items that have no vector of an encoder yet.
     *
     * @param encoder its label; null for the one that has encoded most texts so far, which is the one that models see
     * @throws ProblemException 400 naming {@code /encoder}, 409 when there are no items
     */
    public JobResource encode(@Nullable String encoder) {
        DataVersion data = DataVersion.read(dataSource);
        if (data.items() == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NO_DATA", "there are no items to encode; import some first");
        }
        return jobs.start(
                encoding,
                new JobParametersBuilder()
                        .addString(EncodingSteps.ENCODER, model(encoder).label())
                        .addString("dataVersion", data.name())
                        .toJobParameters());
    }

    private EncoderModel model(@Nullable String asked) {
        if (asked == null) {
            return vectors.prevailingEncoder().map(EncoderModel::of).orElse(EncoderModel.E5_SMALL_V2);
        }
        try {
            return EncoderModel.of(asked);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/encoder", "INVALID", String.valueOf(e.getMessage()));
        }
    }

    /** Encodes new texts by a timetable that is empty unless it is configured. */
    @Scheduled(cron = "${discern.encoding.cron:-}", zone = "UTC")
    void encodeNewTexts() {
        try {
            LOG.info("texts of new items: job {}", encode(null).id());
        } catch (ProblemException e) {
            LOG.warn("the texts of new items were not encoded: {}", e.getMessage());
        }
    }
}
