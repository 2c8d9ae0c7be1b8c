package dev.discern.scoring.job;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.llm.RecordedAnswer;
import dev.discern.scoring.llm.RecordedFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/** The answers of a run as a file for the recorded judge, with external ids: replayed on the same data it gives the same pairs. */
@Component
public class AnswersExport {

    private final SnapshotReader snapshots;
    private final JudgmentStore judgments;

    AnswersExport(SnapshotReader snapshots, JudgmentStore judgments) {
        this.snapshots = snapshots;
        this.judgments = judgments;
    }

    /** Writes the scored prompts of a run, by user; those about a user or an item that is no longer there are left out. */
    public void write(long runId, OutputStream out) throws IOException {
        Ids ids = new Ids(snapshots.read());
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try {
            judgments.forEachScored(runId, (prompt, answer) -> {
                if (ids.knows(prompt)) {
                    try {
                        RecordedFile.write(ids.recorded(prompt, answer), writer);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.flush();
    }

    /** From row ids to external ids. */
    private static final class Ids {

        private final Snapshot snapshot;
        private final Snapshot.RowIdIndex users;
        private final Snapshot.RowIdIndex items;

        Ids(Snapshot snapshot) {
            this.snapshot = snapshot;
            this.users = snapshot.userByRowId();
            this.items = snapshot.itemByRowId();
        }

        boolean knows(CandidateSet prompt) {
            return users.idx(prompt.userId()) >= 0
                    && LongStream.concat(
                                    prompt.history().stream().mapToLong(Long::longValue),
                                    prompt.candidates().stream().mapToLong(Candidate::itemId))
                            .allMatch(rowId -> items.idx(rowId) >= 0);
        }

        RecordedAnswer recorded(CandidateSet prompt, Judgment.Scored answer) {
            List<String> candidates = prompt.candidates().stream()
                    .map(candidate -> item(candidate.itemId()))
                    .toList();
            OptionalInt audit = prompt.auditPosition();
            return new RecordedAnswer(
                    snapshot.users().id(users.idx(prompt.userId())),
                    prompt.history().stream().map(this::item).toList(),
                    prompt.historyLength(),
                    candidates,
                    answer.scores().stream()
                            .map(score -> Double.valueOf(score.toString())) // as short as the float itself
                            .toList(),
                    audit.isPresent() ? candidates.get(audit.getAsInt()) : null,
                    prompt.candidates().stream()
                            .map(Candidate::inclusionProbability)
                            .toList(),
                    prompt.candidates().stream()
                            .map(Candidate::source)
                            .map(CandidateSource::name)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .toList());
        }

        private String item(long rowId) {
            return snapshot.items().id(items.idx(rowId));
        }
    }
}
