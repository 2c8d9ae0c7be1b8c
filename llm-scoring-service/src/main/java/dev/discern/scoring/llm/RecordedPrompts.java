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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of recorded answers laid onto the data: prompts with their answers, and the lines that are of no use, with their
 * reasons. The audit item that a line names must be the user's validation item, else the line would examine the judge on
 * something it may have seen; and nothing else that is held out may be shown, but for a candidate that was drawn without regard to it.
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

    private static final int MAX_DETAIL = 300;

    private static final Map<String, CandidateSource> SOURCES = Arrays.stream(CandidateSource.values())
            .collect(Collectors.toMap(
                    source -> source.name().toLowerCase(Locale.ROOT), source -> source, (a, b) -> a, TreeMap::new));

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
                candidates.add(
                        item == audit
                                ? new Candidate(snapshot.itemRowIds()[item], CandidateSource.AUDIT, 1)
                                : new Candidate(
                                        snapshot.itemRowIds()[item],
                                        source(line.answer, position),
                                        inclusion(line.answer, position, inclusion[item])));
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

    private static CandidateSource source(RecordedAnswer answer, int position) {
        List<? extends @Nullable String> told = answer.sources();
        return told == null
                ? CandidateSource.RECORDED
                : Objects.requireNonNull(SOURCES.get(Objects.requireNonNull(told.get(position))));
    }

    private static double inclusion(RecordedAnswer answer, int position, double estimate) {
        List<? extends @Nullable Double> told = answer.inclusion();
        return told == null ? estimate : Objects.requireNonNull(told.get(position));
    }

    private List<Long> history(RecordedAnswer answer) {
        return ids(answer.history()).stream()
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
        List<String> ids = ids(answer.candidates());
        int[] items = ids.stream().mapToInt(snapshot.items()::idx).toArray();
        for (int position = 0; position < items.length; position++) {
            if (items[position] < 0) {
                reject(line, user, FailureReason.UNKNOWN_ITEM, "the catalog has no item " + ids.get(position));
                return;
            }
        }
        String leak = leak(user, answer, items);
        if (leak != null) {
            reject(line, user, FailureReason.HELD_OUT_ITEM, leak);
            return;
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
        if (Objects.requireNonNull(answer.candidates()).contains(null)
                || (answer.history() != null && answer.history().contains(null))) {
            return "an item has no id";
        }
        List<String> candidates = ids(answer.candidates());
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
        List<? extends @Nullable Double> inclusion = answer.inclusion();
        if (inclusion != null
                && (inclusion.size() != candidates.size()
                        || inclusion.stream().anyMatch(p -> p == null || !(p > 0 && p <= 1)))) {
            return "expected an inclusion probability in (0, 1] for each candidate";
        }
        if (answer.sources() != null && !areSources(answer.sources(), candidates, answer.auditItem())) {
            return "expected one of %s for each candidate, audit for the audit item alone".formatted(SOURCES.keySet());
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

    private static boolean areSources(
            List<? extends @Nullable String> sources, List<String> candidates, @Nullable String auditItem) {
        return sources.size() == candidates.size()
                && IntStream.range(0, sources.size())
                        .allMatch(position -> sources.get(position) != null
                                && SOURCES.containsKey(sources.get(position))
                                && candidates.get(position).equals(auditItem)
                                        == (SOURCES.get(sources.get(position)) == CandidateSource.AUDIT));
    }

    /**
     * What the line shows that training holds out, the audit item aside; null when nothing. Where a line tells its sources, its candidates
     * were drawn as if nothing were held out, and one of them may be the test item by chance.
     */
    private @Nullable String leak(int user, RecordedAnswer answer, int[] items) {
        int audit = split.validation()[user];
        int test = split.test()[user];
        for (int item : items) {
            boolean shown = item == test && answer.sources() == null;
            if (shown || (item == audit && answer.auditItem() == null)) {
                return "the candidate %s is held out for this user"
                        .formatted(snapshot.items().id(item));
            }
        }
        for (String id : ids(answer.history())) {
            int item = snapshot.items().idx(id);
            if (item >= 0 && (item == test || item == audit)) {
                return "the history shows %s, which is held out for this user".formatted(id);
            }
        }
        return null;
    }

    /** The ids of a list that is absent or has been found to have no null. */
    private static List<String> ids(@Nullable List<? extends @Nullable String> ids) {
        return ids == null
                ? List.of()
                : ids.stream().map(Objects::requireNonNull).toList();
    }

    private void reject(int line, @Nullable Integer user, FailureReason reason, String detail) {
        unusable.add(new Unusable(
                line,
                user == null ? null : snapshot.userRowIds()[user],
                new Judgment.Failed(reason, "line %d: %s".formatted(line, printable(detail)))));
    }

    /** Ids of a file may hold anything: what Postgres does not keep in a text, and what is too long to read, is left out. */
    private static String printable(String detail) {
        String printable = detail.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_DETAIL ? printable : printable.substring(0, MAX_DETAIL) + "…";
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
