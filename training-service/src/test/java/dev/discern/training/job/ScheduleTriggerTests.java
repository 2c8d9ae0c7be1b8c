package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.web.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleTriggerTests {

    private static final TrainingRequest DEFAULT =
            new TrainingRequest(null, null, null, null, null, null, null, null).complete();
    private static final Instant MADE = Instant.parse("2030-05-01T12:00:00Z");
    private static final String NIGHTLY = "0 0 3 * * *";

    @Test
    void cronIsDueOnceItsTimeHasCome() {
        Schedule schedule = schedule(NIGHTLY, null, null);

        assertThat(due(schedule, "2030-05-02T02:59:59Z", 0, 0)).isEmpty();
        assertThat(due(schedule, "2030-05-02T03:00:00Z", 0, 0)).contains("0 0 3 * * * was due at 2030-05-02T03:00:00Z");
        assertThat(due(schedule, "2030-05-09T03:00:00Z", 0, 0))
                .as("a week without a check is one firing")
                .contains("0 0 3 * * * was due at 2030-05-02T03:00:00Z");
    }

    @Test
    void newEventsAreDueWhenThereAreAsMany() {
        Schedule schedule = schedule(NIGHTLY, 1000L, null);

        assertThat(due(schedule, "2030-05-01T13:00:00Z", 999, 9)).isEmpty();
        assertThat(due(schedule, "2030-05-01T13:00:00Z", 1000, 0))
                .contains("1000 new events, 1000 were to be waited for");
    }

    @Test
    void driftIsDueOverItsThresholdAndWithEnoughEvents() {
        Schedule schedule = schedule(null, null, 0.2);

        assertThat(due(schedule, "2030-05-01T13:00:00Z", 500, 0.19)).isEmpty();
        assertThat(due(schedule, "2030-05-01T13:00:00Z", 499, 3)).isEmpty();
        assertThat(due(schedule, "2030-05-01T13:00:00Z", 500, 0.21))
                .contains("the items of 500 new events have drifted: PSI 0.210, threshold 0.200");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertInvalid(request(" ", NIGHTLY, null, null), "/name: a schedule needs a name of at most 100 characters");
        assertInvalid(request("n", null, null, null), "say when: one of cron, newEvents and drift is needed");
        assertInvalid(request("n", "at night", null, null), "/cron: 'at night' is no cron expression: ");
        assertInvalid(request("n", "0 0 3 30 2 *", null, null), "/cron: '0 0 3 30 2 *' is never due");
        assertInvalid(request("n", null, 0L, null), "/newEvents: newEvents must be at least 1, not 0");
        assertInvalid(request("n", null, null, 0.0), "/drift: drift must be in (0, 10.0], not 0.0");
        assertInvalid(request("n", null, null, Double.NaN), "/drift: drift must be in (0, 10.0], not NaN");
        assertInvalid(new ScheduleRequest("n", null, NIGHTLY, null, null, null, null), "/training: say what to train");
    }

    @Test
    void defaultsAreWrittenOut() {
        assertThat(DEFAULT).isEqualTo(new TrainingRequest("history", "off", 1L, null, null, null, 1, Map.of()));
    }

    private static void assertInvalid(ScheduleRequest request, String message) {
        assertThatThrownBy(() -> ScheduleRequests.check(request))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(message);
    }

    private static ScheduleRequest request(
            String name, @Nullable String cron, @Nullable Long newEvents, @Nullable Double drift) {
        return new ScheduleRequest(name, DEFAULT, cron, newEvents, drift, null, null);
    }

    private static Optional<String> due(Schedule schedule, String now, long events, double drift) {
        return ScheduleTrigger.due(schedule, Instant.parse(now), () -> events, () -> drift);
    }

    private static Schedule schedule(@Nullable String cron, @Nullable Long newEvents, @Nullable Double drift) {
        return new Schedule(
                1,
                "n",
                DEFAULT,
                cron,
                newEvents,
                drift,
                false,
                true,
                MADE,
                cron == null ? null : Schedule.next(cron, MADE),
                0,
                null,
                null,
                null,
                null);
    }
}
