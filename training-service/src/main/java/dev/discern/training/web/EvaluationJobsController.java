package dev.discern.training.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.training.evaluation.MatrixMarkdown;
import dev.discern.training.evaluation.MatrixPage;
import dev.discern.training.evaluation.MatrixReport;
import dev.discern.training.job.MatrixRequest;
import dev.discern.training.job.TrainingJobs;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.publish.UnknownVersionException;
import dev.discern.web.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts evaluations and hands out their reports. */
@RestController
final class EvaluationJobsController {

    /** Their names must fit into a job parameter. */
    private static final int MAX_MODELS = 50;

    private static final String MATRIX = "matrix";
    private static final Set<String> REPORTING = Set.of("evaluation", MATRIX);
    private static final String REPORT = "/v1/admin/reports/evaluation";
    private static final String HTML = "text/html;charset=UTF-8";
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TrainingJobs jobs;
    private final Jobs all;
    private final ModelRegistry registry;

    EvaluationJobsController(TrainingJobs jobs, Jobs all, ModelRegistry registry) {
        this.jobs = jobs;
        this.all = all;
        this.registry = registry;
    }

    /**
     * What to compare.
     *
     * @param models versions, the reference first; all that are there, oldest first, when absent
     * @param seed of the bootstrap, default 1
     * @param matrix models to train and compare, instead of published ones
     */
    record EvaluationRequest(
            @Nullable List<@Nullable String> models,
            @Nullable Long seed,
            @Nullable MatrixRequest matrix) {}

    @PostMapping("/v1/admin/evaluation-jobs")
    ResponseEntity<JobResource> evaluate(@RequestBody EvaluationRequest request) {
        if (request.matrix() != null) {
            if (request.models() != null) {
                throw ProblemException.invalid(
                        "/matrix", "INVALID", "a matrix trains its own models: name either models or a matrix");
            }
            return Jobs.answer(jobs.matrix(request.matrix()));
        }
        List<String> versions = request.models() == null
                ? registry.current().reversed().stream()
                        .map(ModelVersion::version)
                        .toList()
                : registered(request.models());
        if (versions.isEmpty()) {
            throw ProblemException.invalid("/models", "REQUIRED", "there is no model to evaluate; train one first");
        }
        if (versions.size() > MAX_MODELS) {
            throw ProblemException.invalid(
                    "/models",
                    "OUT_OF_RANGE",
                    "at most %d models can be compared at once, not %d; name those that matter"
                            .formatted(MAX_MODELS, versions.size()));
        }
        return Jobs.answer(jobs.evaluate(versions, request.seed() == null ? 1 : request.seed()));
    }

    private List<String> registered(List<@Nullable String> asked) {
        List<String> versions = new ArrayList<>();
        for (String version : asked) {
            try {
                versions.add(registry.require(String.valueOf(version)).version());
            } catch (UnknownVersionException e) {
                throw ProblemException.invalid("/models/" + versions.size(), "UNKNOWN", String.valueOf(e.getMessage()));
            }
        }
        return versions;
    }

    /** The report of an evaluation job. */
    @GetMapping(path = REPORT, produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode report(@RequestParam long job) {
        return result(job).node();
    }

    /** The report on a matrix, as a page that may load nothing and run nothing, wherever it is opened. */
    @GetMapping(path = REPORT, produces = HTML)
    ResponseEntity<String> page(@RequestParam long job) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(MatrixPage.of(matrix(job)));
    }

    /** The report on a matrix as Markdown. */
    @GetMapping(path = REPORT, produces = MARKDOWN)
    String markdown(@RequestParam long job) {
        return MatrixMarkdown.of(matrix(job));
    }

    private record Result(String job, JsonNode node) {}

    private Result result(long job) {
        JobResource resource = all.get(job);
        JsonNode result = resource.result();
        if (!REPORTING.contains(resource.name()) || result == null) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "NO_REPORT", "job %d has no evaluation report".formatted(job));
        }
        return new Result(resource.name(), result);
    }

    private MatrixReport matrix(long job) {
        Result result = result(job);
        if (!result.job().equals(MATRIX)) {
            throw new ProblemException(
                    HttpStatus.NOT_ACCEPTABLE,
                    "NO_PAGE",
                    "job %d compares published models, whose report is JSON alone; a page is made of a matrix"
                            .formatted(job));
        }
        return JSON.treeToValue(result.node(), MatrixReport.class);
    }
}
