package dev.discern.scoring.chat;

import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.BatchLedger.Open;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.chat.ChatJudge.Ending;
import dev.discern.scoring.llm.BatchApi;
import dev.discern.scoring.llm.BatchApiException;
import dev.discern.scoring.llm.BatchProperties;
import dev.discern.scoring.llm.RetryProperties;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rounds of one run: look at its open batches and settle what is over, fill and submit batches with what is still to be asked,
 * wait. It keeps nothing in memory that a restart would miss.
 */
final class BatchRun {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int MAX_DOUBLINGS = 10;

    private final long runId;
    private final BatchApi api;
    private final BatchReader reader;
    private final BatchFiller filler;
    private final BatchSender sender;
    private final BatchLedger batches;
    private final CallLedger ledger;
    private final LongSupplier unanswered;
    private final BatchProperties properties;
    private final RetryProperties retry;
    private final Clock clock;
    private final Watcher watcher;
    private final Instant started;
    private final long unansweredBefore;

    private boolean toFill = true;
    private boolean budgetShort;
    private Set<Long> elsewhere = Set.of();
    private int refusals;
    private Instant nextFill = Instant.MIN;
    private int failures;
    private @Nullable Duration retryAfter;

    BatchRun(
            long runId,
            BatchApi api,
            BatchReader reader,
            BatchFiller filler,
            BatchSender sender,
            BatchLedger batches,
            CallLedger ledger,
            LongSupplier unanswered,
            BatchProperties properties,
            RetryProperties retry,
            Clock clock,
            Watcher watcher) {
        this.runId = runId;
        this.api = api;
        this.reader = reader;
        this.filler = filler;
        this.sender = sender;
        this.batches = batches;
        this.ledger = ledger;
        this.unanswered = unanswered;
        this.properties = properties;
        this.retry = retry;
        this.clock = clock;
        this.watcher = watcher;
        this.started = clock.instant();
        this.unansweredBefore = unanswered.getAsLong();
    }

    /** Works until there is nothing left to ask by batch; empty when the rest is to be asked by chat. */
    Optional<Ending> work() throws SQLException, InterruptedException {
        while (true) {
            if (watcher.stopAsked()) {
                return Optional.of(batches.open(runId).isEmpty() ? Ending.STOPPED : Ending.LEFT_AT_PROVIDER);
            }
            lookAtAll();
            report();
            List<Open> open = batches.open(runId);
            if (batches.stopAskedSince(runId, started)) {
                if (open.isEmpty()) {
                    return Optional.of(Ending.CANCELLED);
                }
            } else if (isPastDeadline()) {
                if (open.isEmpty()) {
                    return Optional.empty();
                }
            } else if (mayFill(open)) {
                BatchFiller.Filled filled = fill();
                if (filled.batch() == null && open.isEmpty() && filled.isNothing()) {
                    return Optional.of(filled.budgetShort() ? Ending.BUDGET_REACHED : Ending.DONE);
                }
                if (filled.full() && failures == 0) {
                    continue; // there is more, and it need not wait
                }
            }
            pause();
        }
    }

    private boolean isPastDeadline() {
        return batches.deadline(runId)
                .filter(deadline -> !clock.instant().isBefore(deadline))
                .isPresent();
    }

    /** A provider that fails is sent nothing more; a budget that is short, or one that takes no more, waits for a batch to end. */
    private boolean mayFill(List<Open> open) {
        return toFill
                && failures == 0
                && (open.isEmpty() ? !clock.instant().isBefore(nextFill) : !budgetShort && refusals == 0);
    }

    private BatchFiller.Filled fill() throws SQLException, InterruptedException {
        BatchFiller.Filled filled = filler.fill();
        budgetShort = filled.budgetShort();
        elsewhere = filled.elsewhere();
        toFill = filled.full() || filled.budgetShort() || filled.askedElsewhere();
        Open batch = filled.batch();
        if (batch != null) {
            guarded(() -> {
                sender.submit(batch);
                return true;
            });
            report();
        }
        return filled;
    }

    private void lookAtAll() {
        int before = failures;
        for (Open batch : batches.open(runId)) {
            toFill |= guarded(() -> lookAt(batch));
            if (failures > before) {
                return; // one failure a round, however many batches there are
            }
        }
        for (long id : elsewhere) {
            toFill |= guarded(() -> lookElsewhere(id));
        }
    }

    /** Whether a batch has come to its end. */
    private boolean lookAt(Open batch) {
        if (batch.providerBatch() == null) {
            sender.resubmit(batch);
            return true;
        }
        BatchApi.Batch ended = reader.read(batch);
        if (ended == null) {
            return cancelIfDue(batch);
        }
        if (ended.status() == BatchApi.Status.FAILED) {
            refused(ended);
        } else {
            refusals = 0;
        }
        return true;
    }

    /** Another run's batch: this one takes the answers that it waits for, whether or not the other is still there to do so. */
    private boolean lookElsewhere(long id) {
        Open batch = batches.find(id).orElse(null);
        if (batch == null) {
            return true;
        }
        if (batch.providerBatch() == null) {
            LOG.info(
                    "run {} waits for batch {} of run {}, which is not submitted: if that run is not at work, restart it or cancel its batches",
                    runId,
                    id,
                    batch.runId());
            return false;
        }
        return reader.read(batch) != null;
    }

    private void refused(BatchApi.Batch batch) {
        refusals++;
        if (refusals >= retry.attempts()) {
            throw new LlmUnavailableException(
                    "the LLM provider refused %d batches in a row, the last with: %s. Restart the job when that is mended"
                            .formatted(refusals, batch.error()));
        }
        LOG.warn("run {}: the provider refused batch {}: {}", runId, batch.id(), batch.error());
        nextFill = clock.instant()
                .plus(properties.pollInterval().multipliedBy(1L << Math.min(refusals - 1, MAX_DOUBLINGS)));
    }

    /** Cancels a batch that is late or that somebody cancelled, and gives it up when that takes too long. */
    private boolean cancelIfDue(Open batch) {
        Instant now = clock.instant();
        Instant sent = batch.cancelSentAt();
        if (sent == null) {
            if (batch.stopAskedAt() != null || !now.isBefore(batch.deadline())) {
                cancel(batch);
            }
            return false;
        }
        if (now.isBefore(sent.plus(properties.cancelWithin()))) {
            return false;
        }
        LOG.warn("run {}: batch {} was cancelled and has not ended; it is given up", runId, batch.id());
        batches.giveUp(batch.id(), "the batch was cancelled and has not ended");
        return batches.end(batch.id(), "given up", now);
    }

    private void cancel(Open batch) {
        try {
            api.cancel(Objects.requireNonNull(batch.providerBatch()));
        } catch (BatchApiException e) {
            if (e.isTransient()) {
                throw e;
            }
            LOG.info(
                    "run {}: batch {} cannot be cancelled: {}", runId, batch.id(), e.getMessage()); // it has just ended
        }
        batches.cancelSent(batch.id(), clock.instant());
    }

    /** Does what the provider may fail on; false when it did. */
    private boolean guarded(BooleanSupplier step) {
        try {
            boolean moved = step.getAsBoolean();
            failures = 0;
            return moved;
        } catch (BatchApiException e) {
            failures++;
            if (!e.isTransient() || failures >= retry.giveUpAfter()) {
                throw LlmUnavailableException.of(e);
            }
            LOG.warn("run {}: {}", runId, e.getMessage());
            retryAfter = e.retryAfter();
            return false;
        }
    }

    private void report() {
        BatchLedger.Counts counts = batches.counts(runId);
        BigDecimal usd = ledger.totals(runId).usd();
        String detail = "%,d batches: %,d done, %,d in progress; %,d of %,d answered, $%.4f so far"
                .formatted(
                        counts.batches(),
                        counts.ended(),
                        counts.batches() - counts.ended(),
                        counts.answered(),
                        counts.lines(),
                        usd);
        watcher.progress(unansweredBefore - unanswered.getAsLong(), detail, usd);
    }

    private void pause() throws InterruptedException {
        Duration asked = retryAfter == null ? Duration.ZERO : retryAfter;
        retryAfter = null;
        Duration pause = asked.compareTo(properties.pollInterval()) > 0 ? asked : properties.pollInterval();
        long until = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !watcher.stopAsked(); left = until - System.nanoTime()) {
            Thread.sleep(Duration.ofNanos(Math.min(left, TICK.toNanos())));
        }
    }
}
