package dev.discern.scoring.web;

import dev.discern.scoring.job.PromptPreview;
import dev.discern.scoring.job.PromptPreviews;
import dev.discern.scoring.prompt.PromptTemplate;
import dev.discern.scoring.prompt.PromptTemplates;
import dev.discern.web.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Prompt templates, and what a prompt looks like and costs. */
@RestController
@RequestMapping("/v1/admin/prompts")
final class PromptsController {

    private final PromptTemplates templates;
    private final PromptPreviews previews;

    PromptsController(PromptTemplates templates, PromptPreviews previews) {
        this.templates = templates;
        this.previews = previews;
    }

    /**
     * A template.
     *
     * @param current whether new runs ask with it
     * @param answer what the model is to write: {@code scores}, {@code ranking/T} or {@code choice}
     */
    record Version(String version, boolean current, int itemChars, String answer, String system, String message) {}

    @GetMapping
    List<Version> versions() {
        String current = templates.current().version();
        return templates.all().stream()
                .map(template -> version(template, current))
                .toList();
    }

    /**
     * Which prompt to show.
     *
     * @param userId of a user with three interactions or more
     * @param version of the template; that of new runs when absent
     * @param seed of the candidates; default 1
     */
    record PreviewRequest(
            @Nullable String userId,
            @Nullable String version,
            @Nullable Long seed) {}

    /** The prompt that a user would be asked about with, its tokens and its price. Asks nobody. */
    @PostMapping("/preview")
    PromptPreview preview(@RequestBody PreviewRequest request) {
        if (request.userId() == null) {
            throw ProblemException.invalid("/userId", "REQUIRED", "expected a user's id");
        }
        PromptTemplate template = request.version() == null
                ? templates.current()
                : templates
                        .find(request.version())
                        .orElseThrow(() -> ProblemException.invalid(
                                "/version", "UNKNOWN", "there is no prompt version " + request.version()));
        return previews.preview(template, request.userId(), request.seed() == null ? 1 : request.seed())
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "NO_PROMPT",
                        "there is no user %s with three interactions or more".formatted(request.userId())));
    }

    private static Version version(PromptTemplate template, String current) {
        return new Version(
                template.version(),
                template.version().equals(current),
                template.itemChars(),
                template.answer().name(),
                template.system(),
                template.message());
    }
}
