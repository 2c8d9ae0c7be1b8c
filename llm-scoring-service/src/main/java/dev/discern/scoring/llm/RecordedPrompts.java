package dev.discern.scoring.llm;

import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of recorded answers laid onto the data: prompts with their answers, and the lines that are of no use, with their
 * reasons. The audit item that a line names must be the user's validation item, else the line would examine the judge on
 * something it may have seen.
 *
 * <p>Where the file does not tell how candidates were drawn, their inclusion probabilities are estimated from it by bands of
 * popularity rank: the share of all (prompt, item of the band) combinations that occur.
 */
public final class RecordedPrompts {

    /** A prompt of the file and its answer. */
    public record Recorded(CandidateSet prompt, Judgment answer) {}

    /**
     * A line that is of no use.
     *
     * @param userRowId null when the user is unknown
     */
    public record Unusable(int line, @Nullable Long userRowId, Judgment.Failed failure) {}

    /** A line that can be used, before inclusion probabilities are known. */
    @SuppressWarnings("ArrayRecordComponent") // passed on; never compared
    private record Usable(int line, int userIdx, RecordedAnswer answer, int[] items, Judgment.Scored scored) {}

    /** Ranks at which bands of popularity end. */
    private static final int[] BAND_ENDS = {100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, Integer.MAX_VALUE};

    private final Snapshot snapshot;
    private final TemporalSplit split;
    private final List<Usable> usable = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final Set<Integer> users = new HashSet<>();

    private RecordedPrompts(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
    }

    /** Reads a file. */
    public static RecordedPrompts read(Path file, Snapshot snapshot) throws IOException {
        RecordedPrompts prompts = new RecordedPrompts(snapshot);
        RecordedFile.read(file, new RecordedFile.LineConsumer() {
            @Override
            public void answer(int line, RecordedAnswer answer) {
                prompts.add(line, answer);
            }

            @Override
            public void unreadable(int line, String reason) {
                prompts.reject(line, null, FailureReason.MALFORMED_ANSWER, reason);
            }
        });
        return prompts;
    }

    /** The usable prompts, in the order of the file. */
    public List<Recorded> recorded() {
        double[] inclusion = inclusionByItem();
        List<Recorded> recorded = new ArrayList<>(usable.size());
        for (Usable line : usable) {
            List<Candidate> candidates = new ArrayList<>();
            int audit = split.validation()[line.userIdx];
            for (int position = 0; position < line.items.length; position++) {
                int item = line.items[position];
                boolean isAudit = line.answer.auditItem() != null && item == audit;
                List<Double> told = line.answer.inclusion();
                candidates.add(new Candidate(
                        snapshot.itemRowIds()[item],
                        isAudit ? CandidateSource.AUDIT : CandidateSource.RECORDED,
                        isAudit ? 1 : told == null ? inclusion[item] : told.get(position)));
            }
            recorded.add(new Recorded(
                    new CandidateSet(
                            snapshot.userRowIds()[line.userIdx],
                            history(line.answer),
                            split.train().length(line.userIdx),
                            candidates),
                    line.scored));
        }
        return recorded;
    }

    /** The lines that are of no use, in the order of the file. */
    public List<Unusable> unusable() {
        return unusable;
    }

    private List<Long> history(RecordedAnswer answer) {
        return Objects.requireNonNullElse(answer.history(), List.<String>of()).stream()
                .map(snapshot.items()::idx)
                .filter(item -> item >= 0)
                .map(item -> snapshot.itemRowIds()[item])
                .toList();
    }

    private void add(int line, RecordedAnswer answer) {
        int user = snapshot.users().idx(Objects.requireNonNull(answer.userId()));
        if (user < 0) {
            reject(line, null, FailureReason.UNKNOWN_USER, "the data has no user " + answer.userId());
            return;
        }
        String problem = malformed(user, answer);
        if (problem != null) {
            reject(line, user, FailureReason.MALFORMED_ANSWER, problem);
            return;
        }
        List<String> ids = Objects.requireNonNull(answer.candidates());
        int[] items = ids.stream().mapToInt(snapshot.items()::idx).toArray();
        for (int position = 0; position < items.length; position++) {
            if (items[position] < 0) {
                reject(line, user, FailureReason.UNKNOWN_ITEM, "the catalog has no item " + ids.get(position));
                return;
            }
        }
        List<Float> scores = new ArrayList<>();
        for (Double score : Objects.requireNonNull(answer.scores())) {
            if (score == null || !(score >= 0 && score <= 1)) {
                reject(line, user, FailureReason.SCORE_OUT_OF_RANGE, "a score must be in [0, 1], not " + score);
                return;
            }
            scores.add(score.floatValue());
        }
        users.add(user);
        usable.add(new Usable(line, user, answer, items, new Judgment.Scored(scores, 1)));
    }

    private @Nullable String malformed(int user, RecordedAnswer answer) {
        List<String> candidates = Objects.requireNonNull(answer.candidates());
        int scores = Objects.requireNonNull(answer.scores()).size();
        if (candidates.size() < 2 || scores != candidates.size()) {
            return "expected a score for each of two candidates or more, found %d scores for %d candidates"
                    .formatted(scores, candidates.size());
        }
        if (new HashSet<>(candidates).size() != candidates.size()) {
            return "a candidate appears twice";
        }
        if (users.contains(user)) {
            return "the user %s has an answer already".formatted(answer.userId());
        }
        List<Double> inclusion = answer.inclusion();
        if (inclusion != null
                && (inclusion.size() != candidates.size()
                        || inclusion.stream().anyMatch(p -> p == null || !(p > 0 && p <= 1)))) {
            return "expected an inclusion probability in (0, 1] for each candidate";
        }
        if (answer.auditItem() != null) {
            int audit = snapshot.items().idx(answer.auditItem());
            if (audit < 0 || audit != split.validation()[user] || !candidates.contains(answer.auditItem())) {
                return "the audit item %s is not the user's second-last item among the candidates"
                        .formatted(answer.auditItem());
            }
        }
        return null;
    }

    private void reject(int line, @Nullable Integer user, FailureReason reason, String detail) {
        unusable.add(new Unusable(
                line,
                user == null ? null : snapshot.userRowIds()[user],
                new Judgment.Failed(reason, "line %d: %s".formatted(line, detail))));
    }

    private double[] inclusionByItem() {
        int[] bandOf = bands();
        long[] members = new long[BAND_ENDS.length];
        IntStream.of(bandOf).forEach(band -> members[band]++);
        long[] drawn = new long[BAND_ENDS.length];
        for (Usable line : usable) {
            for (int item : line.items) {
                drawn[bandOf[item]] += item == split.validation()[line.userIdx] ? 0 : 1;
            }
        }
        double[] inclusion = new double[bandOf.length];
        for (int item = 0; item < inclusion.length; item++) {
            double combinations = (double) members[bandOf[item]] * usable.size();
            inclusion[item] = Math.clamp(drawn[bandOf[item]] / combinations, Double.MIN_NORMAL, 1);
        }
        return inclusion;
    }

    /** The popularity band of each item: (items). */
    private int[] bands() {
        Popularity popularity = Popularity.of(split.train());
        int[] bandOf = new int[popularity.items()];
        int[] byRank = IntStream.range(0, bandOf.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(popularity.count(b), popularity.count(a)))
                .mapToInt(Integer::intValue)
                .toArray();
        int band = 0;
        for (int rank = 0; rank < byRank.length; rank++) {
            if (rank >= BAND_ENDS[band]) {
                band++;
            }
            bandOf[byRank[rank]] = band;
        }
        return bandOf;
    }
}
