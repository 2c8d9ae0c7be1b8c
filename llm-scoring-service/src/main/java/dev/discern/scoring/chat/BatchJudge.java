package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.llm.BatchApi;
import dev.discern.scoring.llm.BatchApiException;
import dev.discern.scoring.llm.BatchProperties;
import dev.discern.scoring.llm.Llm;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks an LLM the prompts of a run that have no answer yet by batches, for a share of the price and within hours, and by chat what
 * the batches have not answered at the deadline. The questions are the chat judge's, and so are their answers. A run that was killed
 * goes on with the batches that it had.
 */
@Component
public final class BatchJudge {

    private final Llm llm;
    private final ChatJudge chat;
    private final BatchLedger batches;
    private final CallLedger ledger;
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final Clock clock;

    BatchJudge(
            Llm llm,
            ChatJudge chat,
            BatchLedger batches,
            CallLedger ledger,
            JudgmentStore judgments,
            DataSource dataSource,
            Clock clock) {
        this.llm = llm;
        this.chat = chat;
        this.batches = batches;
        this.ledger = ledger;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Asks.
     *
     * @throws LlmUnavailableException when there is no use in asking on
     */
    public ChatJudge.Ending ask(BatchTask task, JudgmentStore.Part part, Watcher watcher)
            throws SQLException, InterruptedException {
        long runId = task.chat().runId();
        ledger.abandon(runId); // calls by chat after the deadline
        judgments.forgetTransientFailures(runId);
        BatchApi api = llm.batches();
        BatchProperties properties = llm.batch();
        BatchQuestions questions = new BatchQuestions(task.chat(), judgments, ledger, llm.properties());
        BatchReader reader = new BatchReader(
                task.chat(),
                task.price(),
                api,
                questions,
                batches,
                ledger,
                judgments,
                dataSource,
                llm.retry().attempts(),
                clock);
        BatchFiller filler = new BatchFiller(
                task,
                part,
                questions,
                batches,
                ledger,
                judgments,
                dataSource,
                llm.properties(),
                () -> new BatchSize(
                        properties.maxRequests(), properties.maxBytes().toBytes()),
                clock);
        Optional<ChatJudge.Ending> ending = new BatchRun(
                        runId,
                        api,
                        reader,
                        filler,
                        new BatchSender(api, batches, questions, dataSource, clock),
                        batches,
                        ledger,
                        () -> judgments.countUnanswered(runId, part),
                        properties,
                        llm.retry(),
                        clock,
                        watcher)
                .work();
        return ending.isPresent() ? ending.get() : chat.ask(task.chat(), part, watcher);
    }

    /**
     * Cancels a run's open batches at the provider. What they have answered is settled when they have ended, by the run or its
     * restart.
     *
     * @return how many
     * @throws BatchApiException when the provider fails; those that it was told of before are cancelled
     */
    public int cancel(long runId) {
        batches.askToStop(runId, clock.instant());
        int cancelled = 0;
        for (BatchLedger.Open batch : batches.open(runId)) {
            String id = batch.providerBatch() == null ? found(batch) : batch.providerBatch();
            if (id == null) {
                batches.drop(batch.id(), "the batch was never submitted");
                batches.end(batch.id(), "cancelled before it was submitted", clock.instant());
            } else {
                cancel(batch, id);
            }
            cancelled++;
        }
        return cancelled;
    }

    private @Nullable String found(BatchLedger.Open batch) {
        Optional<BatchApi.Batch> found = llm.batches().find(batch.token().toString());
        found.ifPresent(at -> batches.submitted(batch.id(), at.id(), clock.instant()));
        return found.map(BatchApi.Batch::id).orElse(null);
    }

    private void cancel(BatchLedger.Open batch, String id) {
        try {
            llm.batches().cancel(id);
        } catch (BatchApiException e) {
            if (e.isUnknown()) {
                batches.giveUp(batch.id(), "the provider does not know the batch");
                batches.end(batch.id(), "the provider does not know it", clock.instant());
            } else if (e.isTransient()) {
                throw e;
            } // else it has just ended
        }
        batches.cancelSent(batch.id(), clock.instant());
    }
}
