package dev.discern.training.job;

import dev.discern.training.gate.PairKind;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainingParameters;
import dev.discern.web.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Makes plans of requests: defaults, checks, and what is wrong as a problem that names the field. */
@Component
class TrainingPlans {

    private static final long UNNAMED = 0;

    private final CompletedRuns runs;
    private final NamedVersions versions;
    private final WarmStarts warmStarts;
    private final JsonMapper json;

    TrainingPlans(CompletedRuns runs, NamedVersions versions, WarmStarts warmStarts, JsonMapper json) {
        this.runs = runs;
        this.versions = versions;
        this.warmStarts = warmStarts;
        this.json = json.rebuild()
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    /**
     * What a request asks for, on the data of this version.
     *
     * @throws ProblemException 400 naming the field; 404 when there is no such version to begin with; 409 when that version does not fit, the
     *     scoring run is not completed, or none is named and there is none
     */
    TrainingPlan plan(TrainingRequest request, String dataVersion) {
        TrainingPlan plan = unchecked(resolved(request), dataVersion);
        requireBeginning(plan);
        if (plan.scoringRun() != null && request.scoringRun() == null) {
            return plan.learningFrom(runs.newest(plan.backbone(), plan.pairs()));
        }
        requireRun(plan);
        return plan;
    }

    /** Refuses a plan whose version to begin with is not there or does not fit. */
    void requireBeginning(TrainingPlan plan) {
        warmStarts.requireFit(plan);
    }

    /** Refuses a plan whose scoring run is not completed. */
    void requireRun(TrainingPlan plan) {
        if (plan.scoringRun() != null) {
            runs.requireCompleted(plan.scoringRun(), "/scoringRun");
        }
    }

    /** The request with the version that is champion now, where that is what it names. */
    private TrainingRequest resolved(TrainingRequest request) {
        return request.warmStart() == null
                ? request
                : request.withWarmStart(
                        versions.resolve(request.warmStart(), "/warmStart").version());
    }

    /**
     * The same without a look at the scoring runs and the version to begin with: a run that is needed and not named is {@value #UNNAMED}.
     */
    TrainingPlan unchecked(TrainingRequest request, String dataVersion) {
        RegularizerKind regularizer = regularizer(request);
        try {
            BackboneKind backbone =
                    request.backbone() == null ? BackboneKind.DEFAULT : BackboneKind.of(request.backbone());
            TrainingParameters parameters = parameters(request, backbone, regularizer);
            return new TrainingPlan(
                    backbone,
                    regularizer,
                    request.seed() == null ? 1 : request.seed(),
                    regularizer.needsJudgments() ? Objects.requireNonNullElse(request.scoringRun(), UNNAMED) : null,
                    request.threads() == null ? 1 : request.threads(),
                    pairs(request),
                    uncertainty(request.uncertainty(), regularizer, backbone),
                    request.warmStart(),
                    parameters,
                    dataVersion);
        } catch (InvalidParameterException e) {
            throw ProblemException.invalid("/" + e.name(), "INVALID", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable PairKind pairs(TrainingRequest request) {
        return request.pairs() == null
                ? null
                : PairKind.of(request.pairs())
                        .orElseThrow(() -> new InvalidParameterException(
                                "pairs", "'%s' is unknown; known are uniform, rescue".formatted(request.pairs())));
    }

    /**
     * What a gate goes by: what a request says, else what suits the backbone; null where there is no gate.
     *
     * @throws InvalidParameterException naming the known labels
     */
    static @Nullable UncertaintyKind uncertainty(
            @Nullable String label, RegularizerKind regularizer, BackboneKind backbone) {
        UncertaintyKind asked = label == null ? backbone.uncertainty() : uncertainty(label);
        return regularizer.needsGate() ? asked : null;
    }

    /**
     * The kind of this label.
     *
     * @throws InvalidParameterException naming the known labels
     */
    static UncertaintyKind uncertainty(String label) {
        return UncertaintyKind.of(label)
                .orElseThrow(() -> new InvalidParameterException(
                        "uncertainty",
                        "'%s' is unknown; known are %s".formatted(label, String.join(", ", UncertaintyKind.labels()))));
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
