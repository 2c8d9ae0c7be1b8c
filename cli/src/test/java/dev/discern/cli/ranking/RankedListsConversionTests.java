package dev.discern.cli.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RankedListsConversionTests {

    private static final String SPLIT = """
            user_id,item_id,rating,timestamp,split
            u1,seen2,4.0,20,train
            u1,seen1,5.0,10,train
            u1,hidden,4.5,15,test
            u1,other,3.0,99,test
            """;
    private static final String CANDIDATES = """
            model,task,user_id,candidate_rank,item_id
            m,t,u1,1,a
            m,t,u1,2,seen1
            m,t,u1,4,b
            m,t,u1,3,hidden
            """;
    private static final String RANKINGS = """
            model,task,user_id,rank,item_id,title
            m,t,u1,2,seen1,
            m,t,u1,1,b,
            m,t,u1,3,,made up by the model
            m,t,u1,4,a,
            """;

    @TempDir
    Path folder;

    private RankedListsConversion.Result convert(String rankings, String candidates, String split) throws IOException {
        return convert(rankings, candidates, split, null, null);
    }

    private RankedListsConversion.Result convert(
            String rankings, String candidates, String split, @Nullable String model, @Nullable String task)
            throws IOException {
        return RankedListsConversion.convert(
                Files.writeString(folder.resolve("rankings.csv"), rankings),
                Files.writeString(folder.resolve("candidates.csv"), candidates),
                Files.writeString(folder.resolve("split.csv"), split),
                model,
                task,
                1,
                folder.resolve("out"));
    }

    private List<JsonNode> judgments() throws IOException {
        return Files.readAllLines(folder.resolve("out/judgments.jsonl")).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private List<String> interactions() throws IOException {
        return Files.readAllLines(folder.resolve("out/interactions.csv"));
    }

    @Test
    void examinesOnAHeldOutItemAmongTheCandidatesThatTheTrainPartLacks() throws IOException {
        RankedListsConversion.Result result = convert(RANKINGS, CANDIDATES, SPLIT);

        // seen1 is dropped; b first, a second, hidden is not ranked and so third of three
        assertThat(Files.readString(folder.resolve("out/judgments.jsonl"))).isEqualToNormalizingNewlines("""
                        {"userId":"u1","history":["seen1","seen2"],"candidates":["a","hidden","b"],"scores":[0.5,0.0,1.0],"auditItem":"hidden"}
                        """);
        assertThat(result).isEqualTo(new RankedListsConversion.Result(1, 0, 0, 1, 0, 3, 1));
    }

    @Test
    void theHeldOutItemsComeAfterTheTrainPartTheAuditItemFirst() throws IOException {
        convert(RANKINGS, CANDIDATES, SPLIT);

        assertThat(interactions())
                .containsExactly(
                        "user_id,item_id,rating,timestamp",
                        "u1,seen1,5.0,10",
                        "u1,seen2,4.0,20",
                        "u1,hidden,4.5,21",
                        "u1,other,3.0,22");
    }

    @Test
    void otherHeldOutItemsAreNoWrongAnswersAndStayOutOfTheData() throws IOException {
        String more = "u1,a,5.0,30,test\nu1,third,5.0,31,test\n";

        RankedListsConversion.Result result = convert(RANKINGS, CANDIDATES, SPLIT + more);

        JsonNode line = judgments().getFirst();
        assertThat(line.at("/auditItem").asString()).isIn("a", "hidden");
        assertThat(strings(line.at("/candidates")))
                .containsExactlyInAnyOrder(line.at("/auditItem").asString(), "b");
        assertThat(result.alsoHeldOut()).isOne();
        assertThat(interactions()).hasSize(1 + 2 + 2);
        assertThat(interactions().get(3))
                .startsWith("u1," + line.at("/auditItem").asString() + ",");
    }

    @Test
    void aListWithoutAHeldOutCandidateExaminesNothing() throws IOException {
        RankedListsConversion.Result result = convert(RANKINGS, CANDIDATES.replace("hidden", "c"), SPLIT);

        assertThat(judgments().getFirst().has("auditItem")).isFalse();
        assertThat(result.exams()).isZero();
        assertThat(result.others()).isOne();
        assertThat(interactions().subList(3, 5)).allMatch(row -> row.matches("u1,(hidden|other),.*"));
    }

    @Test
    void listsThatCannotBeExaminedAreCounted() throws IOException {
        String split = SPLIT + "u2,seen1,5.0,10,train\nu2,hidden,5.0,11,test\nu3,x,5.0,1,train\n";
        String candidates =
                CANDIDATES + "m,t,u2,1,a\nm,t,u2,2,b\n"; // with one held-out item, two train items would be held out
        String rankings = RANKINGS.replace("b,", "nobody,").replace("4,a,", "4,nothing,") + "m,t,u2,1,a,\n";

        RankedListsConversion.Result result = convert(rankings, candidates, split);

        assertThat(result.leftOut()).as("one ranks nothing that was kept").isEqualTo(2);
        assertThat(judgments()).isEmpty();
        assertThat(interactions()).contains("u2,seen1,5.0,10", "u3,x,5.0,1").doesNotContain("u2,hidden,5.0,11");
    }

    @Test
    void theSameSeedDrawsTheSameItemsForEveryModel() throws IOException {
        String split = SPLIT + "u1,a,5.0,30,test\nu1,b,5.0,31,test\n";
        convert(RANKINGS, CANDIDATES, split);
        List<String> one = interactions();
        convert(RANKINGS.replace("1,b", "9,b"), CANDIDATES, split);

        assertThat(interactions()).isEqualTo(one);
    }

    @Test
    void oneKindOfListsIsChosen() throws IOException {
        String rankings = RANKINGS + "n,t,u1,1,a,\n";
        String candidates = CANDIDATES + "n,t,u1,1,a\n";

        assertThat(convert(rankings, candidates, SPLIT, "m", null).exams()).isOne();
        assertThatThrownBy(() -> convert(rankings, candidates, SPLIT))
                .isInstanceOf(CliException.class)
                .hasMessage("--model and --task fit 2 kinds of lists, expected one of: m t, n t");
        assertThatThrownBy(() -> convert(rankings, candidates, SPLIT, "m", "top"))
                .hasMessage("--model and --task fit 0 kinds of lists, expected one of: m t, n t");
    }

    @Test
    void filesWithOneKindNeedNoModel() throws IOException {
        String rankings = "user_id,rank,item_id\nu1,1,b\n";
        String candidates = "user_id,candidate_rank,item_id\nu1,1,b\nu1,2,hidden\n";

        convert(rankings, candidates, SPLIT);

        assertThat(strings(judgments().getFirst().at("/candidates"))).containsExactly("b", "hidden");
    }

    @Test
    void gzipIsToldByItsBytes() throws IOException {
        Path packed = folder.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(SPLIT.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(UserSplit.read(packed).keySet()).containsExactly("u1");
    }

    @Test
    void wrongFilesAreNamed() {
        assertThatThrownBy(() -> convert("user_id,item_id\n", CANDIDATES, SPLIT))
                .isInstanceOf(CliException.class)
                .hasMessage(folder.resolve("rankings.csv") + " has no column rank; it has [user_id, item_id]");
        assertThatThrownBy(() -> convert(RANKINGS, CANDIDATES, SPLIT.replace("99", "noon")))
                .hasMessage(folder.resolve("split.csv") + ", row 4 has timestamp \"noon\", expected a whole number");
        assertThatThrownBy(() -> convert(RANKINGS, CANDIDATES, SPLIT.replace("99,test", "99,valid")))
                .hasMessage(folder.resolve("split.csv") + ", row 4 has split \"valid\", expected train or test");
        assertThatThrownBy(() -> convert(RANKINGS, "user_id,candidate_rank,item_id\nu1,1\n", SPLIT))
                .hasMessage(folder.resolve("candidates.csv") + ", row 1 has no item_id");
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
