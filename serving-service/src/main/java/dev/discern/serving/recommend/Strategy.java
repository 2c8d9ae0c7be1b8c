package dev.discern.serving.recommend;

/** How an answer was come by. */
public enum Strategy {
    /** From the vector of a user whom the model knows, or of an item. */
    PERSONALIZED,
    /** From a vector made of the session's items. */
    FOLD_IN,
    /** What most users have, because nothing is known of this one. */
    POPULAR
}
