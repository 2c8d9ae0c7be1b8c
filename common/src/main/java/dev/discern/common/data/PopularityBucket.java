package dev.discern.common.data;

/** How many training interactions an item has. */
public enum PopularityBucket {
    UP_TO_FIVE("<=5"),
    SIX_TO_THIRTY("6-30"),
    OVER_THIRTY(">30");

    private final String label;

    PopularityBucket(String label) {
        this.label = label;
    }

    public static PopularityBucket of(int count) {
        if (count <= 5) {
            return UP_TO_FIVE;
        }
        return count <= 30 ? SIX_TO_THIRTY : OVER_THIRTY;
    }

    /** As reports write it: {@code <=5}, {@code 6-30}, {@code >30}. */
    public String label() {
        return label;
    }
}
