package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi.Schedule;
import dev.discern.cli.api.TrainingApi.ScheduleRequest;
import dev.discern.cli.api.TrainingApi.TrainingRequest;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.TextTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern schedules}: when to train again. */
@Command(
        name = "schedules",
        description = "Lists, adds and removes the schedules by which models are trained again.",
        footer = {
            "",
            "Examples:",
            "  discern schedules list",
            "  discern schedules add nightly --cron \"0 0 3 * * *\" --promote",
            "  discern schedules remove 1"
        })
public final class SchedulesCommand {

    /** {@code discern schedules list}. */
    @Command(
            name = "list",
            description = "Lists the schedules and what their last firing came to.",
            footer = {"", "Example:", "  discern schedules list"})
    public static final class ListAll implements Callable<Integer> {

        private final Session session;

        /** In a session. */
        public ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TextTable table =
                    new TextTable("id", "name", "model", "when", "promote", "next", "fired", "because", "outcome");
            for (Schedule schedule : session.training().schedules()) {
                table.row(List.of(
                        Long.toString(schedule.id()),
                        schedule.name(),
                        schedule.training().backbone() + " "
                                + schedule.training().regularizer()
                                + (schedule.training().warmStart() == null
                                        ? ""
                                        : " from " + schedule.training().warmStart()),
                        when(schedule),
                        schedule.promote() ? "yes" : "no",
                        schedule.enabled() ? orEmpty(schedule.nextAt()) : "disabled",
                        orEmpty(schedule.firedAt()).replaceFirst("\\..*", "Z"),
                        orEmpty(schedule.firedBecause()),
                        outcome(schedule)));
            }
            table.lines().forEach(session.terminal()::result);
            return 0;
        }

        private static String when(Schedule schedule) {
            List<String> triggers = new ArrayList<>();
            if (schedule.cron() != null) {
                triggers.add(schedule.cron());
            }
            if (schedule.newEvents() != null) {
                triggers.add(schedule.newEvents() + " new events");
            }
            if (schedule.drift() != null) {
                triggers.add("drift " + schedule.drift());
            }
            return String.join(" or ", triggers);
        }

        private static String outcome(Schedule schedule) {
            if (schedule.outcome() != null) {
                return schedule.outcome();
            }
            return schedule.job() == null ? "" : "job %d runs".formatted(schedule.job());
        }

        private static String orEmpty(@Nullable String text) {
            return Objects.requireNonNullElse(text, "");
        }
    }

    /** {@code discern schedules add}. */
    @Command(
            name = "add",
            description = "Adds a schedule. Of several triggers the first that holds fires.",
            footer = {
                "",
                "Examples:",
                "  discern schedules add nightly --cron \"0 0 3 * * *\" --promote",
                "  discern schedules add busy --new-events 100000 --drift --regularizer gated --promote"
            })
    public static final class Add implements Callable<Integer> {

        private static final String USUAL_DRIFT = "0.2";

        @Parameters(paramLabel = "NAME", description = "for the list and the log")
        private String name = "";

        @Option(
                names = "--cron",
                paramLabel = "EXPRESSION",
                description = "second, minute, hour, day of month, month, day of week; in UTC")
        private @Nullable String cron;

        @Option(names = "--new-events", paramLabel = "N", description = "as many new interactions since the last time")
        private @Nullable Long newEvents;

        @Option(
                names = "--drift",
                paramLabel = "PSI",
                arity = "0..1",
                fallbackValue = USUAL_DRIFT,
                description = "when the items of new interactions differ from the earlier ones' by more than this"
                        + " population stability index; without a number ${FALLBACK-VALUE}")
        private @Nullable Double drift;

        @Option(names = "--promote", description = "make the model the champion, unless it is worse")
        private boolean promote;

        @Mixin
        private final ModelOptions model = new ModelOptions();

        @Option(
                names = "--threads",
                description =
                        "with more than 1 a run of bpr-mf is not repeatable to the last digit; default ${DEFAULT-VALUE}")
        private int threads = 1;

        @Option(
                names = "--warm-start",
                paramLabel = "VERSION",
                description =
                        "begin with what this version has learned; champion is the one that is champion when it fires")
        private @Nullable String warmStart;

        @Option(
                names = "--param",
                paramLabel = "NAME=NUMBER",
                description = "a parameter of the backbone or the regularizer, for example dim=64")
        private Map<String, BigDecimal> parameters = Map.of();

        private final Session session;

        /** In a session. */
        public Add(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (cron == null && newEvents == null && drift == null) {
                throw CliException.badUsage("say when: --cron, --new-events or --drift");
            }
            Arguments.requirePositive("--threads", threads);
            TrainingRequest training = new TrainingRequest(
                    model.backbone(),
                    model.regularizer(),
                    model.seed(),
                    model.scoringRun(),
                    null,
                    threads,
                    warmStart,
                    parameters);
            Schedule made = session.training()
                    .addSchedule(new ScheduleRequest(name, training, cron, newEvents, drift, promote));
            session.terminal().result("schedule %d: %s".formatted(made.id(), made.name()));
            return 0;
        }
    }

    /** {@code discern schedules remove}. */
    @Command(
            name = "remove",
            description = "Removes a schedule; a training that it has started goes on.",
            footer = {"", "Example:", "  discern schedules remove 1"})
    public static final class Remove implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "as `discern schedules list` shows it")
        private long id;

        private final Session session;

        /** In a session. */
        public Remove(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            session.training().removeSchedule(id);
            session.terminal().result("removed schedule " + id);
            return 0;
        }
    }
}
