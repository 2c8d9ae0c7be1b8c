package dev.discern.scoring.chat;

import dev.discern.common.db.DatabaseException;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.JudgmentStore.KeyedSet;
import dev.discern.common.db.JudgmentStore.Part;
import dev.discern.common.db.JudgmentStore.Place;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.Amount;
import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.Budget;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.llm.LlmProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a run's open prompts: writes the joint answers of those whose orders are all answered, and puts the questions that
 * nobody has answered or is asking into a batch, as many as it holds and the budget bears. Lines are committed as they are claimed.
 */
final class BatchFiller {

    private static final int PROMPTS_PER_READ = 500;

    /** So many advisory locks at a time: the server's table of them is small. */
    private static final int CLAIMS_AT_ONCE = 200;

    private final BatchTask task;
    private final Part part;
    private final BatchQuestions questions;
    private final BatchLedger batches;
    private final CallLedger ledger;
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final LlmProperties llm;
    private final Supplier<BatchSize> sizes;
    private final Clock clock;

    BatchFiller(
            BatchTask task,
            Part part,
            BatchQuestions questions,
            BatchLedger batches,
            CallLedger ledger,
            JudgmentStore judgments,
            DataSource dataSource,
            LlmProperties llm,
            Supplier<BatchSize> sizes,
            Clock clock) {
        this.task = task;
        this.part = part;
        this.questions = questions;
        this.batches = batches;
        this.ledger = ledger;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.llm = llm;
        this.sizes = sizes;
        this.clock = clock;
    }

    /**
     * What came of a pass through the open prompts.
     *
     * @param batch the new batch; null when there was nothing to put into it
     * @param full whether there was more to put into it
     * @param budgetShort whether the budget did not bear the next line
     * @param elsewhere open batches of other runs that questions of this one lie in
     * @param askedElsewhere whether other runs are asking questions of this one by chat
     */
    record Filled(
            BatchLedger.@Nullable Open batch,
            boolean full,
            boolean budgetShort,
            Set<Long> elsewhere,
            boolean askedElsewhere) {

        /** Whether nothing is left that this run could wait for or ask. */
        boolean isNothing() {
            return batch == null && elsewhere.isEmpty() && !askedElsewhere;
        }
    }

    Filled fill() throws SQLException, InterruptedException {
        try (Claims claims = Claims.open(dataSource)) {
            Pass pass = new Pass(claims);
            long run = task.chat().runId();
            for (List<KeyedSet> open = judgments.unanswered(run, part, Place.START, PROMPTS_PER_READ);
                    !open.isEmpty() && !pass.isOver();
                    open = judgments.unanswered(run, part, open.getLast().place(), PROMPTS_PER_READ)) {
                pass.add(open);
            }
            return pass.filled();
        }
    }

    private final class Pass {

        private final Claims claims;
        private final Budget budget;
        private final BatchSize size = sizes.get();
        private final Set<Long> elsewhere = new HashSet<>();
        private BatchLedger.@Nullable Open batch;
        private boolean full;
        private boolean budgetShort;
        private boolean askedElsewhere;

        Pass(Claims claims) {
            this.claims = claims;
            ChatTask chat = task.chat();
            this.budget = new Budget(chat.budgetUsd(), chat.budgetTokens(), ledger.spent(chat.runId()));
        }

        boolean isOver() {
            return full || budgetShort;
        }

        Filled filled() {
            return new Filled(
                    batch == null ? null : batches.find(batch.id()).orElseThrow(),
                    full,
                    budgetShort,
                    elsewhere,
                    askedElsewhere);
        }

        void add(List<KeyedSet> prompts) throws SQLException, InterruptedException {
            List<ChatTask.Question> missing = notHeld(missing(prompts));
            for (int from = 0; from < missing.size() && !isOver(); from += CLAIMS_AT_ONCE) {
                claimed(missing.subList(from, Math.min(missing.size(), from + CLAIMS_AT_ONCE)));
            }
        }

        private List<ChatTask.Question> missing(List<KeyedSet> prompts) throws SQLException, InterruptedException {
            List<ChatTask.Question> missing = new ArrayList<>();
            List<JudgmentStore.Answer> joint = new ArrayList<>();
            List<KeyedSet> current =
                    prompts.stream().filter(task.chat()::isCurrent).toList();
            List<List<ChatTask.Question>> asked = current.stream()
                    .map(prompt -> task.chat().questions(prompt.set()))
                    .toList();
            Map<ByteBuffer, Judgment> known = judgments.find(asked.stream()
                    .flatMap(List::stream)
                    .map(ChatTask.Question::key)
                    .toList());
            for (int k = 0; k < current.size(); k++) {
                KeyedSet prompt = current.get(k);
                Judgment judgment = task.chat().renderer().canRender(prompt.set())
                        ? Joint.of(asked.get(k), question -> known.get(ByteBuffer.wrap(question.key())))
                        : new Judgment.Failed(FailureReason.MISSING_TEXT, "a candidate has no text");
                if (judgment == null) {
                    asked.get(k).stream()
                            .filter(question -> !known.containsKey(ByteBuffer.wrap(question.key())))
                            .forEach(missing::add);
                } else {
                    joint.add(Entries.judgment(prompt.key(), prompt.set(), judgment, 0, Cost.NOTHING));
                }
            }
            write(joint);
            return missing;
        }

        /** Those that lie in no open batch: most of the others do, in one of this run, and need no claim to know it. */
        private List<ChatTask.Question> notHeld(List<ChatTask.Question> missing) {
            Map<ByteBuffer, BatchLedger.Open> holders =
                    batches.holders(missing.stream().map(ChatTask.Question::key).toList());
            holders.values().forEach(this::addElsewhere);
            return missing.stream()
                    .filter(question -> !holders.containsKey(ByteBuffer.wrap(question.key())))
                    .toList();
        }

        private void write(List<JudgmentStore.Answer> answers) throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                judgments.write(connection, answers);
                connection.commit();
            }
        }

        /** Claims questions, looks again whether they are answered or asked, and writes the rest down as lines. */
        private void claimed(List<ChatTask.Question> wanted) throws SQLException {
            List<ChatTask.Question> claimed = new ArrayList<>();
            try {
                for (ChatTask.Question question : wanted) {
                    if (claims.tryClaim(question.key())) {
                        claimed.add(question);
                    } else {
                        askedElsewhere = true;
                    }
                }
                List<byte[]> keys = claimed.stream().map(ChatTask.Question::key).toList();
                Map<ByteBuffer, Judgment> known = judgments.find(keys);
                Map<ByteBuffer, BatchLedger.Open> holders = batches.holders(keys);
                List<CallLedger.Planned> calls = new ArrayList<>();
                for (ChatTask.Question question : claimed) {
                    ByteBuffer key = ByteBuffer.wrap(question.key());
                    BatchLedger.Open holder = holders.get(key);
                    if (holder != null) {
                        addElsewhere(holder);
                    } else if (known.containsKey(key)) {
                        askedElsewhere = true; // and answered: the next pass sees it
                    } else if (!isOver()) {
                        plan(question, calls);
                    }
                }
                commit(calls);
            } finally {
                claimed.forEach(question -> claims.release(question.key()));
            }
        }

        private void addElsewhere(BatchLedger.Open holder) {
            if (holder.runId() != task.chat().runId()) {
                elsewhere.add(holder.id());
            }
        }

        private void plan(ChatTask.Question question, List<CallLedger.Planned> calls) {
            BatchQuestions.Sent sent = questions.sent(question);
            int prompt = sent.prompt().worstCaseTokens();
            int completion = sent.prompt().form().maxTokens(llm.maxCompletionTokens());
            CallLedger.Planned call = new CallLedger.Planned(
                    task.chat().runId(),
                    question.order().shown().userId(),
                    question.key(),
                    sent.purpose(),
                    prompt,
                    completion,
                    task.price().cost(prompt, completion));
            if (!size.add(sent.line().getBytes(StandardCharsets.UTF_8).length)) {
                full = true;
            } else if (!budget.tryReserve(new Amount((long) prompt + completion, call.worstUsd()))) {
                budgetShort = true;
            } else {
                calls.add(call);
            }
        }

        private void commit(List<CallLedger.Planned> calls) {
            if (calls.isEmpty()) {
                return;
            }
            if (batch == null) {
                long run = task.chat().runId();
                Instant now = clock.instant();
                batch = batches.create(run, now, batches.deadline(run).orElse(now.plus(task.deadline())));
            }
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                batches.add(connection, batch.id(), calls);
                connection.commit();
            } catch (SQLException e) {
                throw new DatabaseException("writing down the lines of batch " + batch.id(), e);
            }
        }
    }
}
