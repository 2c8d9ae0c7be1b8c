package dev.discern.scoring.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.db.ItemStore;
import dev.discern.scoring.llm.EncoderModel;
import java.util.Objects;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.stereotype.Component;

/** What the encoding job does: the first step of scoring, without the rest. */
@Component
class EncodingSteps {

    static final String ENCODER = "encoder";

    private final ItemStore items;
    private final Encoding encoding;
    private final JobProgress progress;

    EncodingSteps(ItemStore items, Encoding encoding, JobProgress progress) {
        this.items = items;
        this.encoding = encoding;
        this.progress = progress;
    }

    /**
     * What an encoding job tells when it is done.
     *
     * @param texts how many items have a text
     * @param encoded how many texts this execution has encoded; those of equal text count once
     */
    record Result(String encoder, int texts, int encoded) {}

    /** Encodes the texts that have no vector yet; what a stopped or killed execution has encoded stays. */
    void encodeTexts(JobExecution job) throws JobInterruptedException {
        EncoderModel model =
                EncoderModel.of(Objects.requireNonNull(job.getJobParameters().getString(ENCODER)));
        ItemTexts texts = new ItemTexts(items);
        int encoded = encoding.encodeMissing(model, texts, (done, total) -> {
            progress.report(job.getId(), new Progress("encode", done, total, "texts", ""));
            if (progress.stopAsked(job.getId())) {
                throw new JobInterruptedException("stopped after %d of %d texts".formatted(done, total));
            }
        });
        JobResult.put(job, new Result(model.label(), texts.present().size(), encoded));
    }
}
