package dev.discern.training.job;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.DotProductScorer;
import dev.discern.training.backbone.JudgeAlone;
import dev.discern.training.backbone.LateFusion;
import dev.discern.training.backbone.MostPopular;
import dev.discern.training.backbone.Scorer;
import dev.discern.training.backbone.TextTaste;
import dev.discern.training.backbone.neighbour.ItemKnn;
import dev.discern.training.backbone.neighbour.TransitionKnn;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.evaluation.FusionWeight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What needs no training, as it would serve just before each user's test item: knowing the validation item, as all models do then.
 *
 * @param texts (items) vectors, null where an item has none
 * @param scores what the judge said of its candidates; null where nobody was asked
 */
@SuppressWarnings("ArrayRecordComponent") // large; the record is never compared
record Baselines(
        TemporalSplit split,
        float[] @Nullable [] texts,
        @Nullable SoftScores scores) {

    static final String JUDGE_ALONE = "judge-alone";

    private static final int NEIGHBOURS = 500;
    private static final int TASTE_ITEMS = 50;

    /** Which there are. */
    static List<String> names(boolean judged) {
        List<String> names = new ArrayList<>(List.of("popularity", "knn-item", "knn-transition", "content", "hybrid"));
        if (judged) {
            names.add(JUDGE_ALONE);
        }
        return names;
    }

    Scorer of(String name) {
        InteractionMatrix known = split.beforeTest();
        return switch (name) {
            case "popularity" -> DotProductScorer.of(MostPopular.of(split.train()));
            case "knn-item" -> ItemKnn.of(split.train(), known, NEIGHBOURS);
            case "knn-transition" -> TransitionKnn.of(split.train(), known, NEIGHBOURS);
            case "content" -> content(known);
            case "hybrid" ->
                fused(
                        TransitionKnn.of(split.train(), split.train(), NEIGHBOURS),
                        TransitionKnn.of(split.train(), known, NEIGHBOURS));
            case JUDGE_ALONE -> {
                SoftScores asked = scores;
                if (asked == null) {
                    throw new IllegalArgumentException(JUDGE_ALONE + " needs a scoring run");
                }
                yield new JudgeAlone(asked, known.users(), known.items());
            }
            default -> throw new IllegalArgumentException("no baseline is named " + name);
        };
    }

    /** A scorer and what texts tell, the weight chosen on validation. */
    Scorer fused(Scorer beforeValidation, Scorer beforeTest) {
        float weight = FusionWeight.choose(beforeValidation, content(split.train()), split)
                .weight();
        return new LateFusion(beforeTest, content(split.beforeTest()), weight);
    }

    private Scorer content(InteractionMatrix histories) {
        return DotProductScorer.of(TextTaste.of(texts, histories, TASTE_ITEMS));
    }
}
