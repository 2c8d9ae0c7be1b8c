package dev.discern.serving.web;

import dev.discern.serving.traffic.ArmReport;
import dev.discern.serving.traffic.ArmReports;
import dev.discern.serving.traffic.ShadowAnswers;
import dev.discern.serving.traffic.ShadowReport;
import dev.discern.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the champion, the challenger and the shadow are worth. */
@RestController
@RequestMapping("/v1/admin/reports")
@Tag(name = "Reports", description = "What the models behind the aliases are worth to users")
final class TrafficController {

    private static final String CSV = "text/csv;charset=UTF-8";
    private static final int DAYS = 30;
    private static final String SINCE = "the first day that counts, UTC, such as 2026-01-31; by default 30 days ago";

    private final ArmReports arms;
    private final ShadowAnswers shadow;
    private final Clock clock;

    TrafficController(ArmReports arms, ShadowAnswers shadow, Clock clock) {
        this.arms = arms;
        this.shadow = shadow;
        this.clock = clock;
    }

    @Operation(
            operationId = "arms",
            summary = "What came of the answers of each arm, and how far the challenger is ahead",
            description =
                    "An arm is an alias, a version, and whether users' sides were drawn: only such arms are compared. Answers are counted by"
                            + " this service, of all its processes; events count by the recommendationId that they carry, an answer once."
                            + " Intervals are of 95 % and take answers for independent, which those of one user are not quite. With"
                            + " Accept: text/csv the arms come as CSV.")
    @GetMapping(path = "/arms", produces = MediaType.APPLICATION_JSON_VALUE)
    ArmReport arms(
            @Parameter(description = SINCE) @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable
                    LocalDate since) {
        return report(since);
    }

    @Operation(hidden = true) // the description of the operation above tells of it
    @GetMapping(path = "/arms", produces = CSV)
    String armsTable(
            @Parameter(description = SINCE) @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable
                    LocalDate since) {
        return report(since).csv();
    }

    private ArmReport report(@Nullable LocalDate since) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (since != null && since.isAfter(today)) {
            throw ProblemException.invalid("since", "OUT_OF_RANGE", "expected a day that has begun, UTC, got " + since);
        }
        return arms.since(since == null ? today.minusDays(DAYS) : since);
    }

    @Operation(
            operationId = "shadow",
            summary = "How the shadow answers what others have answered",
            description =
                    "Of the replica that is asked, since it first saw this version; the metrics discern_shadow_* have all replicas.")
    @GetMapping("/shadow")
    ShadowReport shadow() {
        return shadow.report()
                .orElseThrow(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "NO_SUCH_MODEL", "there is no shadow now"));
    }
}
