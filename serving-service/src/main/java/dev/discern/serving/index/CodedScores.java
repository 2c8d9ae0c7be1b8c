package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.CodedRows;
import java.util.Arrays;

/**
 * Scores from codes, and how far they are from those of the floats at most. With the items' codes {@code f_i q_i = s_i c_i + e_i} (the
 * factor within {@code s_i}) and the query's {@code p = t a + r},
 *
 * <pre>
 *   f_i (p · q_i) + b_i = A_i + p · e_i + r · (s_i c_i),     A_i = s_i t (a · c_i) + b_i
 *   |f_i (p · q_i) + b_i − A_i| ≤ ‖p‖ ‖e_i‖ + ‖r‖ ‖s_i c_i‖                              (Cauchy and Schwarz)
 * </pre>
 *
 * The score that is compared is rounded, and so is {@code A_i}. Let {@code u = 2⁻²⁴}, {@code n} the dimensions, {@code F_i} the score
 * in floats. A sum of n products, in any order, errs by at most {@code 2 n u ‖p‖ ‖q_i‖} (for {@code n u < ½}); the product with the
 * factor and the sum with the bias by {@code u} of their results each. {@code A_i} takes two products and a fused sum, {@code a · c_i}
 * being exact until it becomes a float: {@code 4 u ‖t a‖ ‖s_i c_i‖ + 2 u |b_i|} at most. Where a result is too small for a normal float
 * each operation errs by {@code 2⁻¹⁵⁰} besides. With {@code ‖f_i q_i‖ ≤ ‖s_i c_i‖ + ‖e_i‖} and {@code ‖t a‖ ≤ ‖p‖ + ‖r‖}, all of it together is
 *
 * <pre>
 *   |F_i − A_i| ≤ ‖p‖ E_i + ‖r‖ L_i + K_i
 *   E_i = ‖e_i‖     + ρ (‖e_i‖ + ‖s_i c_i‖),     ρ = (n + 8) 2⁻²³
 *   L_i = ‖s_i c_i‖ + ρ (‖e_i‖ + ‖s_i c_i‖)
 *   K_i = 2⁻²² |b_i| + (n + 4) 2⁻¹⁴⁹ (1 + f_i + s_i)
 * </pre>
 *
 * Their greatest values are held for each group of 64 items, rounded up. Nothing of this holds where a sum of products overflows; it cannot
 * where {@code ‖p‖} and {@code ‖q_i‖} are below 2⁶⁰, and beyond that codes tell nothing.
 */
final class CodedScores {

    /** Below it no product of a query and an item overflows a float. */
    private static final double LONG = 0x1p60;

    /** More than the rounding of a sum of squares in doubles, which has some thousand terms. */
    private static final double UP = 1 + 0x1p-30;

    private final CodedRows rows; // c_i, s_i and b_i
    private final float[] error; // (groups) max E_i
    private final float[] length; // (groups) max L_i
    private final float[] rounding; // (groups) max K_i; infinite where codes tell nothing

    CodedScores(ScoredItems items, ItemCodes itemCodes) {
        int count = items.table().rows();
        int groups = CodeGroups.count(count);
        float[] scale = new float[groups * CodeGroups.ROWS];
        float[] bias = items.bias();
        for (int item = 0; item < count; item++) {
            scale[item] = items.factor(item) * itemCodes.scale()[item];
        }
        this.rows = new CodedRows(
                items.table().dim(), itemCodes.codes(), scale, bias == null ? null : Arrays.copyOf(bias, scale.length));
        this.error = new float[groups];
        this.length = new float[groups];
        this.rounding = new float[groups];
        for (int item = 0; item < count; item++) {
            include(item, items);
        }
    }

    /** Raises the bounds of an item's group to its own. */
    private void include(int item, ScoredItems items) {
        float[] values = items.table().values();
        double factor = items.factor(item);
        double scale = rows.scale()[item];
        int dim = rows.dim();
        int from = item * dim;
        double squares = 0; // of q
        double coded = 0; // of s c
        double left = 0; // of e
        for (int d = 0; d < dim; d++) {
            double value = values[from + d];
            double product = scale * rows.code(item, d);
            double rest = factor * value - product;
            squares += value * value;
            coded += product * product;
            left += rest * rest;
        }
        double norm = root(coded);
        double rest = root(left);
        double rho = (dim + 8) * 0x1p-23;
        double tiny = (dim + 4) * 0x1p-149 * (1 + factor + scale);
        int group = item / CodeGroups.ROWS;
        error[group] = Math.max(error[group], up(rest + rho * (rest + norm)));
        length[group] = Math.max(length[group], up(norm + rho * (rest + norm)));
        rounding[group] = Math.max(
                rounding[group],
                root(squares) < LONG ? up(0x1p-22 * Math.abs(items.bias(item)) + tiny) : Float.POSITIVE_INFINITY);
    }

    /** The square root, not rounded down. */
    static double root(double sumOfSquares) {
        return Math.sqrt(sumOfSquares) * UP;
    }

    private static float up(double value) {
        return Math.nextUp((float) value);
    }

    /** The items' codes; {@code A_i} is the score that they have by {@link dev.discern.common.vector.VectorKernels#reaching}. */
    CodedRows rows() {
        return rows;
    }

    /** What {@code |F_i − A_i|} does not exceed for the items of a group; infinite where their codes tell nothing of them. */
    double bound(QueryCodes query, int group) {
        return query.length() < LONG
                ? (query.length() * error[group] + query.rest() * length[group] + rounding[group]) * UP
                : Double.POSITIVE_INFINITY;
    }
}
