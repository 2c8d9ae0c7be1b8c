package dev.discern.scoring.chat;

import dev.discern.common.db.DatabaseException;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.BatchLedger.Line;
import dev.discern.scoring.budget.BatchLedger.Open;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.CallLedger.Purpose;
import dev.discern.scoring.budget.Price;
import dev.discern.scoring.llm.BatchApi;
import dev.discern.scoring.llm.BatchApiException;
import dev.discern.scoring.llm.BatchLine;
import dev.discern.scoring.llm.ChatReply;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at batches at the provider and settles the lines of those that are over. Only lines in flight are settled, with their
 * judgments and in one transaction: a batch may be read again after a kill, and by several runs that wait for its answers.
 */
final class BatchReader {

    private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);
    private static final int LINES_PER_COMMIT = 200;

    private final ChatTask task;
    private final Price price;
    private final BatchApi api;
    private final BatchQuestions questions;
    private final BatchLedger batches;
    private final CallLedger ledger;
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final int attempts;
    private final Clock clock;

    /**
     * For one run.
     *
     * @param attempts calls for one question that the provider may fail on
     */
    BatchReader(
            ChatTask task,
            Price price,
            BatchApi api,
            BatchQuestions questions,
            BatchLedger batches,
            CallLedger ledger,
            JudgmentStore judgments,
            DataSource dataSource,
            int attempts,
            Clock clock) {
        this.task = task;
        this.price = price;
        this.api = api;
        this.questions = questions;
        this.batches = batches;
        this.ledger = ledger;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Looks at a submitted batch once.
     *
     * @return the batch as it ended; null while the provider is at work on it
     * @throws LlmUnavailableException when a line says that no call will succeed
     */
    BatchApi.@Nullable Batch read(Open open) {
        BatchApi.Batch batch = api.poll(Objects.requireNonNull(open.providerBatch()));
        batches.polled(open.id(), batch.status().name().toLowerCase(Locale.ROOT), batch.answered());
        if (!batch.status().isOver()) {
            return null;
        }
        Reading reading = new Reading(open);
        for (String file : batch.files()) {
            reading.read(file);
        }
        reading.settleRest(batch);
        if (batches.end(open.id(), batch.error(), clock.instant())) {
            LOG.info("run {}: batch {} is {}", open.runId(), open.id(), batch.status());
        }
        if (reading.refusal != null) {
            throw new LlmUnavailableException(
                    "the LLM provider refuses: %s. Check DISCERN_LLM_BASE_URL, DISCERN_LLM_MODEL and DISCERN_LLM_API_KEY, then restart the job"
                            .formatted(reading.refusal));
        }
        return batch;
    }

    /** One reading of a batch's files. */
    private final class Reading {

        private final Open open;
        private final int latencyMillis;
        private final Set<ByteBuffer> seen = new HashSet<>();
        private final Map<ByteBuffer, Came> chunk = new LinkedHashMap<>();
        private long unknown;
        private boolean lost;
        private @Nullable String refusal;

        Reading(Open open) {
            this.open = open;
            Instant since = open.submittedAt() == null ? clock.instant() : open.submittedAt();
            this.latencyMillis =
                    Math.clamp(Duration.between(since, clock.instant()).toMillis(), 0, Integer.MAX_VALUE);
        }

        void read(String file) {
            try {
                api.fetch(file, this::add);
            } catch (BatchApiException e) {
                if (!e.isUnknown()) {
                    throw e;
                }
                LOG.warn("run {}: batch {}: the provider has no file {} any more", open.runId(), open.id(), file);
                lost = true;
            }
            settleChunk();
            if (unknown > 0) {
                LOG.warn(
                        "run {}: batch {}: {} lines of {} answer nothing that was asked",
                        open.runId(),
                        open.id(),
                        unknown,
                        file);
                unknown = 0;
            }
        }

        private void add(String text) {
            BatchLine line = BatchLine.read(text).orElse(null);
            CustomId id = line == null ? null : CustomId.parse(line.id()).orElse(null);
            if (line == null || id == null) {
                unknown++;
            } else if (line.reply() != null && seen.add(ByteBuffer.wrap(id.key()))) {
                chunk.put(ByteBuffer.wrap(id.key()), new Came(id, line.reply()));
                if (chunk.size() == LINES_PER_COMMIT) {
                    settleChunk();
                }
            }
        }

        private void settleChunk() {
            if (!chunk.isEmpty()) {
                settle(chunk);
                chunk.clear();
            }
        }

        /** Settles what the files said nothing of. */
        void settleRest(BatchApi.Batch batch) {
            String ending = batch.status().name().toLowerCase(Locale.ROOT);
            ChatReply.Failure failure = new ChatReply.Failure(
                    FailureReason.PROVIDER_ERROR,
                    null,
                    lost
                            ? "the provider has lost the batch's answers"
                            : "the batch is %s without a word on this line".formatted(ending),
                    null,
                    ChatReply.Next.RETRY,
                    lost ? ChatReply.Charge.UNKNOWN : ChatReply.Charge.NOTHING);
            long after = 0;
            for (List<Line> lines = batches.inFlight(open.id(), after, LINES_PER_COMMIT);
                    !lines.isEmpty();
                    lines = batches.inFlight(open.id(), after, LINES_PER_COMMIT)) {
                Map<ByteBuffer, Came> rest = new LinkedHashMap<>();
                for (Line line : lines) {
                    after = line.id();
                    if (!seen.contains(ByteBuffer.wrap(line.key()))) {
                        rest.put(
                                ByteBuffer.wrap(line.key()),
                                new Came(new CustomId(line.key(), line.purpose()), failure));
                    }
                }
                // One that expired or was cancelled did not get to its last lines: no fault of theirs.
                settle(rest, batch.status() == BatchApi.Status.COMPLETED && !lost);
            }
        }

        private void settle(Map<ByteBuffer, Came> came) {
            settle(came, true);
        }

        private void settle(Map<ByteBuffer, Came> came, boolean counts) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                List<byte[]> keys =
                        came.values().stream().map(line -> line.id().key()).toList();
                List<Line> lines = batches.lock(connection, open.id(), keys);
                unknown += came.size() - lines.size();
                Map<ByteBuffer, BatchQuestions.Asked> asked = questions.of(lines);
                List<JudgmentStore.Answer> answers = new ArrayList<>();
                for (Line line : lines) {
                    Came answer = Objects.requireNonNull(came.get(ByteBuffer.wrap(line.key())));
                    if (!line.inFlight() || line.purpose() != answer.id().purpose()) {
                        continue;
                    }
                    BatchQuestions.Asked known = asked.get(ByteBuffer.wrap(line.key()));
                    if (known != null) {
                        Outcome outcome = counts
                                ? outcome(line, known, answer.reply())
                                : new Outcome(null, ((ChatReply.Failure) answer.reply()).detail(), List.of());
                        ledger.settle(connection, line.id(), entry(answer.reply(), outcome));
                        answers.addAll(outcome.answers());
                    } else if (open.runId() == task.runId()) {
                        String detail = "the text of an item has changed since this was asked";
                        ledger.settle(
                                connection, line.id(), entry(answer.reply(), new Outcome(null, detail, List.of())));
                    } // else it is another run's to settle
                }
                judgments.write(connection, answers);
                connection.commit();
            } catch (SQLException e) {
                throw new DatabaseException("settling lines of batch " + open.id(), e);
            }
        }

        private CallLedger.Settled entry(ChatReply reply, Outcome outcome) {
            return Entries.call(reply, price, outcome.failure(), outcome.detail(), latencyMillis);
        }

        private Outcome outcome(Line line, BatchQuestions.Asked asked, ChatReply reply) {
            return switch (reply) {
                case ChatReply.Answer answer -> answered(line.purpose(), asked, answer);
                case ChatReply.Failure failure -> failed(asked, failure);
            };
        }

        private Outcome answered(Purpose purpose, BatchQuestions.Asked asked, ChatReply.Answer answer) {
            return switch (Ruling.on(answer, task.renderer().form(), questions.codes(asked.question()), purpose)) {
                case Ruling.Mend mend -> new Outcome(mend.reason(), mend.problem(), List.of());
                case Ruling.Hopeless hopeless -> {
                    refusal = hopeless.problem();
                    yield new Outcome(hopeless.reason(), hopeless.problem(), List.of());
                }
                case Ruling.Final ruling -> {
                    Cost cost = questions.before(asked.question(), purpose).plus(Cost.of(answer, price));
                    yield Outcome.of(
                            ruling.judgment(),
                            Entries.kept(task, asked.question(), ruling.judgment(), latencyMillis, cost));
                }
            };
        }

        private Outcome failed(BatchQuestions.Asked asked, ChatReply.Failure failure) {
            if (failure.next() == ChatReply.Next.GIVE_UP_RUN) {
                refusal = failure.detail();
                return new Outcome(failure.reason(), failure.detail(), List.of());
            }
            if (failure.next() == ChatReply.Next.RETRY
                    && batches.failures(task.runId(), asked.question().key()) + 1 < attempts) {
                return new Outcome(failure.reason(), failure.detail(), List.of());
            }
            Judgment.Failed judgment = new Judgment.Failed(failure.reason(), failure.detail());
            List<JudgmentStore.Answer> kept =
                    Entries.kept(task, asked.question(), judgment, latencyMillis, Cost.NOTHING);
            return Outcome.of(
                    judgment,
                    kept.isEmpty()
                            ? List.of(Entries.judgment(
                                    asked.prompt().key(), asked.prompt().set(), judgment, 0, Cost.NOTHING))
                            : kept);
        }
    }

    /** A line that came, with what it says. */
    private record Came(CustomId id, ChatReply reply) {}

    /**
     * What is written down of a line.
     *
     * @param failure why its answer is of no use; null when it is of use, or when nobody is to blame
     */
    private record Outcome(
            @Nullable FailureReason failure, @Nullable String detail, List<JudgmentStore.Answer> answers) {

        static Outcome of(Judgment judgment, List<JudgmentStore.Answer> answers) {
            return judgment instanceof Judgment.Failed failed
                    ? new Outcome(failed.reason(), failed.detail(), answers)
                    : new Outcome(null, null, answers);
        }
    }
}
