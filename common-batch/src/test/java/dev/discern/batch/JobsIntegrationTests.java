package dev.discern.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

class JobsIntegrationTests extends JobsServiceTest {

    @Autowired
    private JobRepository repository;

    @Test
    void anUnknownJobIsNotFoundWhateverIsAskedOfIt() throws Exception {
        for (HttpResponse<String> answer : List.of(
                get("/999999"),
                get("/999999/events"),
                post("/999999:stop"),
                post("/999999:restart"),
                post("/999999:abandon"))) {
            assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(404);
            assertThat(json(answer).at("/code").asString()).isEqualTo("UNKNOWN_JOB");
            assertThat(json(answer).at("/detail").asString()).isEqualTo("there is no job 999999 here");
        }
    }

    @Test
    void anotherServicesJobIsUnknownHere() throws Exception {
        JobExecution foreign = execution("training", parameters("foreign"));

        assertThat(get("/" + foreign.getId()).statusCode()).isEqualTo(404);
        assertThat(get("?limit=100").body()).doesNotContain("training");
    }

    @Test
    void runsInTheBackgroundAndTellsItsResult() throws Exception {
        ResponseEntity<JobResource> accepted = Jobs.answer(start("result"));
        long id = accepted.getBody().id();
        assertThat(accepted.getStatusCode().value()).isEqualTo(202);
        assertThat(accepted.getHeaders().getLocation()).hasToString("/v1/admin/jobs/" + id);

        JsonNode job = ended(id);

        assertThat(job.at("/name").asString()).isEqualTo("work");
        assertThat(job.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(job.at("/parameters/name").asString()).isEqualTo("result");
        assertThat(job.at("/result/rounds").asInt()).isEqualTo(4);
        assertThat(job.at("/steps/0/name").asString()).isEqualTo("first");
        assertThat(job.at("/steps/1/status").asString()).isEqualTo("COMPLETED");
        assertThat(job.has("lastError")).isFalse();
        assertThat(job.has("progress")).isFalse();
    }

    @Test
    void theSameWorkIsDoneOnce() throws Exception {
        long id = start("once").id();
        ended(id);

        ResponseEntity<JobResource> again = Jobs.answer(start("once"));

        assertThat(again.getStatusCode().value()).isEqualTo(200);
        assertThat(again.getBody().id()).isEqualTo(id);
        assertThat(script.done()).containsExactly("first of once", "second of once");
    }

    @Test
    void theSameWorkAskedForAtOnceRunsOnce() throws Exception {
        script.hold();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Callable<JobResource>> calls = Stream.<Callable<JobResource>>generate(() -> () -> start("concurrent"))
                    .limit(8)
                    .toList();
            assertThat(callers.invokeAll(calls).stream()
                            .map(Future::resultNow)
                            .map(JobResource::id)
                            .collect(Collectors.toSet()))
                    .hasSize(1);
        }
    }

    @Test
    void tellsHowFarTheRunningStepIs() throws Exception {
        script.hold();
        script.allow(3);
        JsonNode job = until(
                start("progress").id(), running -> running.at("/progress/done").asInt() == 3);

        assertThat(job.at("/status").asString()).isEqualTo("STARTED");
        assertThat(job.at("/progress/step").asString()).isEqualTo("first");
        assertThat(job.at("/progress/percent").asDouble()).isEqualTo(75);
        assertThat(job.at("/progress/unit").asString()).isEqualTo("rounds");
        assertThat(job.at("/progress/detail").asString()).isEqualTo("round 3");
        assertThat(job.at("/progress/costUsd").decimalValue()).isEqualByComparingTo("0.75");
    }

    @Test
    void stopsAndGoesOnWhereItWas() throws Exception {
        script.hold();
        long id = start("stopped").id();
        until(id, job -> job.has("progress"));

        HttpResponse<String> stop = post("/" + id + ":stop");
        assertThat(stop.statusCode()).isEqualTo(202);
        assertThat(json(stop).at("/status").asString()).isEqualTo("STOPPING");
        assertConflict(
                post("/" + id + ":restart"), "job %d is STOPPING; only a FAILED or STOPPED job can be restarted");
        assertThat(start("stopped").id())
                .as("the same work is not started twice")
                .isEqualTo(id);
        script.allow(1);
        assertThat(ended(id).at("/status").asString()).isEqualTo("STOPPED");
        assertThat(script.done()).doesNotContain("first of stopped");

        script.allow(1_000);
        HttpResponse<String> restart = post("/" + id + ":restart");
        assertThat(restart.statusCode()).isEqualTo(202);
        long second = json(restart).at("/id").asLong();
        assertThat(second).isGreaterThan(id);
        assertThat(restart.headers().firstValue("Location")).contains("/v1/admin/jobs/" + second);
        assertThat(ended(second).at("/status").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void aJobThatWaitsInLineCanBeStoppedAndDoesNothing() throws Exception {
        script.hold();
        long running = start("running").id();
        until(running, job -> job.has("progress"));
        long waiting = start("waiting").id();

        assertThat(post("/" + waiting + ":stop").statusCode()).isEqualTo(202);
        script.allow(1_000);

        assertThat(ended(waiting).at("/status").asString()).isEqualTo("STOPPED");
        assertThat(ended(running).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(script.done()).containsExactly("first of running", "second of running");
    }

    @Test
    void aFailureTellsItsRootCauseAndARestartDoesOnlyWhatIsMissing() throws Exception {
        script.failWith(
                new IllegalStateException("wrapped", new IllegalArgumentException("expected 3 columns, found 2")));
        long id = start("failing").id();
        JsonNode failed = ended(id);
        assertThat(failed.at("/status").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/lastError").asString()).isEqualTo("expected 3 columns, found 2");

        script.failWith(null);
        JobResource again = start("failing"); // asking for the same work goes on too

        assertThat(again.id()).isGreaterThan(id);
        assertThat(ended(again.id()).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(script.done()).containsExactly("first of failing", "second of failing");
    }

    @Test
    void aFailureWithoutAMessageIsNamed() throws Exception {
        script.failWith(new UnsupportedOperationException());

        assertThat(ended(start("nameless").id()).at("/lastError").asString())
                .isEqualTo("UnsupportedOperationException");
    }

    @Test
    void aLongFailureIsCutToWhatTheTableHolds() throws Exception {
        script.failWith(new IllegalStateException("x".repeat(10_000)));

        JsonNode job = ended(start("long failure").id());

        assertThat(job.at("/status").asString()).isEqualTo("FAILED");
        assertThat(job.at("/lastError").asString()).hasSize(2_000);
    }

    @Test
    void anAbandonedJobStartsNeverAgain() throws Exception {
        script.failWith(new IllegalStateException("no"));
        long id = start("abandoned").id();
        ended(id);

        HttpResponse<String> abandon = post("/" + id + ":abandon");
        assertThat(abandon.statusCode()).isEqualTo(200);
        assertThat(json(abandon).at("/status").asString()).isEqualTo("ABANDONED");

        assertConflict(
                post("/" + id + ":restart"), "job %d is ABANDONED; only a FAILED or STOPPED job can be restarted");
        assertThatThrownBy(() -> start("abandoned")).hasMessage("job %d was abandoned and cannot start again", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "restart", "abandon"})
    void aFinishedJobStaysAsItIs(String action) throws Exception {
        long id = start("finished").id();
        ended(id);

        assertConflict(
                post("/" + id + ":" + action),
                action.equals("stop")
                        ? "job %d is COMPLETED and cannot be stopped"
                        : "job %d is COMPLETED; only a FAILED or STOPPED job can be " + action + "ed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart", "abandon"})
    void aRunningJobCanOnlyBeStopped(String action) throws Exception {
        script.hold();
        long id = start("only stop " + action).id();
        until(id, job -> job.has("progress"));

        assertConflict(
                post("/" + id + ":" + action),
                "job %d is STARTED; only a FAILED or STOPPED job can be " + action + "ed");
    }

    @Test
    void aFailureThatWasRestartedIsNotRestartedTwice() throws Exception {
        script.failWith(new IllegalStateException("no"));
        long id = start("twice").id();
        ended(id);
        script.failWith(null);
        ended(json(post("/" + id + ":restart")).at("/id").asLong());

        assertThat(post("/" + id + ":restart").statusCode()).isEqualTo(409);
    }

    @Test
    void listsNewestFirstPageByPage() throws Exception {
        long first = start("page 1").id();
        long second = start("page 2").id();
        long third = start("page 3").id();
        ended(third);

        JsonNode page = json(get("?limit=2"));
        assertThat(page.at("/jobs/0/id").asLong()).isEqualTo(third);
        assertThat(page.at("/jobs/1/id").asLong()).isEqualTo(second);
        JsonNode next = json(get("?limit=1&cursor=" + page.at("/nextCursor").asLong()));
        assertThat(next.at("/jobs/0/id").asLong()).isEqualTo(first);
        assertThat(json(get("?cursor=1")).toString()).isEqualTo("{\"jobs\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=x"})
    void refusesAPageThatCannotBe(String query) throws Exception {
        HttpResponse<String> answer = get("?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void watchersSeeTheJobUntilItsEnd() throws Exception {
        long id = start("watched").id();

        HttpResponse<String> events = get("/" + id + "/events");

        assertThat(events.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(List.of(events.body().strip().split("\n\n")))
                .allSatisfy(event -> assertThat(event).startsWith("event:progress\ndata:{\"id\":" + id))
                .last()
                .asString()
                .contains("\"status\":\"COMPLETED\"");
    }

    @Test
    void whatAKilledProcessLeftRunningFailsAndCanStartAgain() throws Exception {
        JobExecution left = execution("work", parameters("killed"));
        leave(left, BatchStatus.STARTED);

        jobs.recoverAfterKill();

        JsonNode recovered = json(get("/" + left.getId()));
        assertThat(recovered.at("/status").asString()).isEqualTo("FAILED");
        assertThat(recovered.at("/lastError").asString()).contains("the service ended");
        assertThat(recovered.at("/steps/0/status").asString()).isEqualTo("FAILED");
        assertThat(ended(start("killed").id()).at("/status").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void aJobSurvivesASecondKill() throws Exception {
        JobExecution first = execution("work", parameters("killed twice"));
        leave(first, BatchStatus.STARTED);
        jobs.recoverAfterKill();
        ExecutionContext carriedOver = repository.getJobExecution(first.getId()).getExecutionContext();
        JobExecution second = repository.createJobExecution(
                first.getJobInstance(), parameters("killed twice"), new ExecutionContext(carriedOver));
        leave(second, BatchStatus.STOPPING);

        jobs.recoverAfterKill();

        assertThat(json(get("/" + second.getId())).at("/status").asString()).isEqualTo("FAILED");
        long third = json(post("/" + second.getId() + ":restart")).at("/id").asLong();
        assertThat(ended(third).at("/status").asString()).isEqualTo("COMPLETED");
    }

    /** What Spring Batch leaves where the database was away when it wanted to write an end. */
    @Test
    void aJobWhoseEndIsUnknownCanStartAgain() throws Exception {
        JobExecution left = execution("work", parameters("unknown"));
        leave(left, BatchStatus.UNKNOWN);

        HttpResponse<String> restart = post("/" + left.getId() + ":restart");

        assertThat(restart.statusCode()).as(restart.body()).isEqualTo(202);
        assertThat(ended(json(restart).at("/id").asLong()).at("/status").asString())
                .isEqualTo("COMPLETED");
        assertThat(json(get("/" + left.getId())).at("/status").asString()).isEqualTo("FAILED");
    }

    @Test
    void aServiceThatEndsStopsItsJobs() throws Exception {
        script.hold();
        long id = start("ending").id();
        until(id, job -> job.has("progress"));

        jobs.stopAll();
        script.allow(1);

        assertThat(ended(id).at("/status").asString()).isEqualTo("STOPPED");
        script.allow(1_000);
        long again = json(post("/" + id + ":restart")).at("/id").asLong();
        assertThat(ended(again).at("/status").asString()).isEqualTo("COMPLETED");
    }

    /** As a process leaves an execution that ended in the middle of a step. */
    private void leave(JobExecution execution, BatchStatus status) {
        StepExecution step = repository.createStepExecution("first", execution);
        step.setStatus(status);
        step.setStartTime(LocalDateTime.now(ZoneId.systemDefault()));
        repository.update(step);
        execution.setStatus(status);
        execution.setStartTime(LocalDateTime.now(ZoneId.systemDefault()));
        if (!status.isRunning()) {
            execution.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
        }
        repository.update(execution);
    }

    private JobExecution execution(String job, JobParameters parameters) {
        JobInstance instance = repository.createJobInstance(job, parameters);
        return repository.createJobExecution(instance, parameters, new ExecutionContext());
    }

    private static void assertConflict(HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(json(answer).at("/code").asString()).isEqualTo("JOB_STATE");
        String id = answer.uri().getPath().replaceAll("\\D*1\\D+(\\d+):.*", "$1");
        assertThat(json(answer).at("/detail").asString()).isEqualTo(detail.replace("%d", id));
    }
}
