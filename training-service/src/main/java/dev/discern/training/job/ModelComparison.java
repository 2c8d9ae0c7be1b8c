package dev.discern.training.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.discern.training.evaluation.RegressionCheck.SliceDifference;
import java.util.List;

/**
 * What the guard found of a version and a champion.
 *
 * @param sameData whether both were trained on the same data; elsewhere they are tested where both can be
 * @param users how many were tested
 * @param slices NDCG@10 of the version minus that of the champion, in each slice with enough users
 */
public record ModelComparison(
        String version, String champion, boolean sameData, int users, List<SliceDifference> slices) {

    public ModelComparison {
        slices = List.copyOf(slices);
    }

    /** The slices in which the version is worse. */
    @JsonIgnore
    public List<SliceDifference> worse() {
        return slices.stream().filter(SliceDifference::worse).toList();
    }
}
