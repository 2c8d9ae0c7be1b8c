package dev.discern.training.job;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.random.Seeds;
import dev.discern.training.dataset.JudgmentReader;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.trainer.RegularizerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Data and judgments ready for training. The last ones are kept, since the steps of a job and the jobs of a comparison use the
 * same.
 */
@Component
class PreparedData {

    /** A weak and a strong backbone's, and a placebo's, which models of one matrix take turns with. */
    private static final int KEPT_JUDGMENTS = 3;

    private record Loaded<T>(String key, T value) {}

    private final JudgmentReader judgments;
    private @Nullable Loaded<Snapshot> lastSnapshot;
    private @Nullable Loaded<TrainingData> lastData;
    private final Map<String, Judgments> lastJudgments =
            new LinkedHashMap<>(KEPT_JUDGMENTS, 1, true) { // in the order of last use
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Judgments> eldest) {
                    return size() > KEPT_JUDGMENTS;
                }
            };
    private @Nullable Loaded<ItemTexts> lastTexts;
    private @Nullable Loaded<Beginning> lastBeginning;

    PreparedData(JudgmentStore judgments, PairJudgmentStore pairs) {
        this.judgments = new JudgmentReader(judgments, pairs);
    }

    synchronized Snapshot snapshot(Path file) throws IOException {
        if (lastSnapshot == null || !lastSnapshot.key.equals(file.toString())) {
            lastSnapshot = new Loaded<>(file.toString(), SnapshotFile.read(file));
        }
        return lastSnapshot.value;
    }

    synchronized ItemTexts itemTexts(Path file) throws IOException {
        if (lastTexts == null || !lastTexts.key.equals(file.toString())) {
            lastTexts = new Loaded<>(file.toString(), ItemTexts.read(file));
        }
        return lastTexts.value;
    }

    synchronized TrainingData trainingData(Snapshot snapshot) {
        if (lastData == null || !lastData.key.equals(snapshot.hash())) {
            lastData = new Loaded<>(snapshot.hash(), TrainingData.of(snapshot.histories()));
        }
        return lastData.value;
    }

    /** What a plan teaches, of the data in a job's folder. */
    Lessons lessons(TrainingPlan plan, JobFolder folder) throws IOException {
        Snapshot snapshot = snapshot(folder.snapshot());
        return new Lessons(
                plan,
                trainingData(snapshot),
                plan.needsTexts() ? itemTexts(folder.itemTexts()) : null,
                plan.scoringRun() == null
                        ? null
                        : judgments(
                                plan.scoringRun(),
                                snapshot,
                                plan.regularizer() == RegularizerKind.PLACEBO ? new Seeds(plan.seed()) : null),
                plan.warmStart() == null ? null : beginning(folder, snapshot));
    }

    private synchronized Beginning beginning(JobFolder folder, Snapshot snapshot) {
        String key = folder.warmStart().toString();
        if (lastBeginning == null || !lastBeginning.key.equals(key)) {
            lastBeginning = new Loaded<>(key, WarmStarts.beginning(folder, snapshot));
        }
        return lastBeginning.value;
    }

    /**
     * The judgments of a run.
     *
     * @param placebo shuffles them within their prompts; null for what the judge said
     */
    synchronized Judgments judgments(long run, Snapshot snapshot, @Nullable Seeds placebo) {
        String key =
                "%d@%s, placebo %s".formatted(run, snapshot.hash(), placebo == null ? "none" : placebo.of("placebo"));
        Judgments found = lastJudgments.get(key);
        if (found == null) {
            found = placebo == null ? judgments.read(run, snapshot) : judgments.placebo(run, snapshot, placebo);
            lastJudgments.put(key, found);
        }
        return found;
    }
}
