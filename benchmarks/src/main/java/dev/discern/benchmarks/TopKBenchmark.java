package dev.discern.benchmarks;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.index.ExactTopKIndex;
import dev.discern.serving.index.TopK;
import dev.discern.serving.index.TopKIndex;
import java.util.List;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Exact top-k searches with the best kernels against the scalar ones: the same items and queries, one query at a time. */
@Command(
        name = "topk",
        description = "Exact top-k search on one thread: vector kernels against scalar ones.",
        footer = {"", "Example:", "  discern bench topk --items 1000000 --json"})
final class TopKBenchmark extends Benchmark {

    private static final int QUERIES = 32;
    private static final int MOST_VALUES = 1 << 28; // 1 GB of floats
    private static final double ROUNDING = 1e-5;
    private static final Seeds SEEDS = new Seeds(1);

    @Option(names = "--items", defaultValue = "100000", description = "items (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(names = "--dim", defaultValue = "64", description = "dimensions (default: ${DEFAULT-VALUE})")
    private int dim;

    @Option(names = "--k", defaultValue = "10", description = "items in an answer (default: ${DEFAULT-VALUE})")
    private int k;

    @Override
    List<Measurement> measure(Turns turns) {
        if (items < 1 || dim < 1 || k < 1) {
            throw badUsage("--items, --dim and --k must be at least 1");
        }
        if ((long) items * dim > MOST_VALUES) {
            throw badUsage("--items times --dim must be at most " + MOST_VALUES);
        }
        SplittableRandom random = SEEDS.random("vectors");
        EmbeddingTable table = new EmbeddingTable(items, dim, gaussian(items * dim, random));
        float[] bias = gaussian(items, random);
        float[][] queries = new float[QUERIES][];
        for (int query = 0; query < QUERIES; query++) {
            queries[query] = gaussian(dim, random);
        }
        TopKIndex best = new ExactTopKIndex(Kernels.best(), table, bias);
        TopKIndex scalar = new ExactTopKIndex(Kernels.scalar(), table, bias);
        for (float[] query : queries) {
            requireAlike(best.search(query, k, _ -> true), scalar.search(query, k, _ -> true));
        }
        String name =
                "exact-top%d %dx%d %s".formatted(k, items, dim, Kernels.best().name());
        return List.of(
                new Measurement(name, "queries/s", turns.run(() -> rate(best, queries), () -> rate(scalar, queries))));
    }

    private double rate(TopKIndex index, float[][] queries) {
        return Turns.rate(QUERIES, () -> {
            for (float[] query : queries) {
                index.search(query, k, _ -> true);
            }
        });
    }

    /** The same items in the same order; two may change places only where their scores are equal but for rounding. */
    static void requireAlike(TopK found, TopK reference) {
        if (found.size() != reference.size()) {
            throw new IllegalStateException(
                    "the kernels find %d items, the scalar ones %d".formatted(found.size(), reference.size()));
        }
        for (int place = 0; place < found.size(); place++) {
            boolean sameItem = found.items()[place] == reference.items()[place] || tied(reference, place);
            if (!sameItem || !alike(found.scores()[place], reference.scores()[place])) {
                throw new IllegalStateException(
                        "the kernels find other items: at rank %d item %d with score %s, the scalar ones item %d with %s"
                                .formatted(
                                        place + 1,
                                        found.items()[place],
                                        found.scores()[place],
                                        reference.items()[place],
                                        reference.scores()[place]));
            }
        }
    }

    /** Whether a neighbour has the same score; behind the last place nobody knows. */
    private static boolean tied(TopK answer, int place) {
        float[] scores = answer.scores();
        return place == scores.length - 1
                || alike(scores[place + 1], scores[place])
                || (place > 0 && alike(scores[place - 1], scores[place]));
    }

    private static boolean alike(float score, float reference) {
        return Math.abs(score - reference) <= ROUNDING * Math.max(1, Math.abs(reference));
    }

    private static float[] gaussian(int length, SplittableRandom random) {
        float[] values = new float[length];
        for (int n = 0; n < length; n++) {
            values[n] = (float) random.nextGaussian();
        }
        return values;
    }
}
