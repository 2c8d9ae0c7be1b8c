package dev.discern.training.job;

import dev.discern.common.data.ItemTrend;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.db.TrendingSnapshot;
import dev.discern.common.random.Seeds;
import dev.discern.training.dataset.DayShuffle;
import dev.discern.training.dataset.TextVectors;
import dev.discern.training.evaluation.MatrixReport.DayOrder;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the data of a job once, into its folder: every later step, and every restart, sees the same. */
@Component
class FrozenData {

    private final SnapshotReader snapshots;
    private final ItemStore items;
    private final ItemVectorStore itemVectors;
    private final PreparedData prepared;

    FrozenData(SnapshotReader snapshots, ItemStore items, ItemVectorStore itemVectors, PreparedData prepared) {
        this.snapshots = snapshots;
        this.items = items;
        this.itemVectors = itemVectors;
        this.prepared = prepared;
    }

    /**
     * Does nothing where it has been done.
     *
     * @param texts whether the job sees the vectors of items' texts
     */
    void write(JobFolder folder, boolean texts) throws IOException {
        if (!Files.exists(folder.snapshot())) {
            SnapshotFile.write(folder.snapshot(), snapshots.read());
        }
        if (texts) {
            writeTexts(folder, null);
        }
    }

    /**
     * The same with the vectors of one encoder, and what users turned to lately.
     *
     * @param encoder null for the one that has encoded most items
     * @param halfLifeDays after how many days a touch counts half, at least
     */
    void write(JobFolder folder, boolean texts, @Nullable String encoder, double halfLifeDays) throws IOException {
        if (!Files.exists(folder.snapshot())) {
            TrendingSnapshot trending = snapshots.readTrending(halfLifeDays, ItemTrend.ENOUGH);
            TrendFile.write(folder.trend(), trending.trend());
            SnapshotFile.write(folder.snapshot(), trending.snapshot()); // last: it tells that both are there
        }
        if (texts) {
            writeTexts(folder, encoder);
        }
    }

    /** The same, with texts, where what users had on one day stands in an order drawn by the seed; the folder tells about it. */
    void writeShuffledWithinDays(JobFolder folder, long seed) throws IOException {
        if (!Files.exists(folder.snapshot())) {
            DayShuffle shuffle = new DayShuffle(snapshots.readDated());
            folder.write(new DayOrder(seed, shuffle.sharedDays()));
            SnapshotFile.write(folder.snapshot(), shuffle.shuffled(new Seeds(seed)));
        }
        writeTexts(folder, null);
    }

    private void writeTexts(JobFolder folder, @Nullable String encoder) throws IOException {
        if (!Files.exists(folder.itemTexts())) {
            new ItemTexts(TextVectors.read(prepared.snapshot(folder.snapshot()), items, itemVectors, encoder))
                    .write(folder.itemTexts());
        }
    }
}
