package dev.discern.training.job;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.training.dataset.JudgmentReader;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Data and judgments ready for training. The last ones are kept, since the steps of a job and the jobs of a comparison use the
 * same.
 */
@Component
class PreparedData {

    private record Loaded<T>(String key, T value) {}

    private final JudgmentReader judgments;
    private @Nullable Loaded<Snapshot> lastSnapshot;
    private @Nullable Loaded<TrainingData> lastData;
    private @Nullable Loaded<Judgments> lastJudgments;
    private @Nullable Loaded<ItemFeatures> lastFeatures;

    PreparedData(JudgmentStore judgments, PairJudgmentStore pairs) {
        this.judgments = new JudgmentReader(judgments, pairs);
    }

    synchronized Snapshot snapshot(Path file) throws IOException {
        if (lastSnapshot == null || !lastSnapshot.key.equals(file.toString())) {
            lastSnapshot = new Loaded<>(file.toString(), SnapshotFile.read(file));
        }
        return lastSnapshot.value;
    }

    synchronized ItemFeatures itemFeatures(Path file) throws IOException {
        if (lastFeatures == null || !lastFeatures.key.equals(file.toString())) {
            lastFeatures = new Loaded<>(file.toString(), ItemFeatures.read(file));
        }
        return lastFeatures.value;
    }

    synchronized TrainingData trainingData(Snapshot snapshot) {
        if (lastData == null || !lastData.key.equals(snapshot.hash())) {
            lastData = new Loaded<>(snapshot.hash(), TrainingData.of(snapshot.histories()));
        }
        return lastData.value;
    }

    synchronized Judgments judgments(long run, Snapshot snapshot) {
        String key = run + "@" + snapshot.hash();
        if (lastJudgments == null || !lastJudgments.key.equals(key)) {
            lastJudgments = new Loaded<>(key, judgments.read(run, snapshot));
        }
        return lastJudgments.value;
    }
}
