package dev.discern.batch;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a job has to tell when it is done, as JSON in its execution context: it survives the process. */
public final class JobResult {

    private static final String KEY = "result";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JobResult() {}

    /** Stores {@code result}; to be called inside a step, whose end saves the job's execution context. */
    public static void put(JobExecution execution, Object result) {
        execution.getExecutionContext().putString(KEY, JSON.writeValueAsString(result));
    }

    /** The stored result; null when the job has none yet. */
    public static @Nullable JsonNode get(JobExecution execution) {
        ExecutionContext context = execution.getExecutionContext();
        return context.containsKey(KEY) ? JSON.readTree(context.getString(KEY)) : null;
    }
}
