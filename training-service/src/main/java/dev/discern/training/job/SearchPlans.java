package dev.discern.training.job;

import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.web.problem.FieldProblem;
import dev.discern.web.problem.ProblemException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes search plans of requests: defaults, checks, and what is wrong as a problem that names the field. */
@Component
class SearchPlans {

    private static final int MAX_TRIALS = 256;
    private static final int DEFAULT_TRIALS = 16;
    private static final int MIN_ETA = 2;
    private static final int MAX_ETA = 4;

    /** What Spring Batch's tables hold of a job parameter. */
    private static final int MAX_PLAN_LENGTH = 2_500;

    private final TrainingPlans trainings;

    SearchPlans(TrainingPlans trainings) {
        this.trainings = trainings;
    }

    /**
     * What a request asks for, on the data of this version.
     *
     * @throws ProblemException 400 naming the field, 409 when the scoring run is not completed
     */
    SearchPlan plan(SearchRequest request, String dataVersion) {
        TrainingPlan common = trainings.plan(training(request, Map.of()), dataVersion);
        try {
            SearchStrategy strategy =
                    request.strategy() == null ? SearchStrategy.RANDOM : SearchStrategy.of(request.strategy());
            int trials = Objects.requireNonNullElse(request.trials(), DEFAULT_TRIALS);
            if (trials < 1 || trials > MAX_TRIALS) {
                throw new InvalidParameterException(
                        "trials", "must be in [1, %d], not %d".formatted(MAX_TRIALS, trials));
            }
            int eta = eta(request, strategy);
            SearchPlan plan = new SearchPlan(
                    common.backbone(),
                    common.regularizer(),
                    common.seed(),
                    common.scoringRun(),
                    common.pairs(),
                    common.uncertainty(),
                    trials,
                    strategy,
                    eta,
                    rungs(request, strategy, trials, common.parameters().maxEpochs(), eta),
                    ranges(request, common, strategy),
                    request.parameters() == null ? Map.of() : request.parameters(),
                    dataVersion);
            requireDistinct(plan);
            requireShort(plan);
            return plan;
        } catch (InvalidParameterException e) {
            throw ProblemException.invalid("/" + e.name(), "OUT_OF_RANGE", String.valueOf(e.getMessage()));
        }
    }

    private static int eta(SearchRequest request, SearchStrategy strategy) {
        if (request.eta() == null) {
            return MIN_ETA;
        }
        requireHalving("eta", strategy);
        if (request.eta() < MIN_ETA || request.eta() > MAX_ETA) {
            throw new InvalidParameterException(
                    "eta", "must be in [%d, %d], not %d".formatted(MIN_ETA, MAX_ETA, request.eta()));
        }
        return request.eta();
    }

    private static int rungs(SearchRequest request, SearchStrategy strategy, int trials, int epochs, int eta) {
        if (request.rungs() == null) {
            return strategy == SearchStrategy.RANDOM ? 1 : HalvingSchedule.rungs(trials, epochs, eta);
        }
        requireHalving("rungs", strategy);
        return HalvingSchedule.of(trials, epochs, eta, request.rungs()).size();
    }

    private static void requireHalving(String name, SearchStrategy strategy) {
        if (strategy != SearchStrategy.HALVING) {
            throw new InvalidParameterException(name, "belongs to the strategy halving only");
        }
    }

    private Map<String, SearchRange> ranges(SearchRequest request, TrainingPlan common, SearchStrategy strategy) {
        if (request.ranges() == null || request.ranges().isEmpty()) {
            throw ProblemException.invalid("/ranges", "REQUIRED", "name the range of one parameter at least");
        }
        Map<String, Class<?>> types = Arrays.stream(
                        common.backbone().parametersType().getRecordComponents())
                .collect(Collectors.toMap(
                        RecordComponent::getName, RecordComponent::getType, (a, b) -> a, LinkedHashMap::new));
        Map<String, SearchRange> ranges = new LinkedHashMap<>();
        request.ranges().forEach((name, range) -> {
            String pointer = "/ranges/" + name.replace("~", "~0").replace("/", "~1");
            Class<?> type = types.get(name);
            if (type == null) {
                throw ProblemException.invalid(
                        pointer, "UNKNOWN_FIELD", "this parameter is unknown; known are " + types.keySet());
            }
            if (range == null) {
                throw ProblemException.invalid(pointer, "REQUIRED", "say from low to high, or values");
            }
            requireFree(request, common, strategy, name, pointer);
            ranges.put(name, range(request, name, range, type == int.class, pointer));
        });
        return ranges;
    }

    /** A parameter that something else sets, or that changes nothing, is not looked for. */
    private static void requireFree(
            SearchRequest request, TrainingPlan common, SearchStrategy strategy, String name, String pointer) {
        if (request.parameters() != null && request.parameters().containsKey(name)) {
            throw ProblemException.invalid(
                    pointer, "INVALID", "%s has a value in parameters: give either that or a range".formatted(name));
        }
        if (strategy == SearchStrategy.HALVING && name.equals(SearchPlan.budget(common.backbone()))) {
            throw ProblemException.invalid(
                    pointer,
                    "INVALID",
                    "halving says how many epochs a trial has: give %s in parameters, as those of the last rung"
                            .formatted(name));
        }
        if (name.equals("lambda") && common.regularizer() == RegularizerKind.OFF) {
            throw ProblemException.invalid(
                    pointer, "INVALID", "lambda is the weight of a regularizer, and there is none: regularizer is off");
        }
    }

    private SearchRange range(
            SearchRequest request, String name, SearchRequest.Range range, boolean whole, String pointer) {
        if (range.values() != null) {
            return values(request, name, range, range.values(), pointer);
        }
        if (range.low() == null || range.high() == null) {
            throw ProblemException.invalid(
                    pointer + (range.low() == null ? "/low" : "/high"), "REQUIRED", "say both low and high, or values");
        }
        boolean log = isLog(range.scale(), pointer);
        requirePossible(request, name, range.low(), pointer + "/low");
        requirePossible(request, name, range.high(), pointer + "/high");
        double low = range.low().doubleValue();
        double high = range.high().doubleValue();
        if (!(low < high)) {
            throw ProblemException.invalid(
                    pointer, "INVALID", "low must be below high, not %s and %s".formatted(range.low(), range.high()));
        }
        if (log && low <= 0) {
            throw ProblemException.invalid(
                    pointer + "/low", "INVALID", "must be above 0 on a log scale, not " + range.low());
        }
        return SearchRange.between(low, high, log, whole);
    }

    private SearchRange values(
            SearchRequest request,
            String name,
            SearchRequest.Range range,
            List<@Nullable Number> values,
            String pointer) {
        if (range.low() != null || range.high() != null || range.scale() != null) {
            throw ProblemException.invalid(pointer, "INVALID", "say either values, or low and high with their scale");
        }
        if (values.isEmpty()) {
            throw ProblemException.invalid(pointer + "/values", "REQUIRED", "name one value at least");
        }
        for (int n = 0; n < values.size(); n++) {
            requirePossible(request, name, values.get(n), pointer + "/values/" + n);
        }
        return SearchRange.among(values.stream().map(Objects::requireNonNull).toList());
    }

    private static boolean isLog(@Nullable String scale, String pointer) {
        return switch (scale) {
            case null -> false;
            case "linear" -> false;
            case "log" -> true;
            default ->
                throw ProblemException.invalid(
                        pointer + "/scale", "UNKNOWN", "'%s' is unknown; known are linear, log".formatted(scale));
        };
    }

    /** What training would refuse is refused here, at the end of the range. */
    private void requirePossible(SearchRequest request, String name, @Nullable Number value, String pointer) {
        if (value == null) {
            throw ProblemException.invalid(pointer, "REQUIRED", "expected a number, not null");
        }
        try {
            trainings.unchecked(training(request, Map.of(name, value)), "");
        } catch (ProblemException e) {
            FieldProblem found = e.errors().getFirst();
            throw ProblemException.invalid(pointer, found.code(), found.message());
        }
    }

    /** The training of what all trials have in common, with some values laid over it. */
    private static TrainingRequest training(SearchRequest request, Map<String, ?> over) {
        Map<String, Object> parameters =
                new LinkedHashMap<>(request.parameters() == null ? Map.of() : request.parameters());
        parameters.putAll(over);
        return new TrainingRequest(
                request.backbone(),
                request.regularizer(),
                request.seed(),
                request.scoringRun(),
                request.pairs(),
                request.uncertainty(),
                1,
                parameters);
    }

    private static void requireDistinct(SearchPlan plan) {
        int distinct = plan.draws().size();
        if (distinct < plan.trials()) {
            throw new InvalidParameterException(
                    "trials",
                    "must be at most %d, not %d: the ranges have no more different points"
                            .formatted(distinct, plan.trials()));
        }
    }

    private static void requireShort(SearchPlan plan) {
        int length = plan.fingerprint().length();
        if (length > MAX_PLAN_LENGTH) {
            throw new InvalidParameterException(
                    "ranges",
                    "are too many: the search takes %d characters to write down, and %d are kept; name fewer values"
                            .formatted(length, MAX_PLAN_LENGTH));
        }
    }
}
