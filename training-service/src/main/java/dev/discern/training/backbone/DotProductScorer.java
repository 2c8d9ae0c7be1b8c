package dev.discern.training.backbone;

import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;

/**
 * A model laid out for one product: {@code s(u, i) = [p_u ; 1] · [q_i ; b_i]}, so that kernels add the bias on their way.
 *
 * @param model whose user table is read, not copied
 * @param dim of the model plus one
 * @param itemTable (items, dim), a copy
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
public record DotProductScorer(DotProductModel model, int dim, float[] itemTable) implements Scorer {

    private static final VectorKernels KERNELS = Kernels.best();

    public static DotProductScorer of(DotProductModel model) {
        int dim = model.dim() + 1;
        float[] table = new float[Math.multiplyExact(model.itemCount(), dim)];
        for (int item = 0; item < model.itemCount(); item++) {
            System.arraycopy(model.items(), item * model.dim(), table, item * dim, model.dim());
            table[item * dim + model.dim()] = model.itemBias()[item];
        }
        return new DotProductScorer(model, dim, table);
    }

    @Override
    public int itemCount() {
        return model.itemCount();
    }

    @Override
    public void scores(int[] users, int from, int to, float[] into) {
        KERNELS.scores(queries(users, from, to), 0, to - from, itemTable, 0, itemCount(), dim, into);
    }

    /** The vectors of {@code users[from..to)}: (to − from, dim). */
    public float[] queries(int[] users, int from, int to) {
        float[] queries = new float[(to - from) * dim];
        for (int n = from; n < to; n++) {
            int row = (n - from) * dim;
            System.arraycopy(model.users(), users[n] * model.dim(), queries, row, model.dim());
            queries[row + model.dim()] = 1;
        }
        return queries;
    }
}
