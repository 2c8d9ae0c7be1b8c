package dev.discern.benchmarks;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.index.CatalogIndexes;
import dev.discern.serving.index.ExactTopKIndex;
import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.QuantizedTopKIndex;
import dev.discern.serving.index.ScanThreads;
import dev.discern.serving.index.ScoredItems;
import dev.discern.serving.index.Search;
import dev.discern.serving.index.TopK;
import dev.discern.serving.index.TopKIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Top-k searches on one thread, each against a reference over the same items and queries: codes against floats, by score and by cosine;
 * with masks; queries together; floats against scalar kernels and against reading them; and what making the indexes takes.
 */
@Command(
        name = "topk",
        description = "Top-k search on one thread: codes against floats, vector kernels against scalar ones.",
        footer = {"", "Example:", "  discern bench topk --items 1000000 --json"})
final class TopKBenchmark extends Benchmark {

    private static final int MOST_VALUES = 1 << 28; // 1 GB of floats
    private static final double ROUNDING = 1e-5;
    private static final int[] OPEN_PERCENT = {1, 10, 50};
    private static final double LOAD_SECONDS = 10;
    private static final double MEGABYTE = 1 << 20;
    private static final ScanThreads ONE = ScanThreads.upTo(1);
    private static final Seeds SEEDS = new Seeds(1);

    @Option(names = "--items", defaultValue = "100000", description = "items (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(names = "--dim", defaultValue = "64", description = "dimensions (default: ${DEFAULT-VALUE})")
    private int dim;

    @Option(names = "--k", defaultValue = "10", description = "items in an answer (default: ${DEFAULT-VALUE})")
    private int k;

    @Option(names = "--queries", defaultValue = "16", description = "queries of a round (default: ${DEFAULT-VALUE})")
    private int queryCount;

    @Override
    List<Measurement> measure(Turns turns) {
        if (items < 1 || dim < 1 || k < 1 || queryCount < 1) {
            throw badUsage("--items, --dim, --k and --queries must be at least 1");
        }
        if ((long) items * dim > MOST_VALUES) {
            throw badUsage("--items times --dim must be at most " + MOST_VALUES);
        }
        SplittableRandom random = SEEDS.random("vectors");
        EmbeddingTable table = new EmbeddingTable(items, dim, gaussian(items * dim, random));
        float[] bias = gaussian(items, random);
        List<float[]> queries = new ArrayList<>();
        for (int query = 0; query < queryCount; query++) {
            queries.add(gaussian(dim, random));
        }
        List<Measurement> lines = new ArrayList<>(codes(table, bias, queries, turns));
        lines.addAll(load(table, bias, turns));
        // Scalar kernels last: until then the JVM knows one kind of kernels, as in the service.
        lines.addAll(floats(table, bias, queries, turns));
        return lines;
    }

    private List<Measurement> codes(EmbeddingTable table, float[] bias, List<float[]> queries, Turns turns) {
        ScoredItems byDot = ScoredItems.byDot(table, bias);
        TopKIndex exact = new ExactTopKIndex(Kernels.best(), byDot, ONE);
        QuantizedTopKIndex codes = new QuantizedTopKIndex(Kernels.best(), byDot, ONE);
        TopKIndex twoThreads = new QuantizedTopKIndex(Kernels.best(), byDot, new ScanThreads(2, 1));
        List<Measurement> lines = new ArrayList<>();
        lines.add(line("int8 / float", codes, exact, queries, ItemMask.ALL, turns));
        lines.add(line(
                "cosine int8 / float",
                codes.byCosine(),
                new ExactTopKIndex(Kernels.best(), ScoredItems.byCosine(table), ONE),
                queries,
                ItemMask.ALL,
                turns));
        for (int percent : OPEN_PERCENT) {
            ItemMask mask = open(percent);
            for (float[] query : queries) {
                requireSame(codes.search(query, k, mask), exact.search(query, k, mask));
            }
            lines.add(new Measurement(
                    name("%d %% open / all".formatted(percent)),
                    "queries/s",
                    turns.run(() -> rate(codes, queries, mask), () -> rate(codes, queries, ItemMask.ALL))));
        }
        lines.add(line("2 threads / 1", twoThreads, codes, queries, ItemMask.ALL, turns));
        lines.add(together(codes, queries, turns));
        return lines;
    }

    private Measurement together(TopKIndex index, List<float[]> queries, Turns turns) {
        List<Search> batch = new ArrayList<>();
        while (batch.size() < 64) {
            queries.forEach(query -> batch.add(new Search(query, k, ItemMask.ALL)));
        }
        List<TopK> answers = index.search(batch);
        for (int n = 0; n < answers.size(); n++) {
            requireSame(answers.get(n), index.search(batch.get(n)));
        }
        return new Measurement(
                name("%d together / alone".formatted(batch.size())),
                "queries/s",
                turns.run(
                        () -> Turns.rate(batch.size(), () -> index.search(batch)),
                        () -> rate(index, queries, ItemMask.ALL)));
    }

    private List<Measurement> floats(EmbeddingTable table, float[] bias, List<float[]> queries, Turns turns) {
        ScoredItems byDot = ScoredItems.byDot(table, bias);
        TopKIndex exact = new ExactTopKIndex(Kernels.best(), byDot, ONE);
        TopKIndex scalar = new ExactTopKIndex(Kernels.scalar(), byDot, ONE);
        for (float[] query : queries) {
            requireAlike(exact.search(query, k, ItemMask.ALL), scalar.search(query, k, ItemMask.ALL));
        }
        double gigabytes = 4e-9 * table.values().length;
        Turns.Medians reading = turns.run(
                () -> gigabytes * rate(exact, queries, ItemMask.ALL),
                () -> Turns.rate(gigabytes * queryCount, () -> {
                    float sum = 0;
                    for (int n = 0; n < queryCount; n++) {
                        sum += Kernels.best().dot(table.values(), 0, table.values(), 0, table.values().length);
                    }
                    requireFinite(sum);
                }));
        return List.of(
                new Measurement(name("float / reading"), "GB/s", reading),
                new Measurement(
                        name("float / scalar"),
                        "queries/s",
                        turns.run(
                                () -> rate(exact, queries, ItemMask.ALL), () -> rate(scalar, queries, ItemMask.ALL))));
    }

    /** Time against the limit for a million items, and the floats' size against all that searching them takes. */
    private List<Measurement> load(EmbeddingTable table, float[] bias, Turns turns) {
        double raw = 4.0 * table.values().length / MEGABYTE;
        long before = MemoryBenchmark.held();
        CatalogIndexes indexes = CatalogIndexes.of(Kernels.best(), table, bias, ONE, 0);
        double held = (MemoryBenchmark.held() - before + 4.0 * bias.length) / MEGABYTE + raw;
        requireFinite(indexes.byScore().size());
        Turns.Medians rates = new Turns(Math.min(turns.rounds(), 3))
                .run(
                        () -> Turns.rate(items, () -> CatalogIndexes.of(Kernels.best(), table, bias, ONE, 0)),
                        () -> 1e6 / LOAD_SECONDS);
        return List.of(
                new Measurement(name("made / 1M in 10 s"), "items/s", rates),
                new Measurement(name("floats / all held"), "MB", new Turns.Medians(raw, held)));
    }

    private Measurement line(
            String what, TopKIndex contender, TopKIndex reference, List<float[]> queries, ItemMask mask, Turns turns) {
        for (float[] query : queries) {
            requireSame(contender.search(query, k, mask), reference.search(query, k, mask));
        }
        ToDoubleFunction<TopKIndex> rate = index -> rate(index, queries, mask);
        return new Measurement(
                name(what),
                "queries/s",
                turns.run(() -> rate.applyAsDouble(contender), () -> rate.applyAsDouble(reference)));
    }

    private String name(String what) {
        return "top%d %dx%d %s".formatted(k, items, dim, what);
    }

    private double rate(TopKIndex index, List<float[]> queries, ItemMask mask) {
        return Turns.rate(queryCount, () -> queries.forEach(query -> index.search(query, k, mask)));
    }

    /** Items drawn at random, so many in a hundred. */
    private ItemMask open(int percent) {
        SplittableRandom random = SEEDS.random("mask");
        ItemSet.Builder builder = new ItemSet.Builder();
        for (int item = 0; item < items; item++) {
            if (random.nextInt(100) < percent) {
                builder.add(item);
            }
        }
        return builder.build();
    }

    private static void requireFinite(float sum) {
        if (!Float.isFinite(sum)) {
            throw new IllegalStateException("expected a finite sum, found " + sum);
        }
    }

    /** The same answer to the bit. */
    static void requireSame(TopK found, TopK reference) {
        if (!Arrays.equals(found.items(), reference.items()) || !Arrays.equals(found.scores(), reference.scores())) {
            throw new IllegalStateException("the index finds %s with %s, its reference %s with %s"
                    .formatted(
                            Arrays.toString(found.items()),
                            Arrays.toString(found.scores()),
                            Arrays.toString(reference.items()),
                            Arrays.toString(reference.scores())));
        }
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
