package dev.discern.training.evaluation;

/** A ranking metric of one user with one held-out item, from that item's rank. */
public enum Metric {
    /** The share of the other items that rank below the held-out one; ties count half. */
    AUC("auc") {
        @Override
        double of(double rank, int candidates) {
            return candidates == 1 ? 1 : 1 - (rank - 1) / (candidates - 1);
        }
    },
    NDCG_10("ndcg@10") {
        @Override
        double of(double rank, int candidates) {
            return discounted(rank, 10);
        }
    },
    NDCG_20("ndcg@20") {
        @Override
        double of(double rank, int candidates) {
            return discounted(rank, 20);
        }
    },
    RECALL_10("recall@10") {
        @Override
        double of(double rank, int candidates) {
            return rank <= 10 ? 1 : 0;
        }
    },
    RECALL_20("recall@20") {
        @Override
        double of(double rank, int candidates) {
            return rank <= 20 ? 1 : 0;
        }
    },
    MRR("mrr") {
        @Override
        double of(double rank, int candidates) {
            return 1 / rank;
        }
    };

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    /** As reports write it. */
    public String label() {
        return label;
    }

    /**
     * The metric's value in [0, 1].
     *
     * @param rank 1 for the best; the middle of the ranks it could have when it ties with others
     * @param candidates how many items were ranked, the held-out one included
     */
    abstract double of(double rank, int candidates);

    /** With one relevant item the ideal gain is 1, so NDCG is the discount at its rank (Järvelin and Kekäläinen, 2002). */
    private static double discounted(double rank, int cutOff) {
        return rank <= cutOff ? Math.log(2) / Math.log(rank + 1) : 0;
    }
}
