package dev.discern.training.evaluation;

import dev.discern.training.backbone.DotProductModel;

/**
 * A model laid out for one product: {@code s(u, i) = [p_u ; 1] · [q_i ; b_i]}, so that kernels add the bias on their way.
 *
 * @param dim of the model plus one
 * @param items how many rows {@code itemTable} has
 * @param itemTable (items, dim), a copy
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
record BiasedTables(DotProductModel model, int dim, int items, float[] itemTable) {

    static BiasedTables of(DotProductModel model) {
        int dim = model.dim() + 1;
        float[] table = new float[Math.multiplyExact(model.itemCount(), dim)];
        for (int item = 0; item < model.itemCount(); item++) {
            System.arraycopy(model.items(), item * model.dim(), table, item * dim, model.dim());
            table[item * dim + model.dim()] = model.itemBias()[item];
        }
        return new BiasedTables(model, dim, model.itemCount(), table);
    }

    /** The users of a task from {@code from} until {@code to}: (to − from, dim). */
    float[] queries(Task task, int from, int to) {
        float[] queries = new float[(to - from) * dim];
        for (int n = from; n < to; n++) {
            int row = (n - from) * dim;
            System.arraycopy(model.users(), task.users()[n] * model.dim(), queries, row, model.dim());
            queries[row + model.dim()] = 1;
        }
        return queries;
    }
}
