package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTests {

    @ParameterizedTest
    @CsvSource({
        "AUC, 1, 101, 1",
        "AUC, 101, 101, 0",
        "AUC, 26, 101, .75",
        "AUC, 50.5, 100, .5",
        "AUC, 1, 1, 1",
        "NDCG_10, 1, 100, 1",
        "NDCG_10, 3, 100, .5",
        "NDCG_10, 10, 100, .28906",
        "NDCG_10, 10.5, 100, 0",
        "NDCG_20, 15, 100, .25",
        "NDCG_20, 21, 100, 0",
        "RECALL_10, 10, 100, 1",
        "RECALL_10, 11, 100, 0",
        "RECALL_20, 20, 100, 1",
        "RECALL_20, 20.5, 100, 0",
        "MRR, 1, 100, 1",
        "MRR, 8, 100, .125"
    })
    void ofARank(Metric metric, double rank, int candidates, double expected) {
        assertThat(metric.of(rank, candidates)).isEqualTo(expected, within(1e-5));
    }
}
