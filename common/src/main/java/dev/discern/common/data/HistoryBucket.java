package dev.discern.common.data;

/** How long a user's training history is; {@code ONE} and {@code TWO_TO_THREE} (and none at all) are cold users. */
public enum HistoryBucket {
    ONE("1"),
    TWO_TO_THREE("2-3"),
    FOUR_TO_TEN("4-10"),
    OVER_TEN(">10");

    /** A user with at most this many training interactions is cold. */
    public static final int COLD = 3;

    private final String label;

    HistoryBucket(String label) {
        this.label = label;
    }

    public static HistoryBucket of(int historyLength) {
        if (historyLength <= 1) {
            return ONE;
        }
        if (historyLength <= COLD) {
            return TWO_TO_THREE;
        }
        return historyLength <= 10 ? FOUR_TO_TEN : OVER_TEN;
    }

    /** As reports write it: {@code 1}, {@code 2-3}, {@code 4-10}, {@code >10}. */
    public String label() {
        return label;
    }
}
