package dev.discern.serving.web;

/** How large a request may be: what a page can show with room to spare, and small enough that no request hurts another. */
final class Limits {

    static final int K = 1_000;
    static final int ID_LENGTH = 512;
    /** What is said to an id that is empty or longer. */
    static final String ID = "expected 1 to 512 characters";

    /** Of texts that are kept: Postgres has no null character. */
    static final String STORABLE = "[^\\x00]*";
    /** What is said to a text that has one. */
    static final String NULL_CHARACTER = "holds a null character";

    static final int SESSION_ITEMS = 1_000;
    static final int CATEGORIES = 100;
    static final int EXCLUDED_ITEMS = 10_000;
    static final int BOOSTS = 20;
    static final int RANKED_ITEMS = 1_000;
    static final int BATCH_USERS = 10_000;
    static final int EVENTS = 1_000;
    static final int TITLE = 2_000;
    static final int NAME = 200;
    static final int TEXT = 20_000;
    static final int ATTRIBUTES = 100;

    private Limits() {}
}
