package dev.discern.training.trainer;

/** What a regularizer sees of a model in training, and how it moves it. */
interface GuidedModel {

    /** {@code s(u, i) − s(u, j)}. */
    float difference(int user, int i, int j);

    /** {@code s(u, i)}. */
    float score(int user, int item);

    /** How unsure the model is of a user and an item, in [0, 1]. */
    float uncertainty(int user, int item);

    /** Ascends by {@code gradient} along {@code s(u, i) − s(u, j)}. */
    void guide(int user, int i, int j, float gradient);

    /** Ascends by {@code gradient} along {@code s(u, i)}. */
    void guide(int user, int item, float gradient);

    /** The learned vectors of items, live; that of {@code item} begins at {@link #vectorStart}. */
    float[] itemVectors();

    /** Where the vector of {@code item} begins. */
    int vectorStart(int item);

    /** Ascends by {@code gradient}, as long as the vector, along the vector of {@code item}. */
    void guideVector(int item, float[] gradient);
}
