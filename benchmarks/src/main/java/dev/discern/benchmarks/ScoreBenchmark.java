package dev.discern.benchmarks;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.llm.SentenceEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The embedded judge's encoder on many texts at once against one text at a time, and the chat judge against its bounds. */
@Command(
        name = "score",
        description = {
            "The sentence encoder on batches of like length: against one text at a time.",
            "The chat judge, on a stub of an LLM and a Postgres of its own: calls a second against what the latency allows; calls for a "
                    + "second of processor time beside that of bare HTTP calls, against one for each millisecond; memory early and late in "
                    + "a run; pairs written against 50,000 a second, and against a bare COPY."
        },
        footer = {
            "",
            "Examples:",
            "  discern bench score --encoder all-minilm-l6-v2-q --prompts 0",
            "  discern bench score --prompts 100000"
        })
final class ScoreBenchmark extends Benchmark {

    /** Quantization scales with the batch, so vectors differ a little by the company they are encoded in. */
    private static final float LEAST_COSINE = 0.98f;

    private static final List<String> WORDS = List.of(
            "adventure",
            "autumn",
            "bitter",
            "camera",
            "city",
            "comedy",
            "cream",
            "detective",
            "drama",
            "family",
            "garden",
            "heist",
            "island",
            "journey",
            "letter",
            "mystery",
            "night",
            "oil",
            "orchestra",
            "river",
            "rose",
            "silver",
            "station",
            "storm",
            "summer",
            "thriller",
            "train",
            "velvet",
            "winter",
            "writer");

    @Option(names = "--encoder", defaultValue = "e5-small-v2-q", description = "which (default: ${DEFAULT-VALUE})")
    private String encoder = "";

    @Option(names = "--texts", defaultValue = "128", description = "texts a round (default: ${DEFAULT-VALUE})")
    private int texts;

    @Option(
            names = "--prompts",
            defaultValue = "20000",
            description = "of the chat judge's long run; 0 leaves the chat judge out (default: ${DEFAULT-VALUE})")
    private int prompts;

    @Option(
            names = "--concurrency",
            defaultValue = "64",
            description = "calls of the chat judge at once (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--latency",
            defaultValue = "500",
            description = "milliseconds of a call while the rate is measured (default: ${DEFAULT-VALUE})")
    private int latencyMillis;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "that the rate is measured over (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    List<Measurement> measure(Turns turns) {
        if (texts < 1) {
            throw badUsage("--texts must be at least 1, not " + texts);
        }
        if (prompts < 0 || concurrency < 1 || latencyMillis < 1 || seconds < 1) {
            throw badUsage("--prompts must not be negative; --concurrency, --latency and --seconds must be at least 1");
        }
        List<Measurement> measurements = new ArrayList<>(encoding(turns));
        if (prompts > 0) {
            measurements.addAll(new ChatBenchmark(prompts, concurrency, latencyMillis, seconds).measure());
        }
        return measurements;
    }

    private List<Measurement> encoding(Turns turns) {
        EncoderModel model = model();
        List<String> sample = sample();
        try (SentenceEncoder sentences =
                new SentenceEncoder(model, Runtime.getRuntime().availableProcessors())) {
            float[][] batched = sentences.encode(sample);
            for (int n = 0; n < sample.size(); n++) {
                requireAlike(n, batched[n], sentences.encode(List.of(sample.get(n)))[0]);
            }
            Turns.Medians medians = turns.run(
                    () -> Turns.rate(texts, () -> sentences.encode(sample)),
                    () -> Turns.rate(texts, () -> sample.forEach(text -> sentences.encode(List.of(text)))));
            return List.of(new Measurement("encode " + model.label(), "texts/s", medians));
        }
    }

    static void requireAlike(int n, float[] vector, float[] reference) {
        float cosine = Kernels.scalar().dot(vector, 0, reference, 0, reference.length); // both have length 1
        if (!(cosine >= LEAST_COSINE)) {
            throw new IllegalStateException(
                    "text %d has other vectors in a batch and alone: cosine %.4f".formatted(n, cosine));
        }
    }

    private EncoderModel model() {
        try {
            return EncoderModel.of(encoder);
        } catch (IllegalArgumentException e) {
            throw badUsage(String.valueOf(e.getMessage()));
        }
    }

    /** Texts of 10 to 60 words. */
    private List<String> sample() {
        SplittableRandom random = new Seeds(1).random("texts");
        return IntStream.range(0, texts)
                .mapToObj(n -> random.ints(random.nextInt(10, 61), 0, WORDS.size())
                        .mapToObj(WORDS::get)
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
