package dev.discern.scoring.llm;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The sentence encoders that come with the build, quantized to 8 bits, 384 dimensions. */
public enum EncoderModel {
    /** The better judge. Trained with prefixes: both sides of a symmetric comparison take {@code query: }. */
    E5_SMALL_V2("e5-small-v2-q", "query: "),
    /** Twice as fast. */
    ALL_MINILM_L6_V2("all-minilm-l6-v2-q", "");

    private final String label;
    private final String prefix;

    EncoderModel(String label, String prefix) {
        this.label = label;
        this.prefix = prefix;
    }

    /** Its name in requests, reports and the vector cache. */
    public String label() {
        return label;
    }

    String prefix() {
        return prefix;
    }

    String modelResource() {
        return "/" + label + ".onnx";
    }

    String tokenizerResource() {
        return "/" + label + "-tokenizer.json";
    }

    /**
     * The encoder of this label.
     *
     * @throws IllegalArgumentException naming the known labels
     */
    public static EncoderModel of(String label) {
        return Arrays.stream(values())
                .filter(model -> model.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown encoder '%s'; known are %s"
                        .formatted(
                                label,
                                Arrays.stream(values())
                                        .map(EncoderModel::label)
                                        .collect(Collectors.joining(" and ")))));
    }
}
