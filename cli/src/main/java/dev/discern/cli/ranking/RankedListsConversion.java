package dev.discern.cli.ranking;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.cli.terminal.CliException;
import dev.discern.common.random.Seeds;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns ranked lists that were recorded under their authors' own split into judgments, and into the interactions on which these can
 * be examined: those the models may have seen, then two of the held-out ones. Of these the first is the audit item, drawn by the
 * seed from the held-out items among the candidates, the second is the test item, drawn from the others. A candidate is dropped when
 * the user's train part has it (to rank it low is no mistake) or when it is held out too and not the audit item (it is no wrong
 * answer). The rest keep the order shown.
 */
public final class RankedListsConversion {

    private final Path folder;
    private final Seeds seeds;
    private int exams;
    private int others;
    private int leftOut;
    private int known;
    private int alsoHeldOut;
    private int kept;
    private int unranked;

    private RankedListsConversion(Path folder, long seed) {
        this.folder = folder;
        this.seeds = new Seeds(seed);
    }

    /**
     * What became of the lists.
     *
     * @param exams lists with an audit item
     * @param others lists without one
     * @param leftOut lists that rank none of the candidates kept, or whose user has fewer than two held-out items
     * @param known candidates dropped because the train part has them
     * @param alsoHeldOut candidates dropped because they are held out too
     * @param kept candidates kept
     * @param unranked of these, those that the list does not rank
     */
    public record Result(int exams, int others, int leftOut, int known, int alsoHeldOut, int kept, int unranked) {}

    /** A line of the judgments file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String userId,
            List<String> history,
            List<String> candidates,
            List<Double> scores,
            @Nullable String auditItem) {}

    /** The held-out items that stay. */
    private record HeldOut(
            UserSplit.@Nullable Event audit, UserSplit.@Nullable Event validation, UserSplit.@Nullable Event test) {}

    /**
     * Writes {@code interactions.csv} and {@code judgments.jsonl} into the folder.
     *
     * @param model null where the files have only one; so the task
     * @throws CliException when a file cannot be read or written
     */
    public static Result convert(
            Path rankings,
            Path candidates,
            Path split,
            @Nullable String model,
            @Nullable String task,
            long seed,
            Path folder) {
        RankedLists lists = RankedLists.read(rankings, candidates, model, task);
        Map<String, UserSplit> users = UserSplit.read(split);
        try {
            return new RankedListsConversion(folder, seed).write(lists, users);
        } catch (IOException e) {
            throw CliException.failed("cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    private Result write(RankedLists lists, Map<String, UserSplit> users) throws IOException {
        Files.createDirectories(folder);
        try (BufferedWriter interactions = Files.newBufferedWriter(folder.resolve("interactions.csv"));
                CSVPrinter rows = new CSVPrinter(
                        interactions,
                        CSVFormat.RFC4180
                                .builder()
                                .setRecordSeparator('\n')
                                .setHeader("user_id", "item_id", "rating", "timestamp")
                                .get());
                BufferedWriter judgments = Files.newBufferedWriter(folder.resolve("judgments.jsonl"))) {
            int ordinal = 0;
            for (Map.Entry<String, UserSplit> entry : users.entrySet()) {
                String user = entry.getKey();
                List<String> shown = lists.shown().getOrDefault(user, List.of());
                HeldOut heldOut = draw(entry.getValue(), shown, seeds.random("audit", ordinal++));
                writeInteractions(rows, user, entry.getValue(), heldOut);
                if (!shown.isEmpty()) {
                    Line line = line(
                            user,
                            entry.getValue(),
                            heldOut,
                            shown,
                            lists.ranked().getOrDefault(user, List.of()));
                    if (line != null) {
                        judgments.write(JsonMapper.shared().writeValueAsString(line));
                        judgments.newLine();
                    }
                }
            }
        }
        return new Result(exams, others, leftOut, known, alsoHeldOut, kept, unranked);
    }

    private static HeldOut draw(UserSplit user, List<String> shown, SplittableRandom random) {
        List<UserSplit.Event> left = new ArrayList<>(user.heldOut());
        if (left.size() < 2) {
            return new HeldOut(null, null, null);
        }
        List<UserSplit.Event> among =
                left.stream().filter(event -> shown.contains(event.item())).toList();
        UserSplit.Event audit = among.isEmpty() ? null : among.get(random.nextInt(among.size()));
        UserSplit.Event validation = audit == null ? left.get(random.nextInt(left.size())) : audit;
        left.remove(validation);
        return new HeldOut(audit, validation, left.get(random.nextInt(left.size())));
    }

    /** The train part at its own times, and the two held-out items after it. */
    private static void writeInteractions(CSVPrinter rows, String id, UserSplit user, HeldOut heldOut)
            throws IOException {
        for (UserSplit.Event event : user.train()) {
            rows.printRecord(id, event.item(), event.rating(), event.time());
        }
        long time = user.lastTime();
        for (UserSplit.Event event : new UserSplit.@Nullable Event[] {heldOut.validation, heldOut.test}) {
            if (event != null) {
                rows.printRecord(id, event.item(), event.rating(), ++time);
            }
        }
    }

    /** The judgment of a user's list; null when it cannot be used. */
    private @Nullable Line line(String id, UserSplit user, HeldOut heldOut, List<String> shown, List<String> ranked) {
        String audit = heldOut.audit == null ? null : heldOut.audit.item();
        List<String> candidates = new ArrayList<>();
        int inTrain = 0;
        int inHeldOut = 0;
        for (String item : shown) {
            if (item.equals(audit)) {
                candidates.add(item);
            } else if (user.trainedOn(item)) {
                inTrain++;
            } else if (user.holdsOut(item)) {
                inHeldOut++;
            } else {
                candidates.add(item);
            }
        }
        int places = SoftRanks.ranked(candidates, ranked);
        if (heldOut.validation == null || candidates.size() < 2 || places == 0) {
            leftOut++;
            return null;
        }
        known += inTrain;
        alsoHeldOut += inHeldOut;
        kept += candidates.size();
        unranked += candidates.size() - places;
        if (audit == null) {
            others++;
        } else {
            exams++;
        }
        return new Line(
                id,
                user.train().stream().map(UserSplit.Event::item).toList(),
                candidates,
                SoftRanks.scores(candidates, ranked),
                audit);
    }
}
