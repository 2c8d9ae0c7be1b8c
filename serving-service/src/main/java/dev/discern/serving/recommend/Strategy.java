package dev.discern.serving.recommend;

/** How an answer was come by. */
public enum Strategy {
    /** From the vector of a user whom the model knows, or of an item. */
    PERSONALIZED,
    /** From a vector made of what the session, or a user whom training did not know, has touched. */
    FOLD_IN,
    /** What most users have of the categories that the user likes, or that the session's new items have. */
    CONTENT,
    /** What most users have, because nothing is known of this one. */
    POPULAR
}
