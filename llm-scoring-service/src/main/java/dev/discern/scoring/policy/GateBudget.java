package dev.discern.scoring.policy;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.PopularityBucket;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.AskingOrderStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.llm.EmbeddedJudge;
import dev.discern.scoring.llm.StoredVectors;
import dev.discern.scoring.published.PublishedModels;
import dev.discern.scoring.reliability.Reliability;
import dev.discern.scoring.reliability.ReliabilityReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The policy {@code gate-budget}: draws the pilot, and from its answers the order of all other prompts. */
@Component
public class GateBudget {

    private static final int PROMPTS_PER_REPORT = 500;

    private final DataSource dataSource;
    private final AskingOrderStore order;
    private final JudgmentStore judgments;
    private final Reliability reliability;
    private final StoredVectors vectors;
    private final PublishedModels models;

    GateBudget(
            DataSource dataSource,
            AskingOrderStore order,
            JudgmentStore judgments,
            Reliability reliability,
            StoredVectors vectors,
            PublishedModels models) {
        this.dataSource = dataSource;
        this.order = order;
        this.judgments = judgments;
        this.reliability = reliability;
        this.vectors = vectors;
        this.models = models;
    }

    /**
     * The run whose prompts are put in order.
     *
     * @param model version of the published model that its plan names; null for the champion
     */
    public record Subject(
            long runId,
            String judge,
            String dataVersion,
            @Nullable String model) {}

    /** Draws the run's pilot and puts it first; a run that has one keeps it. */
    public void drawPilot(long runId, Snapshot snapshot, Seeds seeds) throws SQLException {
        if (!order.pilot(runId).isEmpty()) {
            return;
        }
        Popularity popularity = popularity(snapshot);
        Snapshot.RowIdIndex userIdx = snapshot.userByRowId();
        Snapshot.RowIdIndex itemIdx = snapshot.itemByRowId();
        List<PilotDraw.Prompt> prompts = new ArrayList<>();
        order.forEachSet(
                runId,
                set -> set.auditPosition().ifPresent(audit -> {
                    int item = itemIdx.idx(set.candidates().get(audit).itemId());
                    prompts.add(new PilotDraw.Prompt(
                            set.userId(),
                            HistoryBucket.of(set.historyLength()),
                            PopularityBucket.of(item < 0 ? 0 : popularity.count(item))));
                }));
        prompts.sort(Comparator.comparingInt(prompt -> userIdx.idx(prompt.userId())));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            order.writePilot(connection, runId, PilotDraw.draw(prompts, seeds));
            connection.commit();
        }
    }

    /**
     * Puts the prompts outside the pilot in the order of what their answers are expected to tell, and says how the pilot went. What
     * is free to know comes from the published champion and from the encoder, as far as they are there.
     *
     * @param tokens what asking a prompt takes, at least 1
     * @param listener told now and then how many prompts are done
     */
    public Pilot order(
            Subject run, Snapshot snapshot, ToIntFunction<CandidateSet> tokens, boolean force, LongConsumer listener)
            throws SQLException {
        Map<Long, Double> pilot = order.pilot(run.runId());
        String version = run.model() == null ? models.champion().orElse(null) : run.model();
        FreeScores model = version == null ? null : models.read(version).on(snapshot)::score;
        EmbeddedJudge encoder = vectors.judge()
                .filter(stored -> !stored.identity().equals(run.judge()))
                .orElse(null);
        FreeEvidence evidence = new FreeEvidence(snapshot, popularity(snapshot), model, encoder);
        List<PilotGate.Exam> exams = exams(run.runId(), pilot, evidence);
        PilotGate gate = exams.isEmpty() ? null : PilotGate.fit(exams);
        if (gate != null) {
            write(run.runId(), priorities(run.runId(), pilot, evidence, gate, tokens, listener));
        }
        ReliabilityReport report =
                reliability.report(run.runId(), run.judge(), run.dataVersion(), version, pilot::containsKey);
        return Pilot.of(report, gate, version, force);
    }

    private List<PilotGate.Exam> exams(long runId, Map<Long, Double> pilot, FreeEvidence evidence) {
        List<PilotGate.Exam> exams = new ArrayList<>();
        judgments.forEachScored(runId, (prompt, answer) -> {
            Double inclusion = pilot.get(prompt.userId());
            if (inclusion != null) {
                evidence.of(prompt)
                        .map(known -> exam(prompt, answer, known, inclusion))
                        .ifPresent(exams::add);
            }
        });
        return exams;
    }

    private static PilotGate.Exam exam(
            CandidateSet prompt, Judgment.Scored answer, Evidence evidence, double pilotInclusion) {
        return new PilotGate.Exam(
                evidence,
                prompt.auditPosition().orElseThrow(),
                answer.standardized(),
                prompt.candidates().stream()
                        .mapToDouble(Candidate::inclusionProbability)
                        .toArray(),
                pilotInclusion);
    }

    private Map<Long, Double> priorities(
            long runId,
            Map<Long, Double> pilot,
            FreeEvidence evidence,
            PilotGate gate,
            ToIntFunction<CandidateSet> tokens,
            LongConsumer listener) {
        Map<Long, Double> priorities = new TreeMap<>();
        order.forEachSet(runId, prompt -> {
            if (!pilot.containsKey(prompt.userId())) {
                int audit = prompt.auditPosition().orElse(-1);
                evidence.of(prompt)
                        .map(known -> ExpectedInformation.perToken(gate, known, audit, tokens.applyAsInt(prompt)))
                        .ifPresent(priority -> priorities.put(prompt.userId(), priority));
                if (priorities.size() % PROMPTS_PER_REPORT == 0) {
                    listener.accept(priorities.size());
                }
            }
        });
        return priorities;
    }

    private void write(long runId, Map<Long, Double> priorities) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            order.writePriorities(connection, runId, priorities);
            connection.commit();
        }
    }

    private static Popularity popularity(Snapshot snapshot) {
        return Popularity.of(TemporalSplit.leaveLastTwoOut(snapshot.histories()).train());
    }
}
