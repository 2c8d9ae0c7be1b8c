package dev.discern.scoring.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.AuditJudgmentStore;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.JudgmentStore.Part;
import dev.discern.common.db.JudgmentStore.Place;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.AuditJudgment;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.catalog.Uploads;
import dev.discern.scoring.chat.ChatJudge;
import dev.discern.scoring.chat.Watcher;
import dev.discern.scoring.judge.JudgmentKey;
import dev.discern.scoring.judge.PairDeriver;
import dev.discern.scoring.llm.EmbeddedJudge;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.llm.Judge;
import dev.discern.scoring.llm.RecordedJudge;
import dev.discern.scoring.llm.RecordedPrompts;
import dev.discern.scoring.policy.AskingPolicy;
import dev.discern.scoring.policy.GateBudget;
import dev.discern.scoring.policy.Pilot;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the steps of the scoring job do. Each may run again after a kill and then does only what is missing. */
@Component
class ScoringSteps {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PROMPTS_PER_COMMIT = 500;
    private static final int PAIRS_PER_COPY = 50_000;
    private static final String UNUSABLE = "unusable";
    private static final String RESUMED_FROM = "resumedFrom";
    private static final String ENDING = "ending";
    private static final String PILOT = "pilot";

    private final DataSource dataSource;
    private final SnapshotReader snapshots;
    private final ItemStore items;
    private final JudgmentStore judgments;
    private final PairJudgmentStore pairs;
    private final AuditJudgmentStore audits;
    private final ScoringRuns runs;
    private final Encoding encoding;
    private final CandidateGuides guides;
    private final Uploads uploads;
    private final ChatScoring chat;
    private final GateBudget gateBudget;
    private final JobProgress progress;

    ScoringSteps(
            DataSource dataSource,
            SnapshotReader snapshots,
            ItemStore items,
            JudgmentStore judgments,
            PairJudgmentStore pairs,
            AuditJudgmentStore audits,
            ScoringRuns runs,
            Encoding encoding,
            CandidateGuides guides,
            Uploads uploads,
            ChatScoring chat,
            GateBudget gateBudget,
            JobProgress progress) {
        this.dataSource = dataSource;
        this.snapshots = snapshots;
        this.items = items;
        this.judgments = judgments;
        this.pairs = pairs;
        this.audits = audits;
        this.runs = runs;
        this.encoding = encoding;
        this.guides = guides;
        this.uploads = uploads;
        this.chat = chat;
        this.gateBudget = gateBudget;
        this.progress = progress;
    }

    /** Encodes the texts that have no vector yet, for the embedded judge and for {@code rescue} candidates. */
    void encodeTexts(JobExecution job) throws JobInterruptedException {
        ScoringPlan plan = ScoringPlan.of(job);
        if (plan.needsVectors()) {
            encoding.encodeMissing(EncoderModel.of(plan.encoder()), new ItemTexts(items), (done, total) -> {
                progress.report(job.getId(), new Progress("encode", done, total, "texts", ""));
                stopIfAsked(job);
            });
        }
    }

    /** Draws every user's candidates, or takes the recorded ones, and commits them before any judge is asked. */
    void drawCandidates(JobExecution job) throws IOException, SQLException {
        ScoringPlan plan = ScoringPlan.of(job);
        Snapshot snapshot = snapshots.read();
        ItemTexts texts = new ItemTexts(items);
        List<CandidateSet> prompts;
        Function<CandidateSet, byte[]> key;
        List<RecordedPrompts.Unusable> unusable = List.of();
        String identity;
        if (plan.judge().equals(ScoringPlan.RECORDED)) {
            RecordedPrompts recorded = recorded(plan, snapshot);
            prompts = recorded.recorded().stream()
                    .map(RecordedPrompts.Recorded::prompt)
                    .toList();
            unusable = recorded.unusable();
            identity = new RecordedJudge(Objects.requireNonNull(plan.judgments()), List.of()).identity();
        } else {
            prompts = PromptDraw.draw(plan, snapshot, guides.of(plan, snapshot));
            identity =
                    plan.chat() == null ? embeddedIdentity(plan) : plan.chat().identity();
        }
        if (plan.chat() == null) {
            key = prompt -> JudgmentKey.of(identity, prompt, texts::identity);
        } else {
            key = prompt -> ChatScoring.key(plan, prompt, texts);
        }
        if (prompts.isEmpty() && unusable.isEmpty()) {
            throw new IllegalStateException(
                    "there is nobody to ask about: no user has three interactions or more, of which two can be held out");
        }
        ScoringRun run = runs.open(job.getJobInstanceId(), identity, JSON.writeValueAsString(plan), plan.dataVersion());
        List<JudgmentStore.KeyedSet> keyed = prompts.stream()
                .map(prompt -> new JudgmentStore.KeyedSet(key.apply(prompt), prompt))
                .toList();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            judgments.writeSets(connection, run.id(), keyed);
            judgments.write(connection, failures(identity, unusable));
            connection.commit();
        }
        Map<String, Long> reasons = new TreeMap<>();
        unusable.forEach(line -> reasons.merge(line.failure().reason().name(), 1L, Long::sum));
        job.getExecutionContext().put(UNUSABLE, JSON.writeValueAsString(reasons));
    }

    /** Draws the pilot, where the policy has one, and asks it. */
    void pilot(JobExecution job) throws IOException, SQLException, JobInterruptedException {
        ScoringPlan plan = ScoringPlan.of(job);
        if (plan.policy() != AskingPolicy.GATE_BUDGET) {
            return;
        }
        ScoringRun run = runs.ofJob(job.getJobInstanceId());
        gateBudget.drawPilot(run.id(), snapshots.read(), new Seeds(plan.seed()));
        noteResumedFrom(job, run);
        ChatJudge.Ending ending = ask(job, plan, run, Part.PILOT);
        if (ending == ChatJudge.Ending.BUDGET_REACHED) {
            job.getExecutionContext().putString(ENDING, ScoringRun.BUDGET_REACHED);
        }
    }

    /** Puts the other prompts in order by what the pilot taught, or ends the asking. */
    void order(JobExecution job) throws SQLException {
        ScoringPlan plan = ScoringPlan.of(job);
        if (plan.policy() != AskingPolicy.GATE_BUDGET) {
            return;
        }
        ScoringRun run = runs.ofJob(job.getJobInstanceId());
        long open = judgments.countUnanswered(run.id());
        Pilot pilot = gateBudget.order(
                new GateBudget.Subject(run.id(), run.judge(), run.dataVersion(), run.model()),
                snapshots.read(),
                plan.chat() == null ? prompt -> 1 : chat.tokens(plan),
                plan.force(),
                done -> progress.report(job.getId(), new Progress("order", Math.min(done, open), open, "prompts", "")));
        ExecutionContext context = job.getExecutionContext();
        context.putString(PILOT, JSON.writeValueAsString(pilot));
        if (!pilot.better() && !plan.force() && open > 0 && !context.containsKey(ENDING)) {
            context.putString(ENDING, ScoringRun.JUDGE_NO_BETTER);
        }
    }

    /** Asks the judge what it was not asked before, unless the pilot was the end of it. */
    void judge(JobExecution job) throws IOException, SQLException, JobInterruptedException {
        ExecutionContext context = job.getExecutionContext();
        if (context.containsKey(ENDING)) {
            return;
        }
        ScoringPlan plan = ScoringPlan.of(job);
        ScoringRun run = runs.ofJob(job.getJobInstanceId());
        if (plan.policy() != AskingPolicy.GATE_BUDGET || !hasRun(job, PILOT)) {
            noteResumedFrom(job, run);
        }
        context.putString(ENDING, ask(job, plan, run, Part.ALL).name());
    }

    /** Whether the step was run in this execution, and not in one that was restarted. */
    private static boolean hasRun(JobExecution job, String step) {
        return job.getStepExecutions().stream()
                .anyMatch(execution -> execution.getStepName().equals(step));
    }

    private void noteResumedFrom(JobExecution job, ScoringRun run) {
        job.getExecutionContext().putLong(RESUMED_FROM, judgments.countScored(run.id()));
    }

    /** Asks what has no answer yet; every chunk of answers is committed as it comes. */
    private ChatJudge.Ending ask(JobExecution job, ScoringPlan plan, ScoringRun run, Part part)
            throws IOException, SQLException, JobInterruptedException {
        String step = part == Part.PILOT ? PILOT : "judge";
        long open = judgments.countUnanswered(run.id(), part);
        long before = part == Part.PILOT ? 0 : judgments.countScored(run.id());
        long total = before + open;
        if (plan.chat() != null) {
            return askLlm(job, plan, run, part, new Progress(step, before, total, "prompts", ""));
        }
        Judge judge = judgeOf(plan);
        long done = before;
        for (List<JudgmentStore.KeyedSet> chunk = judgments.unanswered(run.id(), part, Place.START, PROMPTS_PER_COMMIT);
                !chunk.isEmpty();
                chunk = judgments.unanswered(run.id(), part, chunk.getLast().place(), PROMPTS_PER_COMMIT)) {
            List<JudgmentStore.Answer> answers = new ArrayList<>(chunk.size());
            for (JudgmentStore.KeyedSet keyed : chunk) {
                answers.add(answer(keyed, judge));
            }
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                judgments.write(connection, answers);
                connection.commit();
            }
            done += chunk.size();
            progress.report(job.getId(), new Progress(step, done, total, "prompts", ""));
            stopIfAsked(job);
        }
        return ChatJudge.Ending.DONE;
    }

    private ChatJudge.Ending askLlm(JobExecution job, ScoringPlan plan, ScoringRun run, Part part, Progress start)
            throws SQLException, JobInterruptedException {
        ChatJudge.Ending ending;
        try {
            ending = chat.judge(plan, run, part, new Watcher() {
                @Override
                public void progress(long prompts, String detail, BigDecimal usd) {
                    progress.report(
                            job.getId(),
                            new Progress(
                                    start.step(),
                                    Math.min(start.total(), start.done() + prompts),
                                    start.total(),
                                    start.unit(),
                                    detail,
                                    usd.stripTrailingZeros()));
                }

                @Override
                public boolean stopAsked() {
                    return progress.stopAsked(job.getId());
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobInterruptedException("interrupted");
        }
        return switch (ending) {
            case DONE, BUDGET_REACHED -> ending;
            case STOPPED -> throw new JobInterruptedException("stopped as asked");
            case LEFT_AT_PROVIDER ->
                throw new JobInterruptedException(
                        "stopped as asked; its batches go on at the provider and are charged: restart the job to have their answers, or cancel them with POST /v1/admin/scoring-runs/%d:cancel-batches"
                                .formatted(run.id()));
            case CANCELLED ->
                throw new JobInterruptedException(
                        "its batches were cancelled; what they had answered is kept: restart the job to ask for the rest");
        };
    }

    /** Between two commits a job that was asked to stop does so; a restart goes on from there. */
    private void stopIfAsked(JobExecution job) throws JobInterruptedException {
        if (progress.stopAsked(job.getId())) {
            throw new JobInterruptedException("stopped as asked");
        }
    }

    /** Derives pair judgments and exams from the answers, all or nothing. */
    void derivePairs(JobExecution job) throws SQLException {
        ScoringPlan plan = ScoringPlan.of(job);
        ScoringRun run = runs.ofJob(job.getJobInstanceId());
        Snapshot snapshot = snapshots.read();
        Popularity popularity = Popularity.of(
                TemporalSplit.leaveLastTwoOut(snapshot.histories()).train());
        Snapshot.RowIdIndex itemIdx = snapshot.itemByRowId();
        Snapshot.RowIdIndex userIdx = snapshot.userByRowId();
        PairDeriver deriver = new PairDeriver(
                plan.pairsPerUser(),
                new Seeds(plan.seed()),
                userIdx::idx,
                rowId -> popularity.count(itemIdx.idx(rowId)));
        if (plan.policy() == AskingPolicy.COLD_TAIL) {
            deriver = deriver.ofColdTail();
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            pairs.delete(connection, run.id());
            audits.delete(connection, run.id());
            long scored = judgments.countScored(run.id());
            long written = copyPairs(
                    connection,
                    run.id(),
                    deriver,
                    done -> progress.report(job.getId(), new Progress("derive", done, scored, "prompts", "")));
            connection.commit();
            job.getExecutionContext().putLong("pairs", written);
        }
    }

    private long copyPairs(Connection connection, long runId, PairDeriver deriver, LongConsumer listener)
            throws SQLException {
        List<PairJudgment> buffer = new ArrayList<>();
        List<AuditJudgment> exams = new ArrayList<>();
        long[] written = {0};
        long[] prompts = {0};
        judgments.forEachScored(runId, (prompt, answer) -> {
            prompts[0]++;
            buffer.addAll(deriver.pairs(prompt, answer));
            deriver.audit(prompt, answer).ifPresent(exams::add);
            if (buffer.size() >= PAIRS_PER_COPY) {
                written[0] += buffer.size();
                writePairs(connection, runId, buffer);
                listener.accept(prompts[0]);
            }
        });
        written[0] += buffer.size();
        writePairs(connection, runId, buffer);
        audits.write(connection, runId, exams);
        return written[0];
    }

    private void writePairs(Connection connection, long runId, List<PairJudgment> buffer) {
        try {
            pairs.write(connection, runId, buffer);
            buffer.clear();
        } catch (SQLException e) {
            throw new dev.discern.common.db.DatabaseException("writing the pairs of run " + runId, e);
        }
    }

    /** Completes the run and tells what it did. */
    void report(JobExecution job) {
        ScoringRun run = runs.ofJob(job.getJobInstanceId());
        ExecutionContext context = job.getExecutionContext();
        Map<String, Long> failures = new TreeMap<>();
        for (Map.Entry<FailureReason, Long> entry :
                judgments.countFailures(run.id()).entrySet()) {
            failures.put(entry.getKey().name(), entry.getValue());
        }
        JSON.readTree(context.getString(UNUSABLE))
                .properties()
                .forEach(
                        entry -> failures.merge(entry.getKey(), entry.getValue().asLong(), Long::sum));
        long scored = judgments.countScored(run.id());
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        long undone = judgments.countUnanswered(run.id());
        ScoringPlan plan = ScoringPlan.of(job);
        String ending = context.getString(ENDING, ScoringRun.COMPLETED);
        String status = ending.equals(ChatJudge.Ending.DONE.name()) ? ScoringRun.COMPLETED : ending;
        CallLedger.Totals paid = chat.totals(run);
        JobResult.put(
                job,
                new Result(
                        run.id(),
                        status,
                        scored + failed + undone,
                        scored,
                        failed,
                        failures,
                        undone,
                        paid.calls(),
                        paid.promptTokens(),
                        paid.completionTokens(),
                        paid.usd().stripTrailingZeros(),
                        context.getLong(RESUMED_FROM),
                        context.getLong("pairs"),
                        audits.all(run.id()).size(),
                        context.containsKey(PILOT) ? JSON.readValue(context.getString(PILOT), Pilot.class) : null,
                        plan.chat() == null ? null : chat.report(plan, run, paid)));
        runs.complete(run.id(), status);
    }

    /**
     * What a scoring job tells.
     *
     * @param status {@code COMPLETED}, {@code BUDGET_REACHED} or {@code JUDGE_NO_BETTER}
     * @param undone prompts that were not asked since the budget was reached or the judge is no better than what is free
     * @param calls HTTP calls, those that failed and those of earlier attempts of this job included; tokens and cost are the
     *     provider's count of them
     * @param cost US dollars
     * @param resumedFrom prompts that were answered before, by this run or another
     * @param pilot null for policies without one
     * @param chat more of the chat or batch judge; null for the others
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            long runId,
            String status,
            long prompts,
            long scored,
            long failed,
            Map<String, Long> failures,
            long undone,
            long calls,
            long promptTokens,
            long completionTokens,
            BigDecimal cost,
            long resumedFrom,
            long pairs,
            long auditPrompts,
            @Nullable Pilot pilot,
            ChatScoring.@Nullable Report chat) {}

    private Judge judgeOf(ScoringPlan plan) throws IOException {
        if (plan.judge().equals(ScoringPlan.RECORDED)) {
            return new RecordedJudge(
                    Objects.requireNonNull(plan.judgments()),
                    recorded(plan, snapshots.read()).recorded());
        }
        EncoderModel model = EncoderModel.of(plan.encoder());
        return new EmbeddedJudge(model.label(), encoding.vectors(model, new ItemTexts(items)));
    }

    private static String embeddedIdentity(ScoringPlan plan) {
        return new EmbeddedJudge(plan.encoder(), new dev.discern.scoring.llm.ItemVectors(Map.of())).identity();
    }

    private RecordedPrompts recorded(ScoringPlan plan, Snapshot snapshot) throws IOException {
        return RecordedPrompts.read(upload(plan), snapshot);
    }

    private Path upload(ScoringPlan plan) throws IOException {
        String id = Objects.requireNonNull(plan.judgments());
        return uploads.find(id)
                .orElseThrow(() -> new IllegalStateException("the upload %s is no longer there".formatted(id)))
                .path();
    }

    private static JudgmentStore.Answer answer(JudgmentStore.KeyedSet keyed, Judge judge) {
        long start = System.nanoTime();
        Judgment judgment = judge.judge(keyed.set());
        return new JudgmentStore.Answer(
                keyed.key(),
                keyed.set().userId(),
                keyed.set().candidates().stream().map(Candidate::itemId).toList(),
                judgment,
                (int) ((System.nanoTime() - start) / 1_000_000));
    }

    /** Recorded lines of known users that are of no use, as failed judgments. */
    private static List<JudgmentStore.Answer> failures(String identity, List<RecordedPrompts.Unusable> unusable) {
        List<JudgmentStore.Answer> failures = new ArrayList<>();
        for (RecordedPrompts.Unusable line : unusable) {
            if (line.userRowId() != null) {
                failures.add(new JudgmentStore.Answer(
                        JudgmentKey.ofLine(identity, line.line()), line.userRowId(), List.of(), line.failure(), 0));
            }
        }
        return failures;
    }
}
