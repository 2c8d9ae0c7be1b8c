package dev.discern.scoring.llm;

import static dev.discern.scoring.testing.Snapshots.itemRowId;
import static dev.discern.scoring.testing.Snapshots.range;
import static dev.discern.scoring.testing.Snapshots.userRowId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.testing.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedPromptsTests {

    /** u000 trains with i000 to i003, is examined on i004 and tested with i005; u002 has too few items for either. */
    private static final Snapshot SNAPSHOT = Snapshots.of(20, range(0, 6), range(2, 9), range(0, 2));

    @TempDir
    private Path folder;

    @Test
    void laysALineOntoTheData() throws IOException {
        RecordedPrompts prompts = read("""
                {"userId":"u000","history":["i002","gone","i003"],"historyLength":99,
                 "candidates":["i010","i004","i011"],"scores":[0.5,1,0],"auditItem":"i004"}""");

        assertThat(prompts.unusable()).isEmpty();
        RecordedPrompts.Recorded recorded = prompts.recorded().get(0);
        assertThat(recorded.prompt().userId()).isEqualTo(userRowId(0));
        assertThat(recorded.prompt().history()).containsExactly(itemRowId(2), itemRowId(3));
        assertThat(recorded.prompt().historyLength())
                .as("of the data, not of the file")
                .isEqualTo(4);
        assertThat(recorded.prompt().candidates())
                .extracting(Candidate::itemId, Candidate::source)
                .containsExactly(
                        tuple(itemRowId(10), CandidateSource.RECORDED),
                        tuple(itemRowId(4), CandidateSource.AUDIT),
                        tuple(itemRowId(11), CandidateSource.RECORDED));
        assertThat(recorded.answer()).isEqualTo(new Judgment.Scored(List.of(0.5f, 1f, 0f), 1));
    }

    @Test
    void takesSourcesAndProbabilitiesThatTheFileTells() throws IOException {
        RecordedPrompts prompts = read("""
                {"userId":"u000","candidates":["i010","i004","i011"],"scores":[0.5,1,0],"auditItem":"i004",
                 "inclusion":[0.25,1,0.5],"sources":["uniform","audit","tail"]}""");

        assertThat(prompts.recorded().get(0).prompt().candidates())
                .containsExactly(
                        new Candidate(itemRowId(10), CandidateSource.UNIFORM, 0.25),
                        new Candidate(itemRowId(4), CandidateSource.AUDIT, 1),
                        new Candidate(itemRowId(11), CandidateSource.TAIL, 0.5));
    }

    @Test
    void estimatesProbabilitiesThatTheFileDoesNotTell() throws IOException {
        RecordedPrompts prompts = read(
                "{\"userId\":\"u000\",\"candidates\":[\"i010\",\"i004\",\"i011\"],\"scores\":[0,1,0],\"auditItem\":\"i004\"}",
                "{\"userId\":\"u001\",\"candidates\":[\"i012\",\"i010\"],\"scores\":[0,1]}");

        // one band: 4 of the 2 · 20 combinations of prompt and item occur, the audit item not counted
        assertThat(prompts.recorded())
                .flatExtracting(recorded -> recorded.prompt().candidates())
                .filteredOn(candidate -> candidate.source() == CandidateSource.RECORDED)
                .hasSize(4)
                .allSatisfy(candidate ->
                        assertThat(candidate.inclusionProbability()).isEqualTo(0.1, within(1e-12)));
    }

    @Test
    void aPromptNeedsNoAuditItem() throws IOException {
        RecordedPrompts prompts = read("{\"userId\":\"u002\",\"candidates\":[\"i010\",\"i004\"],\"scores\":[0,1]}");

        assertThat(prompts.unusable()).isEmpty();
        assertThat(prompts.recorded().get(0).prompt().auditPosition()).isEmpty();
    }

    /** Exported answers are drawn without regard to the last item. */
    @Test
    void whereALineTellsItsSourcesTheLastItemIsACandidateLikeAnyOther() throws IOException {
        RecordedPrompts prompts = read(json("'u':'u000','c':['i010','i005'],'s':[0,1],'o':['uniform','uniform']"));

        assertThat(prompts.unusable()).isEmpty();
        assertThat(prompts.recorded()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | MALFORMED_ANSWER | Unrecognized token",
                "null | MALFORMED_ANSWER | expected userId, candidates and scores",
                "'u':'nobody','c':['i010','i011'],'s':[0,1] | UNKNOWN_USER | the data has no user nobody",
                "'u':'u000','c':['i010','i999'],'s':[0,1] | UNKNOWN_ITEM | the catalog has no item i999",
                "'u':'u000','c':['i010','i0\\u000011'],'s':[0,1] | UNKNOWN_ITEM | the catalog has no item i0?11",
                "'u':'u000','c':['i010','i011'],'s':[0] | MALFORMED_ANSWER | found 1 scores for 2 candidates",
                "'u':'u000','c':['i010'],'s':[0] | MALFORMED_ANSWER | found 1 scores for 1 candidates",
                "'u':'u000','c':[],'s':[] | MALFORMED_ANSWER | found 0 scores for 0 candidates",
                "'u':'u000','c':['i010','i010'],'s':[0,1] | MALFORMED_ANSWER | a candidate appears twice",
                "'u':'u000','c':['i010',null],'s':[0,1] | MALFORMED_ANSWER | an item has no id",
                "'u':'u000','h':[null],'c':['i010','i011'],'s':[0,1] | MALFORMED_ANSWER | an item has no id",
                "'u':'u000','c':['i010','i011'],'s':[0,1.01] | SCORE_OUT_OF_RANGE | a score must be in [0, 1], not 1.01",
                "'u':'u000','c':['i010','i011'],'s':[-0.1,1] | SCORE_OUT_OF_RANGE | a score must be in [0, 1], not -0.1",
                "'u':'u000','c':['i010','i011'],'s':['NaN',1] | SCORE_OUT_OF_RANGE | a score must be in [0, 1], not NaN",
                "'u':'u000','c':['i010','i011'],'s':[null,1] | SCORE_OUT_OF_RANGE | a score must be in [0, 1], not null",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'a':'i004' | MALFORMED_ANSWER | the audit item i004 is not",
                "'u':'u000','c':['i010','i003'],'s':[0,1],'a':'i003' | MALFORMED_ANSWER | the audit item i003 is not",
                "'u':'u002','c':['i010','i001'],'s':[0,1],'a':'i001' | MALFORMED_ANSWER | the audit item i001 is not",
                "'u':'u000','c':['i010','i004'],'s':[0,1],'a':'i999' | MALFORMED_ANSWER | the audit item i999 is not",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'p':[0.5] | MALFORMED_ANSWER | expected an inclusion probability",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'p':[0.5,0] | MALFORMED_ANSWER | expected an inclusion probability",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'p':[0.5,null] | MALFORMED_ANSWER | expected an inclusion probability",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'o':['uniform'] | MALFORMED_ANSWER | expected one of [audit, cold,",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'o':['uniform','x'] | MALFORMED_ANSWER | expected one of",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'o':['uniform',null] | MALFORMED_ANSWER | expected one of",
                "'u':'u000','c':['i010','i011'],'s':[0,1],'o':['uniform','audit'] | MALFORMED_ANSWER | expected one of",
                "'u':'u000','c':['i004','i011'],'s':[0,1],'a':'i004','o':['tail','tail'] | MALFORMED_ANSWER | expected one of",
                "'u':'u000','c':['i010','i005'],'s':[0,1] | HELD_OUT_ITEM | the candidate i005 is held out for this user",
                "'u':'u000','c':['i010','i004'],'s':[0,1] | HELD_OUT_ITEM | the candidate i004 is held out for this user",
                "'u':'u000','h':['i005'],'c':['i010','i011'],'s':[0,1] | HELD_OUT_ITEM | the history shows i005",
                "'u':'u000','h':['i004'],'c':['i010','i004'],'s':[0,1],'a':'i004' | HELD_OUT_ITEM | the history shows i004",
            })
    void aLineThatIsOfNoUseTellsItsReasonAndItsNumber(String line, String reason, String detail) throws IOException {
        String good = "{\"userId\":\"u001\",\"candidates\":[\"i012\",\"i010\"],\"scores\":[0,1]}";

        RecordedPrompts prompts = read(good, json(line));

        assertThat(prompts.recorded()).hasSize(1);
        assertThat(prompts.unusable()).singleElement().satisfies(unusable -> {
            assertThat(unusable.line()).isEqualTo(2);
            assertThat(unusable.failure().reason().name()).isEqualTo(reason);
            assertThat(unusable.failure().detail()).startsWith("line 2: ").contains(detail);
        });
    }

    @Test
    void theFirstUsableAnswerAboutAUserCounts() throws IOException {
        RecordedPrompts prompts = read(
                "{\"userId\":\"u000\",\"candidates\":[\"i010\",\"i011\"],\"scores\":[0,7]}",
                "{\"userId\":\"u000\",\"candidates\":[\"i010\",\"i011\"],\"scores\":[0,1]}",
                "{\"userId\":\"u000\",\"candidates\":[\"i012\",\"i011\"],\"scores\":[0,1]}");

        assertThat(prompts.recorded()).hasSize(1);
        assertThat(prompts.unusable())
                .extracting(unusable -> unusable.failure().detail())
                .containsExactly(
                        "line 1: a score must be in [0, 1], not 7.0", "line 3: the user u000 has an answer already");
        assertThat(prompts.unusable())
                .extracting(RecordedPrompts.Unusable::userRowId)
                .containsOnly(userRowId(0));
    }

    @Test
    void aDetailIsOfLimitedLength() throws IOException {
        RecordedPrompts prompts =
                read("{\"userId\":\"%s\",\"candidates\":[],\"scores\":[]}".formatted("u".repeat(9_000)));
        assertThat(prompts.unusable().get(0).failure().detail()).hasSizeLessThan(400);
    }

    /** From the short form of the cases above. */
    private static String json(String line) {
        return line.startsWith("'")
                ? "{"
                        + line.replace("'u':", "'userId':")
                                .replace("'h':", "'history':")
                                .replace("'c':", "'candidates':")
                                .replace("'s':", "'scores':")
                                .replace("'a':", "'auditItem':")
                                .replace("'p':", "'inclusion':")
                                .replace("'o':", "'sources':")
                                .replace('\'', '"')
                        + "}"
                : line;
    }

    private RecordedPrompts read(String... lines) throws IOException {
        List<String> singleLines =
                List.of(lines).stream().map(line -> line.replace("\n", " ")).toList();
        return RecordedPrompts.read(Files.write(folder.resolve("answers.jsonl"), singleLines), SNAPSHOT);
    }
}
