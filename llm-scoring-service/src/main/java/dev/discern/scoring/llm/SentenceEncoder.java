package dev.discern.scoring.llm;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A sentence encoder on ONNX Runtime: texts in batches of like length, mean of the token vectors, length 1. It is an encoder, not
 * a language model that reasons: it tells how alike two texts are.
 */
public final class SentenceEncoder implements AutoCloseable {

    private static final int BATCH = 64;
    private static final int MAX_TOKENS = 128;

    private final EncoderModel model;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    /**
     * Loads the model from the class path; nothing is downloaded.
     *
     * @param threads of one batch
     */
    public SentenceEncoder(EncoderModel model, int threads) {
        this.model = model;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(resource(model.modelResource()), options);
            try (InputStream vocabulary = open(model.tokenizerResource())) {
                this.tokenizer = HuggingFaceTokenizer.newInstance(
                        vocabulary,
                        Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS)));
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder %s cannot be loaded".formatted(model.label()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the encoder %s cannot be read".formatted(model.label()), e);
        }
    }

    /** Vectors of length 1, one for each text, in order. */
    public float[][] encode(List<String> texts) {
        Encoding[] encodings = tokenizer.batchEncode(
                texts.stream().map(text -> model.prefix() + text).toList());
        Integer[] byLength = IntStream.range(0, texts.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(byLength, Comparator.comparingInt(n -> encodings[n].getIds().length));
        float[][] vectors = new float[texts.size()][];
        for (int from = 0; from < byLength.length; from += BATCH) {
            Integer[] batch = Arrays.copyOfRange(byLength, from, Math.min(from + BATCH, byLength.length));
            float[][] encoded =
                    encodeBatch(Arrays.stream(batch).map(n -> encodings[n]).toList());
            for (int k = 0; k < batch.length; k++) {
                vectors[batch[k]] = encoded[k];
            }
        }
        return vectors;
    }

    private float[][] encodeBatch(List<Encoding> batch) {
        int width = batch.stream()
                .mapToInt(encoding -> encoding.getIds().length)
                .max()
                .orElse(0);
        long[][] ids = new long[batch.size()][width];
        long[][] mask = new long[batch.size()][width];
        for (int n = 0; n < batch.size(); n++) {
            long[] tokens = batch.get(n).getIds();
            System.arraycopy(tokens, 0, ids[n], 0, tokens.length);
            Arrays.fill(mask[n], 0, tokens.length, 1);
        }
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, new long[batch.size()][width]);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            float[][][] tokenVectors = (float[][][]) result.get(0).getValue();
            float[][] vectors = new float[batch.size()][];
            for (int n = 0; n < vectors.length; n++) {
                vectors[n] = unitMean(tokenVectors[n], batch.get(n).getIds().length);
            }
            return vectors;
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder %s failed on a batch".formatted(model.label()), e);
        }
    }

    private static float[] unitMean(float[][] tokens, int count) {
        float[] mean = new float[tokens[0].length];
        for (int token = 0; token < count; token++) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += tokens[token][k];
            }
        }
        double square = 0;
        for (float value : mean) {
            square += value * value;
        }
        float scale = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
        for (int k = 0; k < mean.length; k++) {
            mean[k] *= scale;
        }
        return mean;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = SentenceEncoder.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the class path has no " + name);
        }
        return in;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder cannot be closed", e);
        }
    }
}
