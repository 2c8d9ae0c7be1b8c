package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.JudgmentStore.KeyedSet;
import dev.discern.common.db.JudgmentStore.Part;
import dev.discern.common.db.JudgmentStore.Place;
import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.Budget;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.llm.BatchApiException;
import dev.discern.scoring.llm.Llm;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks an LLM the prompts of a run that have no answer yet, so many at a time, each on a virtual thread of its own. Every answer is
 * committed as it comes; a run that was killed asks again only what was in flight.
 */
@Component
public final class ChatJudge {

    private static final Logger LOG = LoggerFactory.getLogger(ChatJudge.class);
    private static final int PROMPTS_PER_READ = 500;
    private static final int TICK_MILLIS = 250;

    /** Summing up a run's calls takes the longer the more there are: it may take one part in so many of the time. */
    private static final int PROGRESS_SHARE = 50;

    private final Llm llm;
    private final CallLedger ledger;
    private final BatchLedger batches;
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final Clock clock;

    ChatJudge(
            Llm llm,
            CallLedger ledger,
            BatchLedger batches,
            JudgmentStore judgments,
            DataSource dataSource,
            Clock clock) {
        this.llm = llm;
        this.ledger = ledger;
        this.batches = batches;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** How a run ended. */
    public enum Ending {
        /** Every prompt has its scores or the reason that it has none. */
        DONE,
        /** The next call might have passed the cap. */
        BUDGET_REACHED,
        STOPPED,
        /** Stopped, while batches go on at the provider. */
        LEFT_AT_PROVIDER,
        /** Its batches were cancelled. */
        CANCELLED
    }

    /**
     * Asks, in the order that the run has.
     *
     * @throws LlmUnavailableException when there is no use in asking on
     */
    public Ending ask(ChatTask task, Part part, Watcher watcher) throws SQLException, InterruptedException {
        llm.provider(); // complains when there is none
        int left = ledger.abandon(task.runId());
        if (left > 0) {
            LOG.warn("run {}: {} calls were in flight when the process ended; they are made again", task.runId(), left);
        }
        judgments.forgetTransientFailures(task.runId());
        Set<Long> awaited = ConcurrentHashMap.newKeySet();
        Ending ending = pass(task, part, watcher, awaited);
        while (ending == Ending.DONE && !awaited.isEmpty()) {
            if (!awaitBatches(task, watcher, Set.copyOf(awaited))) {
                return Ending.STOPPED;
            }
            awaited.clear();
            ending = pass(task, part, watcher, awaited);
        }
        return ending;
    }

    /** Waits a while for other runs' batches and takes the answers of those that are over; false when the run is to stop. */
    private boolean awaitBatches(ChatTask task, Watcher watcher, Set<Long> awaited) throws InterruptedException {
        LOG.info("run {}: questions of it lie in {} open batches of other runs", task.runId(), awaited.size());
        BatchReader reader = new BatchReader(
                task,
                task.price().times(llm.batch().priceFactor()),
                llm.batches(),
                new BatchQuestions(task, judgments, ledger, llm.properties()),
                batches,
                ledger,
                judgments,
                dataSource,
                llm.retry().attempts(),
                clock);
        try {
            for (long id : awaited) {
                batches.find(id).filter(batch -> batch.providerBatch() != null).ifPresent(reader::read);
            }
        } catch (BatchApiException e) {
            if (!e.isTransient()) {
                throw LlmUnavailableException.of(e);
            }
            LOG.warn("run {}: {}", task.runId(), e.getMessage());
        }
        long until = System.nanoTime() + llm.batch().pollInterval().toNanos();
        while (System.nanoTime() < until && !watcher.stopAsked()) {
            Thread.sleep(Math.min(TICK_MILLIS, llm.batch().pollInterval().toMillis()));
        }
        return !watcher.stopAsked();
    }

    /** Asks every open prompt once. */
    private Ending pass(ChatTask task, Part part, Watcher watcher, Set<Long> awaited)
            throws SQLException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Budget budget = new Budget(task.budgetUsd(), task.budgetTokens(), ledger.spent(task.runId()));
        try (Claims claims = Claims.open(dataSource)) {
            Caller caller = new Caller(task, llm, budget, ledger, judgments, dataSource, over);
            Asking asking = new Asking(
                    task,
                    caller,
                    claims,
                    ledger,
                    batches,
                    judgments,
                    dataSource,
                    over,
                    awaited,
                    ledger.totals(task.runId()).calls() > 0,
                    llm.retry().giveUpAfter());
            return new Crew(task.runId(), part, asking, budget, over, watcher).work();
        }
    }

    /** The threads of one run. */
    private final class Crew {

        private final long runId;
        private final Part part;
        private final Asking asking;
        private final Budget budget;
        private final CountDownLatch over;
        private final Watcher watcher;
        private final Semaphore slots = new Semaphore(llm.concurrency());
        private final AtomicLong answered = new AtomicLong();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private boolean stopped;
        private long lastTick = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        private long nextProgress = lastTick;

        Crew(long runId, Part part, Asking asking, Budget budget, CountDownLatch over, Watcher watcher) {
            this.runId = runId;
            this.part = part;
            this.asking = asking;
            this.budget = budget;
            this.over = over;
            this.watcher = watcher;
        }

        Ending work() throws SQLException, InterruptedException {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                try {
                    submitAll(threads);
                    await(llm.concurrency());
                } finally {
                    over.countDown();
                }
            }
            Throwable thrown = failure.get();
            switch (thrown) {
                case null -> {}
                case RuntimeException e -> throw e;
                case SQLException e -> throw e;
                default -> throw new IllegalStateException(thrown);
            }
            tell();
            return stopped ? Ending.STOPPED : budget.isReached() ? Ending.BUDGET_REACHED : Ending.DONE;
        }

        private void tell() {
            CallLedger.Totals totals = ledger.totals(runId);
            watcher.progress(
                    answered.get(), "%,d calls, $%.4f so far".formatted(totals.calls(), totals.usd()), totals.usd());
        }

        private void submitAll(ExecutorService threads) throws InterruptedException {
            for (List<KeyedSet> open = judgments.unanswered(runId, part, Place.START, PROMPTS_PER_READ);
                    !open.isEmpty();
                    open = judgments.unanswered(runId, part, open.getLast().place(), PROMPTS_PER_READ)) {
                for (KeyedSet prompt : open) {
                    await(1);
                    if (over.getCount() == 0 || budget.isReached()) {
                        slots.release();
                        return;
                    }
                    threads.execute(() -> answer(prompt));
                }
            }
        }

        private void answer(KeyedSet prompt) {
            try {
                if (asking.answer(prompt)) {
                    answered.incrementAndGet();
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                over.countDown();
            } finally {
                slots.release();
            }
        }

        private void await(int permits) throws InterruptedException {
            do {
                tick();
            } while (!slots.tryAcquire(permits, TICK_MILLIS, TimeUnit.MILLISECONDS));
        }

        private void tick() {
            if (System.nanoTime() - lastTick < TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                return;
            }
            lastTick = System.nanoTime();
            if (lastTick - nextProgress >= 0) {
                tell();
                nextProgress = lastTick + PROGRESS_SHARE * (System.nanoTime() - lastTick);
            }
            if (watcher.stopAsked()) {
                stopped = true;
                over.countDown();
            }
        }
    }
}
