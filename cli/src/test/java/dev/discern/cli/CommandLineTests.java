package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.command.Session;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.FakeServices;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Commands as a user types them. */
class CommandLineTests {

    @TempDir
    Path folder;

    private final TestTerminal terminal = new TestTerminal();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void someFiles() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("one"));
        Files.writeString(folder.resolve("one/items.csv"), "item_id,title\n");
        Files.createDirectories(folder.resolve("twice"));
        Files.writeString(folder.resolve("twice/items.csv"), "");
        Files.writeString(folder.resolve("twice/items.jsonl.gz"), "");
        Files.writeString(folder.resolve("answers.jsonl"), "");
    }

    private int run(String... arguments) {
        return Discern.run(new Session(new Settings(environment, folder), terminal.terminal()), arguments);
    }

    static Stream<Arguments> badUsage() {
        return Stream.of(
                Arguments.of("", "Missing required subcommand"),
                Arguments.of("demonstrate", "Unmatched argument at index 0: 'demonstrate'"),
                Arguments.of("demo --fast", "Unknown option: '--fast'"),
                Arguments.of("demo --judge oracle", "\"oracle\" is none of embedded, recorded, chat, batch"),
                Arguments.of("demo --judge recorded", "--judge recorded needs --judgments FILE"),
                Arguments.of("demo --judgments answers.jsonl", "--judgments is read by --judge recorded only"),
                Arguments.of(
                        "demo --judge recorded --judgments none.jsonl",
                        "FOLDER/none.jsonl is no file that can be read"),
                Arguments.of(
                        "demo --judge recorded --judgments answers.jsonl --encoder all-minilm-l6-v2-q",
                        "--encoder belongs to --judge embedded only"),
                Arguments.of("demo --encoder bert", "\"bert\" is none of e5-small-v2-q, all-minilm-l6-v2-q"),
                Arguments.of("demo --backbone sasrec", "\"sasrec\" is none of bpr-mf, history, lightgcn"),
                Arguments.of(
                        "demo --regularizers gated,l2",
                        "\"l2\" is none of off, gated, judge-free, judge-picks, placebo, global, pointwise, llm-cf, kar, paper"),
                Arguments.of("demo --seed one", "'one' is not a long"),
                Arguments.of("demo --threads 0", "--threads 0: expected 1 or more"),
                Arguments.of(
                        "demo --data nowhere",
                        "--data \"nowhere\" is neither a folder nor one of sample, movietweetings, ml-latest-small"),
                Arguments.of("demo --json nowhere/report.json", "--json: FOLDER/nowhere/report.json cannot be written"),
                Arguments.of("demo --ports 9000", "--ports \"9000\": expected auto"),
                Arguments.of("demo --compose --ports auto", "not with --compose"),
                Arguments.of("demo --compose --jdbc-url jdbc:postgresql://h/d", "not with --compose"),
                Arguments.of(
                        "demo --jdbc-url mysql://x",
                        "--jdbc-url \"mysql://x\": expected jdbc:postgresql://HOST:PORT/DATABASE"),
                Arguments.of("import", "expected a folder, or both --items and --interactions"),
                Arguments.of("import --items one/items.csv", "expected a folder, or both --items and --interactions"),
                Arguments.of("import nowhere", "FOLDER/nowhere is no folder"),
                Arguments.of(
                        "import empty",
                        "FOLDER/empty has no items file: expected items with the ending .csv, .csv.gz, .jsonl or .jsonl.gz"),
                Arguments.of("import one", "FOLDER/one has no interactions file"),
                Arguments.of(
                        "import twice",
                        "FOLDER/twice has several items files, expected one: items.csv, items.jsonl.gz"),
                Arguments.of(
                        "import --items one/items.csv --interactions no.csv",
                        "FOLDER/no.csv is no file that can be read"),
                Arguments.of("import one --max-reject-share 5", "--max-reject-share 5.0: expected 0 to 1"),
                Arguments.of("score --users 0", "--users 0: expected 1 or more"),
                Arguments.of("score --permutations 0", "--permutations 0: expected 1 or more"),
                Arguments.of(
                        "score --candidates uniform=6,best=3",
                        "\"best\" is none of uniform, popular, tail, cold, model, rescue"),
                Arguments.of("score --candidates uniform", "\"uniform\": expected SOURCE=N, such as uniform=12"),
                Arguments.of("score --candidates uniform=-1", "\"uniform=-1\": expected SOURCE=N"),
                Arguments.of("score --candidates model=1,model=2", "\"model\" is there twice"),
                Arguments.of(
                        "score --judge recorded --judgments answers.jsonl --candidates uniform=1",
                        "--candidates does not go with --judge recorded: its file has the candidates"),
                Arguments.of(
                        "score --judge chat --candidates model=1 --encoder all-minilm-l6-v2-q",
                        "--encoder belongs to --judge embedded only"),
                Arguments.of("score --budget-usd 1", "--budget-usd belongs to --judge chat and --judge batch only"),
                Arguments.of("score --dry-run", "--dry-run belongs to --judge chat and --judge batch only"),
                Arguments.of(
                        "score --judge chat --batch-deadline 6h", "--batch-deadline belongs to --judge batch only"),
                Arguments.of("score --judge batch --batch-deadline soon", "\"soon\" is no time such as 90m, 6h or 2d"),
                Arguments.of("score --policy some", "\"some\" is none of all, cold-tail, gate-budget"),
                Arguments.of("score --force", "--force belongs to --policy gate-budget only"),
                Arguments.of(
                        "score --judge recorded --judgments one/items.csv --policy cold-tail",
                        "--policy cold-tail draws prompts, and --judge recorded brings its own"),
                Arguments.of("train --param dim", "should be in KEY=VALUE format but was dim"),
                Arguments.of(
                        "evaluate --matrix default --models v1",
                        "--models names models that are there, and --matrix trains its own"),
                Arguments.of("evaluate --matrix huge", "\"huge\" is none of default, quick"),
                Arguments.of("evaluate --matrix quick --backbones sasrec", "\"sasrec\" is none of bpr-mf, history"),
                Arguments.of("evaluate --matrix quick --regularizers off,l2", "\"l2\" is none of off, gated,"),
                Arguments.of("evaluate --matrix quick --seeds 0", "--seeds 0: expected 1 or more"),
                Arguments.of("evaluate --matrix quick --seed 2", "--seed does not go with --matrix"),
                Arguments.of("evaluate --seeds 2", "--seeds belongs to --matrix"),
                Arguments.of("evaluate --html m.html", "--html belongs to --matrix"),
                Arguments.of("evaluate --data one", "--data belongs to --matrix"),
                Arguments.of("evaluate --ports auto", "--ports or --jdbc-url belongs to --matrix"),
                Arguments.of("evaluate --matrix quick --ports auto", "--ports or --jdbc-url belongs to --data"),
                Arguments.of("evaluate --shuffle-days", "--shuffle-days belongs to --matrix"),
                Arguments.of(
                        "evaluate --matrix quick --shuffle-days --regularizers off,gated",
                        "--shuffle-days goes with --regularizers off and kar only"),
                Arguments.of(
                        "evaluate --matrix quick --shuffle-days --judgments-run 3",
                        "--judgments-run does not go with --shuffle-days"),
                Arguments.of("evaluate --matrix quick --judge embedded", "--judge belongs to --data"),
                Arguments.of(
                        "evaluate --matrix quick --data one --rescue-run 3",
                        "--rescue-run names a run of a stack that is up: not with --data"),
                Arguments.of(
                        "evaluate --matrix quick --data one --judge chat",
                        "--judge chat: expected embedded or recorded"),
                Arguments.of(
                        "evaluate --matrix quick --data one --judge recorded",
                        "--judge recorded needs --judgments FILE"),
                Arguments.of(
                        "evaluate --matrix quick --data nowhere", "--data \"nowhere\" is neither a folder nor one of"),
                Arguments.of("evaluate --matrix quick --html no/m.html", "--html: FOLDER/no/m.html cannot be written"),
                Arguments.of(
                        "evaluate --matrix quick --markdown no/m.md", "--markdown: FOLDER/no/m.md cannot be written"),
                Arguments.of("evaluate --matrix quick --json no/m.json", "--json: FOLDER/no/m.json cannot be written"),
                Arguments.of("search", "Missing required option: '--range=NAME=RANGE'"),
                Arguments.of("search --range dim=8..x", "\"8..x\" is no range: expected LOW..HIGH"),
                Arguments.of("search --range dim=8..9:cubic", "\"8..9:cubic\" is no range: expected LOW..HIGH"),
                Arguments.of("search --range dim=8,,9", "\"8,,9\" is no range: expected LOW..HIGH"),
                Arguments.of("search --range dim=8..9 --trials 0", "--trials 0: expected 1 or more"),
                Arguments.of("promote", "Missing required parameter: 'VERSION'"),
                Arguments.of("recommend", "Missing required parameter: 'USER'"),
                Arguments.of("recommend 1 -k 0", "-k 0: expected 1 or more"),
                Arguments.of("similar 1 --by title", "\"title\" is none of behaviour, text, blend"),
                Arguments.of("arms --since yesterday", "\"yesterday\" is no day such as 2026-01-31"),
                Arguments.of("judgments", "Missing required subcommand"),
                Arguments.of("judgments import none.jsonl", "FOLDER/none.jsonl is no file that can be read"),
                Arguments.of("judgments convert --out x", "Missing required options"),
                Arguments.of(
                        "judgments convert --rankings none.csv --candidates none.csv --split none.csv --out x",
                        "--rankings: FOLDER/none.csv is no file that can be read"),
                Arguments.of(
                        "reliability --html nowhere/report.html",
                        "--html: FOLDER/nowhere/report.html cannot be written"));
    }

    @ParameterizedTest
    @MethodSource
    void badUsage(String commandLine, String message) {
        environment.put("DISCERN_REPO", folder.toString());
        int exitCode = commandLine.isEmpty() ? run() : run(commandLine.split(" ", -1));
        assertThat(terminal.err()).contains(message.replace("FOLDER", folder.toString()));
        assertThat(terminal.out()).isEmpty();
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void aBusyPortIsNamedWithItsVariableAndTheWayOut() throws IOException {
        environment.put("DISCERN_REPO", folder.toString());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("DISCERN_TRAINING_PORT", Integer.toString(socket.getLocalPort()));
            assertThat(run("up")).isEqualTo(1);
            assertThat(terminal.err())
                    .contains("port %d of the training service is busy".formatted(socket.getLocalPort()))
                    .contains("DISCERN_TRAINING_PORT")
                    .contains("--ports auto");
        }
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        environment.put("DISCERN_SERVING_PORT", "eighty");
        assertThat(run("recommend", "1")).isEqualTo(2);
        assertThat(terminal.err()).contains("DISCERN_SERVING_PORT is \"eighty\", expected a port from 1 to 65535");
    }

    @Test
    void aServiceThatDoesNotRunIsNamedWithItsAddress() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        environment.put("DISCERN_SERVING_PORT", Integer.toString(port));
        assertThat(run("recommend", "1")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("nothing answers at http://127.0.0.1:%d (serving service)".formatted(port))
                .contains("discern up")
                .contains("DISCERN_SERVING_PORT");
    }

    @Test
    void jarsThatAreMissingAreNamed() {
        environment.put("DISCERN_REPO", folder.toString());
        assertThat(run("bench", "topk", "--json")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("there is no benchmarks-*-exec.jar in " + folder.resolve("benchmarks/target"));
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (CommandLine command :
                leaves(Discern.commandLine(new Session(new Settings(environment, folder), terminal.terminal())))) {
            String name = command.getCommandSpec().qualifiedName();
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).as(name).containsPattern("Examples?:\n  " + name).contains("--help");
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
        }
    }

    private static List<CommandLine> leaves(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return List.of(command);
        }
        return command.getSubcommands().values().stream()
                .flatMap(subcommand -> leaves(subcommand).stream())
                .toList();
    }

    @Test
    void recommendPrintsTitlesAndReasons() {
        try (FakeService serving =
                FakeService.start().on("GET /v1/users/a%2Fb%20%C3%A9/recommendations?k=2&explain=true", 200, """
                        {"recommendationId":"0197a0c4-0000-7000-8000-000000000001","modelVersion":"v1","strategy":"PERSONALIZED","requestedK":2,"warnings":["only 1 item is left"],
                         "items":[{"itemId":"7","rank":1,"score":1.25,"title":"Alien (1979)","reasons":["like Blade Runner"]}]}""")) {
            environment.put("DISCERN_SERVING_PORT", Integer.toString(serving.port()));
            environment.put("DISCERN_API_KEY", "a-key");

            assertThat(run("recommend", "a/b é", "-k", "2", "--explain")).isZero();

            assertThat(terminal.out())
                    .isEqualTo(" 1. Alien (1979)  (7, score 1.250): like Blade Runner\nwarning: only 1 item is left\n");
            assertThat(terminal.err()).isEqualTo("PERSONALIZED, model v1\n");
            assertThat(serving.requests().getFirst().apiKey()).isEqualTo("a-key");
        }
    }

    @Test
    void similarAsksByAnAspectAndCategories() {
        String items = """
                {"modelVersion":"v1","strategy":"PERSONALIZED","requestedK":1,"warnings":[],
                 "items":[{"itemId":"7","rank":1,"score":0.5}]}""";
        try (FakeService serving = FakeService.start()
                .on("GET /v1/items/a%2Fb/similar?k=10&by=blend", 200, items)
                .on("GET /v1/items/a%2Fb/similar?k=1&by=text&category=a%2C%20b&category=%C3%A9", 200, items)) {
            environment.put("DISCERN_SERVING_PORT", Integer.toString(serving.port()));

            assertThat(run("similar", "a/b")).as(terminal.err()).isZero();
            assertThat(run("similar", "a/b", "-k", "1", "--by", "text", "--category", "a, b", "--category", "é"))
                    .isZero();

            assertThat(terminal.out()).isEqualTo(" 1. 7  (7, score 0.500)\n".repeat(2));
        }
    }

    @Test
    void recommendPrintsWhatAScoreIsMadeOf() {
        try (FakeService serving =
                FakeService.start().on("GET /v1/users/u/recommendations?k=10&explain=true", 200, """
                        {"modelVersion":"v1","strategy":"PERSONALIZED","items":[
                         {"itemId":"7","rank":1,"score":1.75,"title":"Alien","reasons":["2 users have it"],"explanation":{
                          "nearest":[{"itemId":"8","title":"Aliens","similarity":0.912},{"itemId":"9","similarity":0.4}],
                          "score":{"behaviour":1.0,"content":0.5,"popularity":0.25,"boost":-0.1},
                          "judge":{"pairs":12,"gate":0.714,"wins":9},"new":1}},
                         {"itemId":"6","rank":2,"score":3,"explanation":{"nearest":[],"score":{"popularity":3}}},
                         {"itemId":"5","rank":3,"score":1.5,"explanation":{
                          "nearest":[],"score":{"behaviour":1.0,"content":0.5,"popularity":0.0}}},
                         {"itemId":"4","rank":4,"score":0,"explanation":{"nearest":[],"score":{"popularity":0}}}]}""")) {
            environment.put("DISCERN_SERVING_PORT", Integer.toString(serving.port()));

            assertThat(run("recommend", "u", "--explain")).as(terminal.err()).isZero();

            assertThat(terminal.out()).isEqualTo("""
                             1. Alien  (7, score 1.750): 2 users have it
                                  score = behaviour 1.000 + content 0.500 + popularity 0.250 + boost -0.100
                                  near Aliens (0.91), 9 (0.40)
                                  the judge put it first in 9 of 12 pairs, for users with histories like this, and was trusted by 0.71
                             2. 6  (6, score 3.000)
                                  score = popularity 3.000
                             3. 5  (5, score 1.500)
                                  score = behaviour 1.000 + content 0.500
                             4. 4  (4, score 0.000)
                            """);
        }
    }

    @Test
    void armsPrintsWhoIsAhead() {
        String report = """
                {"since":"2026-01-01","arms":[
                  {"alias":"challenger","version":"v2","drawn":true,"firstDay":"2026-01-30","lastDay":"2026-01-31","answers":70,"items":700,
                   "events":{"buy":5,"click":60},"answersWithEvent":56,"clickThroughRate":{"value":0.8,"low":0.6918,"high":0.8769}},
                  {"alias":"champion","version":"v1","drawn":true,"firstDay":"2026-01-31","lastDay":"2026-01-31","answers":80,"items":800,
                   "events":{},"answersWithEvent":48,"clickThroughRate":{"value":0.6,"low":0.4904,"high":0.7004}}],
                 "comparisons":[
                  {"challenger":"v2","champion":"v1","difference":{"value":0.2,"low":0.0524,"high":0.3339}},
                  {"challenger":"v3","champion":"v1","difference":{"value":0.2,"low":-0.1,"high":0.5}}],
                 "warnings":["some ids are made up"]}""";
        try (FakeService serving = FakeService.start()
                .on("GET /v1/admin/reports/arms", 200, report)
                .on("GET /v1/admin/reports/arms?since=2026-01-31", 200, "{\"new\":[1]}")
                .on(
                        "GET /v1/admin/reports/arms?since=2026-01-01",
                        200,
                        "{\"since\":\"2026-01-01\",\"arms\":[],\"comparisons\":[],\"warnings\":[]}")) {
            environment.put("DISCERN_SERVING_PORT", Integer.toString(serving.port()));

            assertThat(run("arms")).as(terminal.err()).isZero();
            assertThat(terminal.out().lines())
                    .containsExactly(
                            "alias       version  drawn  days                     answers  items  with events  rate [95 %]             events",
                            "challenger  v2       yes    2026-01-30 – 2026-01-31  70       700    56           80.00 % [69.18, 87.69]  buy 5, click 60",
                            "champion    v1       yes    2026-01-31               80       800    48           60.00 % [49.04, 70.04]",
                            "v2 against v1: +20.00 points [+5.24, +33.39], the challenger is ahead",
                            "v3 against v1: +20.00 points [-10.00, +50.00], no difference is certain",
                            "warning: some ids are made up");
            assertThat(run("arms", "--since", "2026-01-31", "--json")).isZero();
            assertThat(run("arms", "--since", "2026-01-01")).isZero();
            assertThat(terminal.out().replaceAll("\\s", ""))
                    .endsWith("{\"new\":[1]}noanswershavebeencountedsince2026-01-01");
        }
    }

    @Test
    void scoreSaysWhereCandidatesComeFrom() {
        try (FakeServices services = new FakeServices()) {
            environment.put("DISCERN_SCORING_PORT", Integer.toString(services.scoring.port()));

            assertThat(run("score", "--candidates", "uniform=6,model=6,rescue=7", "--model", "v-1"))
                    .as(terminal.err())
                    .isZero();

            assertThat(services.scoring.requests("POST", "/v1/admin/scoring-jobs"))
                    .extracting(FakeService.Request::body)
                    .singleElement()
                    .asString()
                    .contains(
                            "\"quotas\":{\"uniform\":6,\"popular\":0,\"tail\":0,\"cold\":0,\"model\":6,\"rescue\":7}",
                            "\"model\":\"v-1\"");
        }
    }

    @Test
    void reliabilityWritesItsPageAndPrintsTheWholeReport() throws IOException {
        String path = "GET /v1/admin/reports/reliability?run=4";
        try (FakeService scoring = FakeService.start()
                .on("GET /v1/admin/scoring-runs", 200, "[{\"id\":4,\"status\":\"COMPLETED\"}]")
                .on(path, count -> new FakeService.Response(200, count == 0 ? "{\"new\":[1]}" : "<!doctype html>"))) {
            environment.put("DISCERN_SCORING_PORT", Integer.toString(scoring.port()));

            assertThat(run("reliability", "--json", "--html", "page.html"))
                    .as(terminal.err())
                    .isZero();

            assertThat(terminal.out()).isEqualToIgnoringWhitespace("{\"new\":[1]}");
            assertThat(folder.resolve("page.html")).content().isEqualTo("<!doctype html>");
        }
    }

    @Test
    void evaluateTrainsAMatrixOnTheStackThatIsUpAndWritesItsReports() throws IOException {
        String report = "/v1/admin/reports/evaluation?job=20";
        List<String> written = List.of("{\"whole\":[1]}", "<!doctype html>", "# Models");
        try (FakeServices services = new FakeServices()) {
            services.training
                    .on("POST /v1/admin/evaluation-jobs", 200, FakeServices.MATRIX)
                    .on("GET " + report, count -> new FakeService.Response(200, written.get(count)));
            environment.put("DISCERN_TRAINING_PORT", Integer.toString(services.training.port()));

            assertThat(run(
                            "evaluate",
                            "--matrix",
                            "quick",
                            "--backbones",
                            "history",
                            "--seeds",
                            "2",
                            "--rescue-run",
                            "5",
                            "--json",
                            "m.json",
                            "--html",
                            "m.html",
                            "--markdown",
                            "m.md"))
                    .as(terminal.err())
                    .isZero();

            assertThat(services.training.requests("POST", "/v1/admin/evaluation-jobs"))
                    .extracting(FakeService.Request::body)
                    .containsExactly(
                            "{\"matrix\":{\"backbones\":[\"history\"],\"regularizers\":[\"off\",\"gated\",\"judge-free\"],\"seeds\":2,\"rescueRun\":5}}");
            assertThat(terminal.out()).contains("9 users, 39 items", "off    0.0400");
            assertThat(folder.resolve("m.json")).content().isEqualToIgnoringWhitespace("{\"whole\":[1]}");
            assertThat(folder.resolve("m.html")).content().isEqualTo("<!doctype html>");
            assertThat(folder.resolve("m.md")).content().isEqualTo("# Models");
        }
    }

    @Test
    void aMatrixNamesNoRunWhereItIsNotToldOne() {
        try (FakeServices services = new FakeServices()) {
            services.training.on("POST /v1/admin/evaluation-jobs", 200, FakeServices.MATRIX);
            environment.put("DISCERN_TRAINING_PORT", Integer.toString(services.training.port()));

            assertThat(run("evaluate", "--matrix", "default"))
                    .as(terminal.err())
                    .isZero();
            assertThat(run("evaluate", "--matrix", "default", "--regularizers", "off,kar", "--judgments-run", "7"))
                    .as(terminal.err())
                    .isZero();

            assertThat(services.training.requests("POST", "/v1/admin/evaluation-jobs"))
                    .extracting(FakeService.Request::body)
                    .containsExactly(
                            "{\"matrix\":{\"seeds\":3}}",
                            "{\"matrix\":{\"regularizers\":[\"off\",\"kar\"],\"seeds\":3,\"scoringRun\":7}}");
        }
    }

    @Test
    void convertSaysWhatBecameOfTheLists() throws IOException {
        Files.writeString(folder.resolve("rankings.csv"), "user_id,rank,item_id\nu,1,b\n");
        Files.writeString(
                folder.resolve("candidates.csv"), "user_id,candidate_rank,item_id\nu,1,a\nu,2,b\nu,3,c\nu,4,d\n");
        Files.writeString(
                folder.resolve("split.csv"), "user_id,item_id,timestamp,split\nu,a,1,train\nu,b,2,test\nu,c,3,test\n");

        assertThat(run(
                        "judgments",
                        "convert",
                        "--rankings",
                        "rankings.csv",
                        "--candidates",
                        "candidates.csv",
                        "--split",
                        "split.csv",
                        "--items",
                        "one/items.csv",
                        "--out",
                        "lists"))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.out()).isEqualTo("""
                        1 lists with an audit item, 0 without, 0 of no use
                        2 candidates kept, 1 of them not ranked; dropped: 1 in the train part, 1 held out too
                        """);
        assertThat(folder.resolve("lists/items.csv")).content().isEqualTo("item_id,title\n");
        assertThat(folder.resolve("lists/judgments.jsonl")).exists();
        assertThat(folder.resolve("lists/interactions.csv")).exists();
    }

    @Test
    void importWritesRejectsToAFile() throws IOException {
        Files.writeString(folder.resolve("one/interactions.csv"), "user_id,item_id\n");
        try (FakeService scoring = FakeService.start()
                .on(
                        "POST /v1/admin/uploads?name=items.csv",
                        201,
                        "{\"uploadId\":\"u1\",\"name\":\"items.csv\",\"bytes\":14,\"sha256\":\"x\"}")
                .on(
                        "POST /v1/admin/uploads?name=interactions.csv",
                        201,
                        "{\"uploadId\":\"u2\",\"name\":\"interactions.csv\",\"bytes\":16,\"sha256\":\"y\"}")
                .on("POST /v1/admin/import-jobs", 202, "{\"id\":5,\"name\":\"import\",\"status\":\"STARTED\"}")
                .on("GET /v1/admin/jobs/5", 200, """
                        {"id":5,"name":"import","status":"COMPLETED","result":{
                          "items":{"read":3,"inserted":1,"updated":0,"unchanged":1,"rejected":1},
                          "interactions":{"read":4,"inserted":4,"unchanged":0,"rejected":0},"users":2,"rejects":1}}""")
                .on(
                        "GET /v1/admin/jobs/5/rejects",
                        200,
                        "file,line,column,reason,value\nitems.csv,3,item_id,missing,\n")) {
            environment.put("DISCERN_SCORING_PORT", Integer.toString(scoring.port()));

            assertThat(run("import", "one", "--dry-run")).isZero();

            assertThat(scoring.requests("POST", "/v1/admin/import-jobs")
                            .getFirst()
                            .body())
                    .isEqualTo("{\"items\":\"u1\",\"interactions\":\"u2\",\"maxRejectShare\":0.05,\"dryRun\":true}");
            assertThat(scoring.requests("POST", "/v1/admin/uploads?name=items.csv")
                            .getFirst()
                            .body())
                    .isEqualTo("item_id,title\n");
            assertThat(terminal.out())
                    .contains("items         3 read: 1 new, 0 changed, 1 unchanged, 1 rejected")
                    .contains("interactions  4 read: 4 new, 0 unchanged, 0 rejected; of 2 users")
                    .contains("Nothing was stored");
            assertThat(folder.resolve("rejects-5.csv")).content().contains("items.csv,3,item_id,missing");
        }
    }

    @Test
    void trainsHistoryWithTheGateFromTheRunThatTheServiceFindsUnlessToldOtherwise() {
        try (FakeService training = FakeService.start().on("POST /v1/admin/training-jobs", 200, """
                {"id":1,"name":"training","status":"COMPLETED","result":{"version":"v1","backbone":"history","regularizer":"gated",
                 "seed":4,"bestEpoch":3,"epochs":4,"validation":{"ndcg@10":0.01},"gate":null,"warnings":["beware"]}}""")) {
            environment.put("DISCERN_TRAINING_PORT", Integer.toString(training.port()));

            assertThat(run("train", "--seed", "4", "--param", "dim=32"))
                    .as(terminal.err())
                    .isZero();

            assertThat(terminal.out())
                    .isEqualTo(
                            "v1: history, gated, seed 4; best epoch 3 of 4, validation {ndcg@10=0.01}\nwarning: beware\n");
            assertThat(run("train", "--backbone", "bpr-mf", "--regularizer", "global", "--judgments", "2"))
                    .isZero();
            assertThat(training.requests("POST", "/v1/admin/training-jobs"))
                    .extracting(FakeService.Request::body)
                    .containsExactly(
                            "{\"backbone\":\"history\",\"regularizer\":\"gated\",\"seed\":4,\"scoringRun\":null,\"threads\":1,\"parameters\":{\"dim\":32}}",
                            "{\"backbone\":\"bpr-mf\",\"regularizer\":\"global\",\"seed\":1,\"scoringRun\":2,\"threads\":1,\"parameters\":{}}");
        }
    }

    @Test
    void statusAsJsonHasTheAgreedShape() {
        try (FakeService training = FakeService.start()
                .on("GET /actuator/health/readiness", 200, "{}")
                .on("GET /v1/admin/aliases", 200, "{\"champion\":\"v1\",\"challenger\":null}")) {
            environment.put("DISCERN_TRAINING_PORT", Integer.toString(training.port()));
            environment.put("DISCERN_SCORING_PORT", "1");
            environment.put("DISCERN_SERVING_PORT", "2");

            assertThat(run("status", "--json")).isZero();

            assertThat(terminal.out()).isEqualToIgnoringWhitespace("""
                            {"services":[
                              {"name":"scoring","url":"http://127.0.0.1:1","state":"down","pid":null},
                              {"name":"training","url":"%s","state":"ready","pid":null},
                              {"name":"serving","url":"http://127.0.0.1:2","state":"down","pid":null}],
                             "postgres":{"url":null,"state":"down","pid":null},
                             "champion":"v1"}""".formatted(training.url()));
        }
    }
}
