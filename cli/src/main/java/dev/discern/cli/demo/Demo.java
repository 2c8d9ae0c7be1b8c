package dev.discern.cli.demo;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.Reliability;
import dev.discern.cli.api.ServingApi;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.Evaluation;
import dev.discern.cli.api.TrainingApi.TrainingRequest;
import dev.discern.cli.api.TrainingApi.TrainingResult;
import dev.discern.cli.api.WorseThanChampionException;
import dev.discern.cli.data.SampleUsers;
import dev.discern.cli.report.DemoReport;
import dev.discern.cli.report.DemoReport.Runs;
import dev.discern.cli.report.DemoReport.Seconds;
import dev.discern.cli.report.EvaluationTable;
import dev.discern.cli.report.JudgeText;
import dev.discern.cli.report.RecommendationText;
import dev.discern.cli.report.TrainingText;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import dev.discern.client.model.RecommendationsAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The whole flow over the REST APIs: import, score, reliability, train, evaluate, promote, recommend. Where {@code history} learns from
 * the embedded judge, the judge is asked twice: about everybody, which tells how far it can be trusted, and then about the rare items
 * that {@code history} alone misses. Equal work is done once: a second run finds the jobs of the first and goes straight through.
 */
public final class Demo {

    private static final Duration SERVING = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int SHOWN = 3;

    private final ScoringApi scoring;
    private final TrainingApi training;
    private final ServingApi serving;
    private final Terminal terminal;

    /** Against three services. */
    public Demo(ScoringApi scoring, TrainingApi training, ServingApi serving, Terminal terminal) {
        this.scoring = scoring;
        this.training = training;
        this.serving = serving;
        this.terminal = terminal;
    }

    /** Does it all, prints what came out, and returns it. */
    public DemoReport run(DemoPlan plan) {
        Stopwatch watch = new Stopwatch();
        Groundwork groundwork = new Groundwork(scoring, terminal);
        groundwork.importFiles(plan.files());
        double imported = watch.lap();
        if (plan.needsTexts()) {
            terminal.note("%s sees texts as the encoder of the embedded judge does, so that is asked first"
                    .formatted(plan.backbone()));
            groundwork.ask(Judge.EMBEDDED, null, null, plan.seed());
        }
        long run = groundwork
                .ask(plan.judge(), plan.encoder(), plan.judgments(), plan.seed())
                .runId();
        double scored = watch.lap();
        Reliability reliability = scoring.reliability(run);
        watch.lap();
        List<TrainingResult> models = new ArrayList<>(List.of(train(plan, Regularizer.OFF, null)));
        double trained = watch.lap();
        Long rescueRun = plan.asksForRescue()
                ? groundwork
                        .askForRescue(models.getFirst().version(), plan.encoder(), plan.seed())
                        .orElse(null)
                : null;
        scored += watch.lap();
        for (Regularizer regularizer : plan.guided()) {
            models.add(train(plan, regularizer, rescueRun == null ? run : rescueRun));
        }
        trained += watch.lap();
        Evaluation evaluation =
                training.evaluate(models.stream().map(TrainingResult::version).toList(), plan.seed());
        double evaluated = watch.lap();
        String champion = promote(models);
        double exported = watch.lap();

        print(reliability, evaluation, models);
        showRecommendations(plan, champion);
        return DemoReport.of(
                new Runs(run, rescueRun),
                reliability,
                evaluation,
                new Seconds(imported, scored, trained, evaluated, exported));
    }

    private TrainingResult train(DemoPlan plan, Regularizer regularizer, @Nullable Long run) {
        terminal.note("Training %s (%d of %d): %s"
                .formatted(
                        plan.backbone(),
                        plan.regularizers().indexOf(regularizer) + 1,
                        plan.regularizers().size(),
                        regularizer));
        return training.train(new TrainingRequest(
                plan.backbone().toString(),
                regularizer.toString(),
                plan.seed(),
                regularizer.asksJudge() ? run : null,
                plan.threads(),
                Map.of()));
    }

    /**
     * Makes the gated model the champion, or the first where there is none, and waits until serving answers with it. Where it is
     * worse than the champion of an earlier run, the champion stays.
     */
    private String promote(List<TrainingResult> models) {
        String champion = models.stream()
                .filter(model -> model.regularizer().equals(Regularizer.GATED.toString()))
                .findFirst()
                .orElse(models.getFirst())
                .version();
        try {
            training.promote(champion, null);
        } catch (WorseThanChampionException e) {
            terminal.result("Not promoted: %s in".formatted(e.getMessage()));
            e.slices().forEach(slice -> terminal.result("  " + slice));
            champion = Objects.requireNonNullElse(training.aliases().get(TrainingApi.CHAMPION), champion);
        }
        long start = System.nanoTime();
        while (!champion.equals(servedVersion())) {
            if (System.nanoTime() - start > SERVING.toNanos()) {
                throw CliException.failed(
                        "serving did not load the champion %s within %d s: it answers with %s. Its log says why"
                                .formatted(champion, SERVING.toSeconds(), servedVersion()));
            }
            sleep();
        }
        return champion;
    }

    private @Nullable String servedVersion() {
        return serving.ready() ? serving.recommend("nobody", 1, false).getModelVersion() : null;
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for serving");
        }
    }

    private void print(Reliability reliability, Evaluation evaluation, List<TrainingResult> models) {
        Evaluation.Dataset dataset = evaluation.dataset();
        terminal.result("");
        terminal.result(String.format(
                Locale.ROOT,
                "%,d users, %,d items, %,d interactions; %,d cold users, %,d long-tail items",
                dataset.users(),
                dataset.items(),
                dataset.interactions(),
                dataset.coldUsers(),
                dataset.tailItems()));
        JudgeText.summary(reliability).forEach(terminal::result);
        JudgeText.verdict(reliability).forEach(terminal::result);
        models.stream()
                .filter(model -> model.regularizer().equals(Regularizer.GATED.toString()))
                .map(TrainingResult::gate)
                .filter(Objects::nonNull)
                .forEach(gate -> terminal.result("Gate: " + TrainingText.logLoss(gate)));
        new EvaluationTable(evaluation).lines().forEach(terminal::result);
        for (TrainingResult model : models) {
            for (String warning : model.warnings() == null ? List.<String>of() : model.warnings()) {
                terminal.result("Warning, " + model.regularizer() + ": " + warning);
            }
        }
    }

    private void showRecommendations(DemoPlan plan, String champion) {
        terminal.result("");
        terminal.result("Recommendations of the champion, " + champion);
        for (SampleUsers.User user : SampleUsers.of(plan.files().interactions())) {
            RecommendationsAnswer answer = serving.recommend(user.id(), SHOWN, true);
            terminal.result("For user %s, who has %d interactions:".formatted(user.id(), user.interactions()));
            RecommendationText.lines(answer).forEach(line -> terminal.result("  " + line));
        }
    }

    /** Seconds since the last lap. */
    private static final class Stopwatch {

        private long last = System.nanoTime();

        private double lap() {
            long now = System.nanoTime();
            double seconds = (now - last) / 1e9;
            last = now;
            return Math.round(seconds * 1000) / 1000.0;
        }
    }
}
