package dev.discern.training.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.db.DataVersion;
import dev.discern.training.dataset.ScoringRunReader;
import dev.discern.training.job.TrainingJobs;
import dev.discern.training.job.TrainingPlan;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.LightGcnParameters;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainingParameters;
import dev.discern.web.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Starts training. */
@RestController
final class TrainingJobsController {

    private final TrainingJobs jobs;
    private final ScoringRunReader scoringRuns;
    private final DataSource dataSource;
    private final JsonMapper json;

    TrainingJobsController(TrainingJobs jobs, ScoringRunReader scoringRuns, DataSource dataSource, JsonMapper json) {
        this.jobs = jobs;
        this.scoringRuns = scoringRuns;
        this.dataSource = dataSource;
        this.json = json.rebuild()
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    /**
     * What to train; everything has a default.
     *
     * @param backbone {@code bpr-mf} (default), {@code history}, {@code lightgcn}
     * @param regularizer {@code off} (default), {@code gated}, {@code judge-free}, {@code global}, {@code pointwise}, {@code paper}
     * @param seed default 1
     * @param scoringRun whose judgments to learn from; needed by every regularizer but {@code off}
     * @param threads of {@code bpr-mf}, default 1, which makes a run repeatable to the bit; the others train on one
     * @param parameters any of {@link BprMfParameters}, {@link HistoryParameters} or {@link LightGcnParameters}, as the backbone is
     */
    record TrainingRequest(
            @Nullable String backbone,
            @Nullable String regularizer,
            @Nullable Long seed,
            @Nullable Long scoringRun,
            @Nullable Integer threads,
            @Nullable Map<String, Object> parameters) {}

    @PostMapping("/v1/admin/training-jobs")
    ResponseEntity<JobResource> train(@RequestBody TrainingRequest request) {
        DataVersion data = DataVersion.read(dataSource);
        if (data.interactions() == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NO_DATA", "there are no interactions to train on; import some first");
        }
        TrainingPlan plan = plan(request, data.name());
        if (plan.scoringRun() != null) {
            requireCompleted(plan.scoringRun());
        }
        return Jobs.answer(jobs.train(plan));
    }

    private TrainingPlan plan(TrainingRequest request, String dataVersion) {
        RegularizerKind regularizer = regularizer(request);
        try {
            BackboneKind backbone =
                    request.backbone() == null ? BackboneKind.BPR_MF : BackboneKind.of(request.backbone());
            TrainingParameters parameters = parameters(request, backbone, regularizer);
            return new TrainingPlan(
                    backbone,
                    regularizer,
                    request.seed() == null ? 1 : request.seed(),
                    regularizer.needsJudgments() ? request.scoringRun() : null,
                    request.threads() == null ? 1 : request.threads(),
                    parameters,
                    dataVersion);
        } catch (InvalidParameterException e) {
            throw ProblemException.invalid("/" + e.name(), "INVALID", String.valueOf(e.getMessage()));
        }
    }

    /** A run that is still being asked would teach one thing now and another after a restart. */
    private void requireCompleted(long run) {
        boolean completed = scoringRuns
                .isCompleted(run)
                .orElseThrow(
                        () -> ProblemException.invalid("/scoringRun", "UNKNOWN", "there is no scoring run " + run));
        if (!completed) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "RUN_NOT_COMPLETED",
                    "scoring run %d is not completed; wait for its job, or restart it".formatted(run));
        }
    }

    private static RegularizerKind regularizer(TrainingRequest request) {
        try {
            return RegularizerKind.of(request.regularizer() == null ? "off" : request.regularizer());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/regularizer", "UNKNOWN", String.valueOf(e.getMessage()));
        }
    }

    /** The regularizer's defaults with what the request says laid over them. */
    private TrainingParameters parameters(TrainingRequest request, BackboneKind backbone, RegularizerKind regularizer) {
        try {
            Map<String, Object> merged = new LinkedHashMap<>(json.convertValue(
                    backbone.defaults(regularizer),
                    json.getTypeFactory().constructMapType(Map.class, String.class, Object.class)));
            if (request.parameters() != null) {
                merged.putAll(request.parameters());
            }
            return json.convertValue(merged, backbone.parametersType());
        } catch (JacksonException e) {
            throw wrong(e);
        }
    }

    private static ProblemException wrong(JacksonException e) {
        if (e.getCause() instanceof InvalidParameterException invalid) {
            return ProblemException.invalid(
                    "/parameters/" + invalid.name(), "OUT_OF_RANGE", String.valueOf(invalid.getMessage()));
        }
        String pointer = e.getPath().stream()
                .map(step -> "/" + step.getPropertyName())
                .collect(Collectors.joining("", "/parameters", ""));
        return e instanceof UnrecognizedPropertyException unknown
                ? ProblemException.invalid(
                        pointer,
                        "UNKNOWN_FIELD",
                        "this parameter is unknown; known are " + unknown.getKnownPropertyIds())
                : ProblemException.invalid(pointer, "WRONG_TYPE", e.getOriginalMessage());
    }
}
