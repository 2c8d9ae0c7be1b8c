package dev.discern.training.gate;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import java.util.List;

/**
 * How far several views of the same user are apart about an item:
 *
 * <pre>
 *   r_m(u, i) = ( s_m(u, i) − mean_c s_m(u, c) ) / deviation_c s_m(u, c)        v = variance over m of r_m(u, i)        q(u, i) = v / (1 + v)
 * </pre>
 *
 * with c the sampled candidates, the same for all views. What differs in scale alone does not differ; v = 1 says that the views are as far
 * apart about the item as items are from each other, and is q = ½. A view to which all candidates are alike knows nothing: q is 1.
 */
final class Disagreement implements Uncertainty {

    private static final int NOBODY = -1;

    private final List<View> views;
    private final String label;
    private final SampledCandidates candidates;
    private int lastUser = NOBODY;

    /**
     * Between views.
     *
     * @param views two at least
     */
    Disagreement(UncertaintyKind kind, List<View> views, TrainingData data, Seeds seeds) {
        if (views.size() < 2) {
            throw new IllegalArgumentException("nobody disagrees with themselves: expected two views at least");
        }
        this.views = List.copyOf(views);
        this.label = kind.label();
        this.candidates = new SampledCandidates(data, seeds);
    }

    @Override
    public float of(int user, int item) {
        if (user != lastUser) {
            int[] items = candidates.of(user);
            views.forEach(view -> view.turnTo(user, items));
            lastUser = user;
        }
        double sum = 0;
        double squares = 0;
        for (View view : views) {
            if (view.deviation == 0) {
                return 1;
            }
            double relative = view.relative(item);
            sum += relative;
            squares += relative * relative;
        }
        int count = views.size();
        double variance = Math.max(0, (squares - sum * sum / count) / (count - 1));
        return (float) (variance / (1 + variance));
    }

    @Override
    public String label() {
        return label;
    }

    /** Makes a user's vector. */
    @FunctionalInterface
    interface UserVectors {

        /** Writes it to {@code into}, as long as the items' vectors. */
        void write(int user, float[] into);
    }

    /** One model's scores of one user at a time. */
    static final class View {

        private final UserVectors users;
        private final DotProductModel model;
        private final float[] vector; // of the user
        private final VectorKernels kernels = Kernels.best();
        private double mean;
        private double deviation; // 0 where all candidates are alike

        /**
         * A view.
         *
         * @param model whose items are scored
         */
        View(UserVectors users, DotProductModel model) {
            this.users = users;
            this.model = model;
            this.vector = new float[model.dim()];
        }

        /** A model as it is. */
        static View of(DotProductModel model) {
            return new View(
                    (user, into) -> System.arraycopy(model.users(), user * model.dim(), into, 0, model.dim()), model);
        }

        private void turnTo(int user, int[] items) {
            users.write(user, vector);
            double sum = 0;
            double squares = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int item : items) {
                double score = score(item);
                sum += score;
                squares += score * score;
                low = Math.min(low, score);
                high = Math.max(high, score);
            }
            mean = sum / items.length;
            deviation = low == high ? 0 : Math.sqrt(Math.max(0, squares / items.length - mean * mean));
        }

        private double relative(int item) {
            return (score(item) - mean) / deviation;
        }

        private double score(int item) {
            return kernels.dot(vector, 0, model.items(), item * model.dim(), model.dim()) + model.itemBias()[item];
        }
    }
}
