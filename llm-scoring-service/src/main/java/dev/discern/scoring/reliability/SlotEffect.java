package dev.discern.scoring.reliability;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the place at which a candidate was shown sways the judge. Where places were drawn at random every slot has the same mean
 * score; a list that was shown in an order of its own (by popularity, say) has an effect that may be the items'.
 *
 * @param firstOverSecondHalf mean standardized score in the first half of the slots minus that in the second half
 * @param slots one by one up to 20, in bands of equal width beyond
 */
public record SlotEffect(Estimate firstOverSecondHalf, List<Slot> slots) {

    private static final int MAX_ROWS = 20;

    /**
     * What happened at one place, or a few neighbouring ones.
     *
     * @param from first slot, counted from 1
     * @param to last slot
     * @param prompts prompts with such a slot
     * @param meanScore mean standardized score of what stood there
     * @param auditPrompts prompts whose audit item stood there
     * @param audit how often the judge was right about those
     */
    public record Slot(int from, int to, int prompts, Estimate meanScore, int auditPrompts, Wins audit) {}

    static SlotEffect of(List<JudgedPrompt> prompts) {
        int longest = prompts.stream().mapToInt(JudgedPrompt::size).max().orElse(0);
        int width = Math.max(1, (longest + MAX_ROWS - 1) / MAX_ROWS);
        List<Slot> slots = new ArrayList<>();
        for (int from = 0; from < longest; from += width) {
            slots.add(slot(prompts, from, Math.min(from + width, longest)));
        }
        return new SlotEffect(firstOverSecondHalf(prompts), slots);
    }

    /** Of the positions {@code from} to {@code to - 1}. */
    private static Slot slot(List<JudgedPrompt> prompts, int from, int to) {
        Share score = new Share();
        Share audit = new Share();
        for (int n = 0; n < prompts.size(); n++) {
            JudgedPrompt prompt = prompts.get(n);
            for (int position = from; position < Math.min(to, prompt.size()); position++) {
                score.add(n, prompt.z()[position], 1);
                for (int other = 0; position == prompt.audit() && other < prompt.size(); other++) {
                    if (other != position) {
                        audit.add(n, prompt.win(other), 1);
                    }
                }
            }
        }
        return new Slot(from + 1, to, score.prompts(), Estimate.of(score), audit.prompts(), Wins.of(audit));
    }

    private static Estimate firstOverSecondHalf(List<JudgedPrompt> prompts) {
        Share difference = new Share();
        for (int n = 0; n < prompts.size(); n++) {
            float[] z = prompts.get(n).z();
            int half = z.length / 2;
            difference.add(n, mean(z, 0, half) - mean(z, z.length - half, z.length), 1);
        }
        return Estimate.of(difference);
    }

    private static double mean(float[] z, int from, int to) {
        double sum = 0;
        for (int position = from; position < to; position++) {
            sum += z[position];
        }
        return sum / (to - from);
    }
}
