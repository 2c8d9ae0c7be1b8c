package dev.discern.scoring.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.db.DataVersion;
import dev.discern.scoring.catalog.file.TestFiles;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import tools.jackson.databind.json.JsonMapper;

class ImportJobIntegrationTests extends ScoringServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private Uploads uploads;

    @Autowired
    private Imports imports;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private JobOperator operator;

    @Autowired
    private JobRepository repository;

    @Autowired
    @Qualifier("batchTaskExecutor")
    private ThreadPoolTaskExecutor jobThread;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void emptyCatalog() {
        jdbc.sql("truncate interaction, app_user, item restart identity cascade")
                .update();
    }

    @Test
    void importsItemsBeforeInteractionsAndCountsEverything() throws Exception {
        JobExecution execution = run(
                items("""
                item_id,title,categories,description,director
                a,Heat,Crime|Drama,"Says ""no""\\ and {more}.",Mann
                b,Ödipus,,,
                """), interactions("user_id,item_id,rating,timestamp\nu1,a,4.5,10\nu2,a,3,11\nu1,b,1,12\n"), 0);

        assertThat(result(execution))
                .isEqualTo(new ImportResult(
                        new ImportResult.Items(2, 2, 0, 0, 0), new ImportResult.Interactions(3, 3, 0, 0), 2, 0));
        assertThat(
                        texts(
                                "select concat_ws('|', title, categories, description, attributes, available) from item order by id"))
                .containsExactly(
                        "Heat|{Crime,Drama}|Says \"no\"\\ and {more}.|{\"director\": \"Mann\"}|t", "Ödipus|{}||{}|t");
        assertThat(texts("""
                select concat_ws('|', u.external_id, i.external_id, value, kind, extract(epoch from event_time)::int)
                from interaction x join app_user u on u.id = x.user_id join item i on i.id = x.item_id order by seq"""))
                .containsExactly("u1|a|4.5|interaction|10", "u2|a|3|interaction|11", "u1|b|1|interaction|12");
        assertThat(stages()).isEmpty();
    }

    @Test
    void theSameFilesAgainChangeNothing() throws Exception {
        String items = lines("item_id,title", 2_500, k -> "i%d,title %d".formatted(k, k));
        String interactions = lines("user_id,item_id,timestamp", 2_500, k -> "u%d,i%d,%d".formatted(k % 70, k, k / 3));
        run(items(items), interactions(interactions), 0);
        DataVersion before = data();

        JobExecution again = run(
                upload("again.csv.gz", TestFiles.gzip(items)),
                upload("again2.csv.gz", TestFiles.gzip(interactions)),
                0);

        assertThat(result(again))
                .isEqualTo(new ImportResult(
                        new ImportResult.Items(2_500, 0, 0, 2_500, 0),
                        new ImportResult.Interactions(2_500, 0, 2_500, 0),
                        0,
                        0));
        assertThat(data()).isEqualTo(before);
        assertThat(before.users()).isEqualTo(70);
    }

    @Test
    void updatesItemsWhoseTextChangedInPlace() throws Exception {
        run(items("item_id,title,categories\na,Old,x\nb,Same,x|y\n"), null, 0);
        String version = data().name();
        jdbc.sql("update item set available = false where external_id = 'a'").update();

        JobExecution execution = run(items("item_id,title,categories\na,New,x\nb,Same,x|y\nc,More,\n"), null, 0);

        assertThat(result(execution).items()).isEqualTo(new ImportResult.Items(3, 1, 1, 1, 0));
        assertThat(
                        texts(
                                "select concat_ws('|', row_number() over (order by id), title, available) from item order by id"))
                .containsExactly("1|New|f", "2|Same|t", "3|More|t");
        assertThat(data().name()).isNotEqualTo(version);
    }

    @Test
    void anItemExpiresWhenTheLastFileThatSaysSoSaysSo() throws Exception {
        run(items("item_id,title,expires_at\na,A,2030-01-01\nb,B,\nc,C,soon\n"), null, 0.9);
        assertThat(expiries()).containsExactly("a 2030-01-01", "b never");
        run(items("item_id,title\na,A\nb,B\n"), null, 0.9);
        assertThat(expiries()).as("nothing was said").containsExactly("a 2030-01-01", "b never");

        JobExecution execution =
                run(items("item_id,title,expires_at\na,A,2031-01-01\nb,B,2031-01-01\nb,B,2032-01-01\n"), null, 0.9);

        assertThat(expiries()).containsExactly("a 2031-01-01", "b 2031-01-01");
        assertThat(result(execution).items()).isEqualTo(new ImportResult.Items(3, 0, 2, 0, 1));
    }

    private List<String> expiries() {
        return texts("""
                select external_id || ' ' || coalesce(to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD'), 'never')
                from item order by external_id""");
    }

    @Test
    void interactionsOfTheSameMomentKeepTheOrderOfTheirLinesAcrossChunks() throws Exception {
        int rows = 3 * CHUNK_ROWS + 7;
        String items = lines("item_id,title", rows, k -> "i%d,t".formatted(k));
        // neither ascending nor descending in item, and user ids that sort otherwise than they come
        String interactions = lines("user_id,item_id", rows, k -> "u%d,i%d".formatted(rows - k % 13, k * 7 % rows));

        run(items(items), interactions(interactions), 0);

        assertThat(texts("select i.external_id from interaction x join item i on i.id = x.item_id order by x.seq"))
                .isEqualTo(IntStream.range(0, rows)
                        .mapToObj(k -> "i" + k * 7 % rows)
                        .toList());
        assertThat(number("select count(distinct event_time) from interaction")).isOne();
    }

    @Test
    void rejectsRowsWithTheirPlaceAndReasonAndImportsTheOthers() throws Exception {
        JobExecution execution = run(
                items("movieId,title\na,Heat\na,Heat\na,Ronin\n,Nameless\n"),
                interactions("userId,movieId,rating,timestamp\nu,a,x,1\nu,z,1,2\nu,a,1,3\nu,a,1,3\n\"u,a,1,4\n"),
                0.9);

        assertThat(result(execution))
                .isEqualTo(new ImportResult(
                        new ImportResult.Items(4, 1, 0, 1, 2), new ImportResult.Interactions(5, 1, 1, 3), 1, 5));
        assertThat(rejects(execution)).isEqualTo("""
                file,line,column,reason,value
                items.csv,5,movieId,an id is missing,
                interactions.csv,2,rating,no rating: expected a number,x
                interactions.csv,6,,a quote is never closed,\"""u,a,1,4"
                items.csv,4,movieId,the same item with other content than in line 2,a
                interactions.csv,3,movieId,unknown item: neither in the catalog nor among the items of this import,z
                """);
        assertThat(skips(execution)).containsExactly(0L, 1L, 2L, 2L, 0L, 0L, 0L);
    }

    static final List<Arguments> REFUSED = List.of(
            Arguments.of(
                    "item_id,title\na,t\n,u\n",
                    "items.csv: 1 of 2 rows were rejected, 50.0 %; expected at most 5.0 % (maxRejectShare). Nothing was imported."
                            + " The first: items.csv:3: column item_id: an id is missing"),
            Arguments.of("item_id,title\n", "items.csv has a header and no rows: expected at least one"),
            Arguments.of("", "items.csv is empty: expected a header and rows, or JSON lines"),
            Arguments.of(
                    "item_id;title\na;t\n",
                    "items.csv has no column item_id (or movieId, asin) and title (or movie_title): "));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void aRefusedFileLeavesTheCatalogAsItWas(String items, String message) throws Exception {
        run(items("item_id,title\nold,t\n"), null, 0);
        DataVersion before = data();

        JobExecution execution = run(items(items), interactions("user_id,item_id\nu,old\n"), 0.05);

        assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(failure(execution)).startsWith(message);
        assertThat(data()).isEqualTo(before);
    }

    @Test
    void tooManyUnknownItemsAreFoundBeforeAnythingIsImportedAndTheImportSucceedsOnceTheyAreKnown() throws Exception {
        Upload interactions = interactions("user_id,item_id\nu,a\nu,b\n");
        JobExecution refused = run(null, interactions, 0.4);
        assertThat(failure(refused))
                .startsWith("interactions.csv: 2 of 2 rows were rejected, 100.0 %; expected at most 40.0 %")
                .endsWith(
                        "interactions.csv:2: column item_id: unknown item: neither in the catalog nor among the items of this"
                                + " import (a)");
        assertThat(data().users()).isZero();

        run(items("item_id,title\na,t\nb,t\n"), null, 0);
        JobExecution accepted = run(null, interactions, 0.4);

        assertThat(accepted.getJobInstance()).isEqualTo(refused.getJobInstance());
        assertThat(result(accepted).interactions()).isEqualTo(new ImportResult.Interactions(2, 2, 0, 0));
        assertThat(rejects(accepted)).isEqualTo("file,line,column,reason,value\n");
    }

    @Test
    void aDryRunCountsWhatAnImportWouldDoAndLeavesNothing() throws Exception {
        run(items("item_id,title\na,Old\nb,Same\n"), interactions("user_id,item_id,timestamp\nu1,a,1\n"), 0);
        DataVersion before = data();
        Upload items = items("item_id,title\na,New\nb,Same\nc,More\nc,More\n,x\n");
        Upload interactions = interactions("user_id,item_id,timestamp\nu1,a,1\nu1,c,2\nu1,c,2\nu2,z,3\nu3,b,4\n");

        JobExecution dry = run(new ImportParameters(items.id(), interactions.id(), 0.5, true));

        ImportResult expected = new ImportResult(
                new ImportResult.Items(5, 1, 1, 2, 1), new ImportResult.Interactions(5, 2, 2, 1), 1, 2);
        assertThat(result(dry)).isEqualTo(expected);
        assertThat(data()).isEqualTo(before);
        assertThat(stages()).isEmpty();
        assertThat(run(new ImportParameters(items.id(), interactions.id(), 0.5, true))
                        .getJobInstance())
                .isNotEqualTo(dry.getJobInstance());
        assertThat(result(run(items, interactions, 0.5))).isEqualTo(expected);
    }

    @Test
    void gzipThatEndsEarlyIsRefused() throws Exception {
        byte[] whole =
                TestFiles.gzip(lines("item_id,title", 5 * CHUNK_ROWS, k -> "i%d,%d".formatted(k, k * 7919L % 104729)));

        JobExecution refused = run(upload("items.csv.gz", Arrays.copyOf(whole, whole.length * 3 / 4)), null, 0);

        assertThat(failure(refused)).startsWith("items.csv.gz: the gzip data is damaged or ends early, after line 3,");
        assertThat(data().items()).isZero();
        assertThat(stages()).isEmpty();
    }

    @Test
    void aRestartAfterAFailureWhileReadingGoesOnBehindTheLastCommittedChunk() throws Exception {
        int rows = 5 * CHUNK_ROWS + 1;
        Upload upload = items(lines("item_id,title", rows, k -> k % 100 == 99 ? "," : "i%d,t".formatted(k)));
        JobExecution failed = failing("import_items_", "external_id", "i3500", () -> run(upload, null, 0.05));
        assertThat(data().items()).isZero();
        assertThat(stages()).hasSize(2);
        assertThat(number("select count(*) from " + stages().getLast())).isEqualTo(3 * CHUNK_ROWS * 99L / 100);
        assertThat(rejects(failed).lines())
                .as("the header and what was read so far")
                .hasSize(1 + 40);

        JobExecution restarted = run(upload, null, 0.05);

        assertThat(restarted.getJobInstance()).isEqualTo(failed.getJobInstance());
        StepExecution stage = step(restarted, ImportStep.STAGE_ITEMS);
        assertThat(stage.getReadCount() + stage.getSkipCount()).isEqualTo(2 * CHUNK_ROWS + 1);
        assertThat(result(restarted).items())
                .isEqualTo(new ImportResult.Items(rows, rows - rows / 100, 0, 0, rows / 100));
        assertThat(rejects(restarted).lines().skip(1).map(line -> line.split(",", -1)[1]))
                .containsExactlyElementsOf(IntStream.range(0, rows / 100)
                        .mapToObj(k -> Integer.toString(100 * k + 101))
                        .toList());
        assertThat(data().items()).isEqualTo(rows - rows / 100);
        assertThat(stages()).isEmpty();
    }

    @Test
    void aRestartAfterAFailureWhileMergingGoesOnBehindTheLastCommittedChunk() throws Exception {
        int rows = 5 * CHUNK_ROWS;
        Upload items = items(lines("item_id,title", 10, k -> "i%d,t".formatted(k)));
        Upload interactions = interactions(lines(
                "user_id,item_id,timestamp",
                rows,
                k -> "u%d,%s,%d".formatted(k, k == 4_200 ? "unknown" : "i" + k % 10, rows - k)));
        JobExecution failed = failing("app_user", "external_id", "u3500", () -> run(items, interactions, 0.01));
        assertThat(data().interactions()).isEqualTo(3 * CHUNK_ROWS);
        long lastSeq = number("select max(seq) from interaction");

        JobExecution restarted = run(items, interactions, 0.01);

        assertThat(restarted.getJobInstance()).isEqualTo(failed.getJobInstance());
        assertThat(restarted.getStepExecutions())
                .extracting(StepExecution::getStepName)
                .containsExactly(
                        "validateHeaders",
                        "stageItems",
                        "stageInteractions",
                        "checkRejects",
                        "mergeInteractions",
                        "finish");
        assertThat(step(restarted, ImportStep.MERGE_INTERACTIONS).getWriteCount())
                .isEqualTo(2 * CHUNK_ROWS - 1);
        assertThat(number("select count(*) from interaction where seq <= " + lastSeq))
                .isEqualTo(3 * CHUNK_ROWS);
        assertThat(result(restarted))
                .isEqualTo(new ImportResult(
                        new ImportResult.Items(10, 10, 0, 0, 0),
                        new ImportResult.Interactions(rows, rows - 1, 0, 1),
                        rows - 1,
                        1));
        assertThat(rejects(restarted).lines()).hasSize(2);
        assertThat(texts("select u.external_id from interaction x join app_user u on u.id = x.user_id order by seq"))
                .isEqualTo(IntStream.range(0, rows)
                        .filter(k -> k != 4_200)
                        .mapToObj(k -> "u" + k)
                        .toList());
        assertThat(stages()).isEmpty();
    }

    @Test
    void theNextImportClearsWhatAnAbandonedOneLeft() throws Exception {
        Upload abandoned = items("item_id,title\nbad,t\n");
        JobExecution failed = failing("import_items_", "external_id", "bad", () -> run(abandoned, null, 0));
        assertThat(stages()).hasSize(2);
        operator.abandon(failed);

        run(items("item_id,title\nx,t\n"), null, 0);

        assertThat(stages()).isEmpty();
    }

    /** Runs an import while a row with this value cannot be inserted into the table (or a later one with this beginning). */
    private JobExecution failing(String table, String column, String value, Callable<JobExecution> run)
            throws Exception {
        jdbc.sql("""
                create function refuse_row() returns trigger language plpgsql as $$
                begin
                    raise exception 'the disk is full';
                end $$""").update();
        String refuse =
                "create trigger refuse before insert on %s for each row when (new.%s = '%s') execute function refuse_row()";
        jdbc.sql("""
                create function sabotage() returns event_trigger language plpgsql as $$
                declare made text;
                begin
                    for made in select object_identity from pg_event_trigger_ddl_commands()
                                where object_type = 'table' and object_identity like 'public.%s%%' loop
                        execute format($f$%s$f$, made);
                    end loop;
                end $$""".formatted(table, refuse.formatted("%s", column, value))).update();
        jdbc.sql(
                        "create event trigger sabotage on ddl_command_end when tag in ('CREATE TABLE') execute function sabotage()")
                .update();
        if (texts("select tablename from pg_tables").contains(table)) {
            jdbc.sql(refuse.formatted(table, column, value)).update();
        }
        try {
            JobExecution failed = run.call();
            assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
            assertThat(failure(failed)).contains("the disk is full");
            return failed;
        } finally {
            jdbc.sql("drop event trigger sabotage").update();
            jdbc.sql("drop function sabotage").update();
            jdbc.sql("drop function refuse_row cascade").update();
        }
    }

    private JobExecution run(@Nullable Upload items, @Nullable Upload interactions, double maxRejectShare)
            throws Exception {
        return run(new ImportParameters(
                items == null ? null : items.id(),
                interactions == null ? null : interactions.id(),
                maxRejectShare,
                false));
    }

    private JobExecution run(ImportParameters parameters) throws Exception {
        long id = imports.start(parameters).id();
        jobThread
                .submit(() -> {})
                .get(1, TimeUnit.MINUTES); // one job after another: when this has run, the import is over
        return Objects.requireNonNull(repository.getJobExecution(id));
    }

    private Upload items(String text) throws IOException {
        return upload("items.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Upload interactions(String text) throws IOException {
        return upload("interactions.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Upload upload(String name, byte[] bytes) throws IOException {
        return uploads.store(name, new ByteArrayInputStream(bytes));
    }

    private static String lines(String header, int rows, IntFunction<String> row) {
        return IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    private static ImportResult result(JobExecution execution) {
        assertThat(execution.getStatus()).as(() -> failure(execution)).isEqualTo(BatchStatus.COMPLETED);
        return JSON.readValue(execution.getExecutionContext().getString("result"), ImportResult.class);
    }

    private static String failure(JobExecution execution) {
        return execution.getExitStatus().getExitDescription();
    }

    private DataVersion data() {
        return DataVersion.read(dataSource);
    }

    private String rejects(JobExecution execution) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        imports.copyRejects(imports.importOf(execution.getId()).orElseThrow(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Long> skips(JobExecution execution) {
        return execution.getStepExecutions().stream()
                .map(StepExecution::getSkipCount)
                .toList();
    }

    private static StepExecution step(JobExecution execution, ImportStep step) {
        return execution.getStepExecutions().stream()
                .filter(executed -> executed.getStepName().equals(step.stepName()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> stages() {
        return texts("select tablename from pg_tables where tablename like 'import\\_%' order by 1");
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
    }

    private long number(String sql) {
        return jdbc.sql(sql).query((row, number) -> row.getLong(1)).single();
    }
}
