package dev.discern.training.testing;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.AuditPairs;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.dataset.TrainingData;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two tastes: users and items of even index like each other, those of odd index likewise, and within a taste low indices are the
 * popular ones. What there is to learn is the taste.
 */
public record PlantedData(int users, int items, long seed) {

    /** Of a run that has none of a kind. */
    public static final JudgedPairs NO_PAIRS =
            new JudgedPairs(new int[0], new int[0], new int[0], new float[0], new float[0]);

    private static final double LOYALTY = 0.95;

    /** A data set that trains in milliseconds. */
    public static PlantedData small() {
        return new PlantedData(90, 60, 7);
    }

    /** Whether the two are of one taste. */
    public boolean likes(int user, int item) {
        return (user - item) % 2 == 0;
    }

    /** Each user's 5 to 12 distinct items, oldest first. */
    public InteractionMatrix histories() {
        SplittableRandom random = new Seeds(seed).random("histories");
        int[] rowStart = new int[users + 1];
        IntStream.Builder columns = IntStream.builder();
        for (int user = 0; user < users; user++) {
            Set<Integer> row = new LinkedHashSet<>();
            int length = 5 + random.nextInt(8);
            while (row.size() < length) {
                row.add(draw(user, random));
            }
            row.forEach(columns::add);
            rowStart[user + 1] = rowStart[user] + length;
        }
        return new InteractionMatrix(items, rowStart, columns.build().toArray());
    }

    private int draw(int user, SplittableRandom random) {
        int perTaste = items / 2;
        double skewed = Math.pow(random.nextDouble(), 1.5);
        int taste = random.nextDouble() < LOYALTY ? user % 2 : 1 - user % 2;
        return 2 * (int) (skewed * perTaste) + taste;
    }

    public TrainingData data() {
        return TrainingData.of(histories());
    }

    /**
     * What a judge says who knows the tastes, with some noise.
     *
     * @param perUser pairs, audits and scores of each user
     */
    public Judgments judgments(int perUser) {
        SplittableRandom random = new Seeds(seed).random("judgments");
        int[] validation = data().split().validation();
        int size = users * perUser;
        int[] user = new int[size];
        int[] preferred = new int[size];
        int[] other = new int[size];
        float[] margin = new float[size];
        float[] consistency = new float[size];
        int[] chosen = new int[size];
        int[] beside = new int[size];
        float[] auditMargin = new float[size];
        double[] weight = new double[size];
        float[] score = new float[size];
        for (int n = 0; n < size; n++) {
            int u = n / perUser;
            int like = 2 * random.nextInt(items / 2) + u % 2;
            user[n] = u;
            preferred[n] = like;
            other[n] = 2 * random.nextInt(items / 2) + 1 - u % 2;
            margin[n] = 0.5f + random.nextFloat();
            consistency[n] = 1;
            chosen[n] = validation[u];
            beside[n] = (validation[u] + 1 + random.nextInt(items - 1)) % items;
            auditMargin[n] = (float) (soft(u, chosen[n]) - soft(u, beside[n]) + 0.3 * random.nextGaussian());
            weight[n] = 1;
            score[n] = (float) (soft(u, like) + 0.1 * random.nextGaussian());
        }
        return new Judgments(
                new JudgedPairs(user, preferred, other, margin, consistency),
                NO_PAIRS,
                new AuditPairs(user, chosen, beside, auditMargin, consistency, weight, uniform(size)),
                new SoftScores(user, preferred, score));
    }

    /** Texts of eight numbers that tell the taste, and a little of the item. */
    public TextFeatures texts() {
        SplittableRandom random = new Seeds(seed).random("texts");
        float[][] vectors = new float[items][8];
        for (int item = 0; item < items; item++) {
            for (int d = 0; d < 8; d++) {
                vectors[item][d] = (float) ((d < 2 ? 1 - 2 * (item % 2) : 0) + 0.3 * random.nextGaussian());
            }
        }
        return TextFeatures.of(vectors, 4, 2);
    }

    /** That many times the source {@code UNIFORM}. */
    public static CandidateSource[] uniform(int size) {
        CandidateSource[] source = new CandidateSource[size];
        Arrays.fill(source, CandidateSource.UNIFORM);
        return source;
    }

    private double soft(int user, int item) {
        return likes(user, item) ? 1 : -1;
    }
}
