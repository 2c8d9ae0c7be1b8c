package dev.discern.scoring.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Makes and clears the stages of imports; an import is known by the id of its job instance. */
@Component
class Stages {

    private static final String ITEMS = "import_items_";
    private static final String INTERACTIONS = "import_interactions_";
    private static final Pattern TABLE = Pattern.compile("(?:%s|%s)(\\d+)".formatted(ITEMS, INTERACTIONS));

    private final JdbcTemplate jdbc;
    private final JobRepository jobs;

    Stages(JdbcTemplate jdbc, JobRepository jobs) {
        this.jdbc = jdbc;
        this.jobs = jobs;
    }

    ItemStage items(long importId) {
        return new ItemStage(jdbc, ITEMS + importId);
    }

    InteractionStage interactions(long importId) {
        return new InteractionStage(jdbc, INTERACTIONS + importId);
    }

    void create(long importId) {
        items(importId).create();
        interactions(importId).create();
    }

    void drop(long importId) {
        items(importId).drop();
        interactions(importId).drop();
    }

    /** Drops what imports left behind that will not go on: abandoned ones, and dry runs. */
    void dropLeftovers() {
        jdbc.queryForList("select tablename from pg_tables where schemaname = current_schema()", String.class).stream()
                .map(TABLE::matcher)
                .filter(Matcher::matches)
                .map(table -> Long.parseLong(table.group(1)))
                .distinct()
                .filter(importId -> !goesOn(importId))
                .forEach(this::drop);
    }

    private boolean goesOn(long importId) {
        JobInstance instance = jobs.getJobInstance(importId);
        JobExecution last = instance == null ? null : jobs.getLastJobExecution(instance);
        if (last == null) {
            return false;
        }
        boolean over = last.getStatus() == BatchStatus.COMPLETED
                || last.getStatus() == BatchStatus.ABANDONED
                || ImportParameters.of(last.getJobParameters()).dryRun();
        return last.isRunning() || !over;
    }
}
