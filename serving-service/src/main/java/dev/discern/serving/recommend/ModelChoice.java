package dev.discern.serving.recommend;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.model.ActiveModels;
import dev.discern.serving.model.ServingModel;
import dev.discern.web.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Which of the models answers a request: the one that is asked for, or the one of the side that the user is on. */
@Component
public final class ModelChoice {

    private static final int SECONDS_TO_A_MODEL = 5;

    private final ActiveModels models;
    private final Arms arms;

    ModelChoice(ActiveModels models, TrafficProperties traffic) {
        this.models = models;
        this.arms = new Arms(traffic.challengerShare());
    }

    /**
     * A model and the name under which it answers.
     *
     * @param drawn whether the user's side was drawn between champion and challenger
     */
    public record Chosen(Alias alias, ServingModel model, boolean drawn) {

        /** Who gives this answer of the model. */
        public Arm arm(Answer answer) {
            return new Arm(alias, answer.modelVersion(), drawn);
        }
    }

    /**
     * The model for a request: hold on to it until the answer is made.
     *
     * @param asked null where the caller does not care
     * @throws ProblemException 503 without a champion, 404 without a model under the alias that is asked for
     */
    public Chosen choose(Audience audience, @Nullable Alias asked) {
        Map<Alias, ServingModel> all = models.all();
        ServingModel challenger = all.get(Alias.CHALLENGER);
        boolean drawn = asked == null && challenger != null && isDrawn(audience);
        Alias alias = asked != null ? asked : challenger == null ? Alias.CHAMPION : arm(audience, challenger);
        ServingModel model = all.get(alias);
        if (model != null) {
            return new Chosen(alias, model, drawn);
        }
        if (alias != Alias.CHAMPION) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "NO_SUCH_MODEL", "there is no %s now".formatted(alias.label()));
        }
        throw new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "NO_MODEL",
                        "no model has been loaded yet: train one and make it champion")
                .retryAfter(SECONDS_TO_A_MODEL);
    }

    /** Sessions of somebody unknown have nothing by which they would stay on their side. */
    private Alias arm(Audience audience, ServingModel challenger) {
        return audience instanceof Audience.User user ? arms.of(user.userId(), challenger.version()) : Alias.CHAMPION;
    }

    private boolean isDrawn(Audience audience) {
        return audience instanceof Audience.User && arms.challengerShare() > 0;
    }
}
