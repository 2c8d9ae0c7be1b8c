package dev.discern.training.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models to train and compare; everything has a default.
 *
 * @param backbones default {@code history} and {@code bpr-mf}
 * @param regularizers default all that can be; {@code gated} brings its controls
 * @param baselines whether what needs no training stands beside them; default true
 * @param seeds how many, default 3
 * @param scoringRun whose judgments to learn from; where neither run is named and some regularizer needs one, the newest completed run
 *     with uniform pairs
 * @param rescueRun a run with rescue pairs, for {@code history}; default {@code scoringRun}, and where that is not named either the
 *     newest completed run with rescue pairs, if there is one
 * @param uncertainty what gates take for the models' uncertainty, as of a {@link TrainingRequest}; the second model of {@code ensemble}
 *     is the backbone alone with the next seed, so there must be two seeds at least
 * @param rareGains gains of rare items' texts, each a row; default 0, 1 and 2
 * @param lambdas weights that are tried on validation for the rivals; default 0.03, 0.1 and 0.3
 * @param shuffleDays whether to shuffle what a user had on one day (UTC) before the split; default false. Then the models are
 *     those that need no judge: {@code off}, {@code kar} and the baselines
 */
public record MatrixRequest(
        @Nullable List<String> backbones,
        @Nullable List<String> regularizers,
        @Nullable Boolean baselines,
        @Nullable Integer seeds,
        @Nullable Long scoringRun,
        @Nullable Long rescueRun,

        @Schema(
                description =
                        "as of a training job; ensemble takes the backbones alone of two seeds, so there must be two at least")
        @Nullable
        String uncertainty,

        @Nullable List<Float> rareGains,
        @Nullable List<Float> lambdas,
        @Nullable Boolean shuffleDays) {}
