package dev.discern.scoring.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.AuditJudgmentStore;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.JudgmentStore;
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
import dev.discern.scoring.candidate.CandidateGenerator;
import dev.discern.scoring.catalog.Uploads;
import dev.discern.scoring.judge.JudgmentKey;
import dev.discern.scoring.judge.PairDeriver;
import dev.discern.scoring.llm.EmbeddedJudge;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.llm.Judge;
import dev.discern.scoring.llm.RecordedJudge;
import dev.discern.scoring.llm.RecordedPrompts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
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

    private final DataSource dataSource;
    private final SnapshotReader snapshots;
    private final ItemStore items;
    private final JudgmentStore judgments;
    private final PairJudgmentStore pairs;
    private final AuditJudgmentStore audits;
    private final ScoringRuns runs;
    private final Encoding encoding;
    private final Uploads uploads;
    private final JobProgress progress;
    private final JobRepository jobs;

    ScoringSteps(
            DataSource dataSource,
            SnapshotReader snapshots,
            ItemStore items,
            JudgmentStore judgments,
            PairJudgmentStore pairs,
            AuditJudgmentStore audits,
            ScoringRuns runs,
            Encoding encoding,
            Uploads uploads,
            JobProgress progress,
            JobRepository jobs) {
        this.dataSource = dataSource;
        this.snapshots = snapshots;
        this.items = items;
        this.judgments = judgments;
        this.pairs = pairs;
        this.audits = audits;
        this.runs = runs;
        this.encoding = encoding;
        this.uploads = uploads;
        this.progress = progress;
        this.jobs = jobs;
    }

    /** Draws every user's candidates, or takes the recorded ones, and commits them before any judge is asked. */
    void drawCandidates(JobExecution job) throws IOException, SQLException {
        ScoringPlan plan = ScoringPlan.of(job);
        Snapshot snapshot = snapshots.read();
        ItemTexts texts = new ItemTexts(items);
        List<CandidateSet> prompts;
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
            prompts = draw(plan, snapshot);
            identity = embeddedIdentity(plan);
        }
        if (prompts.isEmpty() && unusable.isEmpty()) {
            throw new IllegalStateException(
                    "there is nobody to ask about: no user has three interactions or more, of which two can be held out");
        }
        ScoringRun run = runs.open(job.getJobInstanceId(), identity, JSON.writeValueAsString(plan), plan.dataVersion());
        List<JudgmentStore.KeyedSet> keyed = prompts.stream()
                .map(prompt -> new JudgmentStore.KeyedSet(JudgmentKey.of(identity, prompt, texts::identity), prompt))
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

    /** Encodes the texts that have no vector yet, for the embedded judge. */
    void encodeTexts(JobExecution job) throws JobInterruptedException {
        ScoringPlan plan = ScoringPlan.of(job);
        if (plan.judge().equals(ScoringPlan.EMBEDDED)) {
            encoding.encodeMissing(EncoderModel.of(plan.encoder()), new ItemTexts(items), (done, total) -> {
                progress.report(job.getId(), new Progress("encode", done, total, "texts", ""));
                stopIfAsked(job);
            });
        }
    }

    /** Asks the judge what it was not asked before; every chunk of answers is committed as it comes. */
    void judge(JobExecution job) throws IOException, SQLException, JobInterruptedException {
        ScoringPlan plan = ScoringPlan.of(job);
        ScoringRun run = runs.ofJob(job.getJobInstanceId());
        Judge judge = judgeOf(plan);
        long open = judgments.countUnanswered(run.id());
        long total = open + judgments.countScored(run.id());
        ExecutionContext context = job.getExecutionContext();
        context.putLong(RESUMED_FROM, total - open);
        long done = total - open;
        for (List<JudgmentStore.KeyedSet> chunk = judgments.unanswered(run.id(), PROMPTS_PER_COMMIT);
                !chunk.isEmpty();
                chunk = judgments.unanswered(run.id(), PROMPTS_PER_COMMIT)) {
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
            progress.report(job.getId(), new Progress("judge", done, total, "prompts", ""));
            stopIfAsked(job);
        }
    }

    /** Between two commits a job that was asked to stop does so; a restart goes on from there. */
    private void stopIfAsked(JobExecution job) throws JobInterruptedException {
        JobExecution now = jobs.getJobExecution(job.getId());
        if (now != null && now.getStatus() != BatchStatus.STARTED) {
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
        runs.complete(run.id());
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
        JobResult.put(
                job,
                new Result(
                        run.id(),
                        "COMPLETED",
                        scored + failed,
                        scored,
                        failed,
                        failures,
                        0,
                        0,
                        0,
                        0,
                        context.getLong(RESUMED_FROM),
                        context.getLong("pairs"),
                        audits.all(run.id()).size()));
    }

    /** What a scoring job tells; calls, tokens and cost are those of paid judges. */
    record Result(
            long runId,
            String status,
            long prompts,
            long scored,
            long failed,
            Map<String, Long> failures,
            long calls,
            long promptTokens,
            long completionTokens,
            double cost,
            long resumedFrom,
            long pairs,
            long auditPrompts) {}

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

    private static List<CandidateSet> draw(ScoringPlan plan, Snapshot snapshot) {
        Seeds seeds = new Seeds(plan.seed());
        CandidateGenerator generator = new CandidateGenerator(snapshot, plan.quotas(), seeds);
        List<CandidateSet> prompts = new ArrayList<>();
        int[] order = userOrder(snapshot.users().size(), plan, seeds);
        int wanted = plan.users() == null ? order.length : plan.users();
        for (int k = 0; k < order.length && prompts.size() < wanted; k++) {
            generator.draw(order[k]).ifPresent(prompts::add);
        }
        return prompts;
    }

    /** All users in index order, or shuffled by the seed where only some are asked about. */
    private static int[] userOrder(int users, ScoringPlan plan, Seeds seeds) {
        int[] order = java.util.stream.IntStream.range(0, users).toArray();
        if (plan.users() != null) {
            SplittableRandom random = seeds.random("users");
            for (int k = users - 1; k > 0; k--) {
                int swap = random.nextInt(k + 1);
                int user = order[swap];
                order[swap] = order[k];
                order[k] = user;
            }
        }
        return order;
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
