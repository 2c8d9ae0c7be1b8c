package dev.discern.training.gate;

import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.AuditPairs;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The short lists that rescue pairs come from (docs/method.md): for each user the model's best {@value #BEST} items, and the best
 * {@value #PICKS} {@linkplain Popularity#isRare rare} ones that are not among them; once by the model, once by an encoder. A strong
 * model is weak on rare items, so a pair has one item of either list.
 *
 * <p>A user's training items are in no list. The held-out items are items like any other: a pair that could not have them would
 * tell what they are. Where the validation item is in a list, it is known which item of a pair the user chose, and that is the exam
 * of this kind of pairs.
 */
public final class RescueLists {

    static final int BEST = 20;
    static final int PICKS = 30;

    private static final int BLOCK_USERS = 64;
    private static final int[] NONE = {};

    private final TrainingData data;
    private final int[] rare; // items
    private final int[][] best; // (users, at most BEST)
    private final int[][] modelPicks; // (users, at most PICKS)
    private final int[][] encoderPicks; // (users, at most PICKS)

    private RescueLists(TrainingData data) {
        this.data = data;
        this.rare = IntStream.range(0, data.items())
                .filter(data.popularity()::isRare)
                .toArray();
        this.best = new int[data.users()][];
        this.modelPicks = new int[data.users()][];
        this.encoderPicks = new int[data.users()][];
    }

    /**
     * Lists for all users.
     *
     * @param model held fixed
     * @param encoder scores by texts alone; null where only the model's own picks are asked for
     */
    public static RescueLists of(TrainingData data, DotProductModel model, @Nullable DotProductModel encoder) {
        RescueLists lists = new RescueLists(data);
        IntStream.range(0, Math.ceilDiv(data.users(), BLOCK_USERS)).parallel().forEach(block -> {
            int from = block * BLOCK_USERS;
            lists.fill(from, Math.min(from + BLOCK_USERS, data.users()), model, encoder);
        });
        return lists;
    }

    private void fill(int from, int to, DotProductModel model, @Nullable DotProductModel encoder) {
        int items = data.items();
        float[] scores = scores(from, to, model);
        float[] plausible = encoder == null ? new float[0] : scores(from, to, encoder);
        for (int user = from; user < to; user++) {
            int row = (user - from) * items;
            best[user] = best(scores, row, null, user, BEST, NONE);
            modelPicks[user] = best(scores, row, rare, user, PICKS, best[user]);
            encoderPicks[user] = encoder == null ? NONE : best(plausible, row, rare, user, PICKS, best[user]);
        }
    }

    private static float[] scores(int from, int to, DotProductModel model) {
        VectorKernels kernels = Kernels.best();
        int items = model.itemCount();
        float[] scores = new float[(to - from) * items];
        kernels.scores(model.users(), from, to - from, model.items(), 0, items, model.dim(), scores);
        for (int row = 0; row < to - from; row++) {
            for (int item = 0; item < items; item++) {
                scores[row * items + item] += model.itemBias()[item];
            }
        }
        return scores;
    }

    /** The best {@code limit} of {@code among} (of all items where null), equal ones by index; an insertion list, since it is short. */
    private int[] best(float[] scores, int row, int @Nullable [] among, int user, int limit, int[] without) {
        int[] list = new int[limit];
        int size = 0;
        int count = among == null ? data.items() : among.length;
        for (int n = 0; n < count; n++) {
            int item = among == null ? n : among[n];
            float score = scores[row + item];
            if ((size == limit && !(score > scores[row + list[limit - 1]]))
                    || data.seen().contains(user, item)
                    || contains(without, item)) {
                continue;
            }
            int place = size < limit ? size++ : limit - 1;
            while (place > 0 && score > scores[row + list[place - 1]]) {
                list[place] = list[place - 1];
                place--;
            }
            list[place] = item;
        }
        return Arrays.copyOf(list, size);
    }

    private static boolean contains(int[] list, int item) {
        for (int listed : list) {
            if (listed == item) {
                return true;
            }
        }
        return false;
    }

    /**
     * The rescue pairs that a judge was asked about, and its exam: the held-out item against every rescue candidate of its prompt
     * where it is one of the model's best, against every candidate of the model's where it is one of the encoder's picks. Prompts
     * hold it always, and no pair of a run does; so it is taught as often as it would have been drawn.
     */
    public Lesson judged(Judgments judgments, Seeds seeds) {
        AuditPairs exam = judgments.audits();
        AuditPairs audits = exam.only(n -> switch (exam.source()[n]) {
            case RESCUE -> contains(best[exam.user()[n]], exam.chosen()[n]);
            case MODEL -> contains(encoderPicks[exam.user()[n]], exam.chosen()[n]);
            default -> false;
        });
        double[] share = drawn(exam);
        AuditPairs asDrawn = audits.only(
                n -> seeds.random("held-out-drawn", audits.user()[n]).nextDouble()
                        < share[audits.source()[n] == CandidateSource.RESCUE ? 0 : 1]);
        return new Lesson(judgments.rescue().with(asDrawn), audits);
    }

    /** The mean probability with which an item of the model's best, then one of the encoder's picks, is drawn into a prompt. */
    private static double[] drawn(AuditPairs exam) {
        double[] share = new double[2];
        for (int list = 0; list < 2; list++) {
            CandidateSource of = list == 0 ? CandidateSource.MODEL : CandidateSource.RESCUE;
            share[list] = IntStream.range(0, exam.size())
                    .filter(n -> exam.source()[n] == of)
                    .mapToDouble(n -> 1 / exam.weight()[n])
                    .average()
                    .orElse(0);
        }
        return share;
    }

    /**
     * What the model would teach itself, no judge asked: its own rare picks against its best, as many pairs for each user as the
     * judge was asked about.
     */
    public Lesson ofModel(JudgedPairs judged, Seeds seeds) {
        int[] user = judged.user().clone();
        int[] pick = new int[user.length];
        int[] other = new int[user.length];
        int size = 0;
        for (int n = 0; n < judged.size(); n++) {
            int u = judged.user()[n];
            SplittableRandom random = seeds.random("own-pairs", n);
            if (modelPicks[u].length > 0 && best[u].length > 0) {
                user[size] = u;
                pick[size] = modelPicks[u][random.nextInt(modelPicks[u].length)];
                other[size++] = best[u][random.nextInt(best[u].length)];
            }
        }
        JudgedPairs own = new JudgedPairs(
                Arrays.copyOf(user, size),
                Arrays.copyOf(pick, size),
                Arrays.copyOf(other, size),
                new float[size],
                ones(size));
        return new Lesson(own, ownAudits(Arrays.stream(user, 0, size).distinct().toArray()));
    }

    private AuditPairs ownAudits(int[] users) {
        IntStream.Builder user = IntStream.builder();
        IntStream.Builder chosen = IntStream.builder();
        IntStream.Builder other = IntStream.builder();
        int size = 0;
        for (int u : users) {
            int held = data.split().validation()[u];
            if (held == TemporalSplit.NONE) {
                continue;
            }
            int[] against = contains(best[u], held) ? modelPicks[u] : contains(modelPicks[u], held) ? best[u] : NONE;
            for (int item : against) {
                user.add(u);
                chosen.add(held);
                other.add(item);
                size++;
            }
        }
        double[] weight = new double[size];
        Arrays.fill(weight, 1);
        CandidateSource[] source = new CandidateSource[size];
        Arrays.fill(source, CandidateSource.MODEL);
        return new AuditPairs(
                user.build().toArray(),
                chosen.build().toArray(),
                other.build().toArray(),
                new float[size],
                ones(size),
                weight,
                source);
    }

    private static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return ones;
    }
}
