package dev.discern.common.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One matrix product on the Vector API, in the blocks of Goto and van de Geijn (Anatomy of High-Performance Matrix Multiplication,
 * ACM TOMS 2008): both factors are copied into panels that are read in order, B's block stays in the second-level cache and a panel
 * of it in the first, and a tile of C stays in registers. Sums run over k in order, so a product is the same every time.
 */
final class PanamaProduct {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** A tile of C: 4 x 2 sums, a value of A and two vectors of B fit the 16 registers that AVX2 has. */
    private static final int TILE_ROWS = 4;

    private static final int TILE_COLUMNS = 2 * LANES;

    /** Depth of a block: a panel of B is 16 KiB, or 32 with 512-bit vectors. */
    private static final int DEPTH = 256;

    /** Rows of a block of A: 96 KiB. */
    private static final int BLOCK_ROWS = 24 * TILE_ROWS;

    /** Each thread's panels, as large as its largest product so far: training multiplies the same shapes over and over. */
    private static final ThreadLocal<float[]> PANELS_A = ThreadLocal.withInitial(() -> new float[0]);

    private static final ThreadLocal<float[]> PANELS_B = ThreadLocal.withInitial(() -> new float[0]);

    private final int m;
    private final int n;
    private final int k;
    private final float[] a;
    private final boolean transposedA;
    private final float[] b;
    private final boolean transposedB;
    private final float[] c;
    private final float[] panelsA;
    private final float[] panelsB;
    private final float[] edge = new float[TILE_ROWS * TILE_COLUMNS];

    PanamaProduct(int m, int n, int k, float[] a, boolean transposedA, float[] b, boolean transposedB, float[] c) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = a;
        this.transposedA = transposedA;
        this.b = b;
        this.transposedB = transposedB;
        this.c = c;
        this.panelsA = reused(PANELS_A, BLOCK_ROWS * DEPTH);
        this.panelsB = reused(PANELS_B, Math.ceilDiv(n, TILE_COLUMNS) * TILE_COLUMNS * Math.min(k, DEPTH));
    }

    private static float[] reused(ThreadLocal<float[]> panels, int length) {
        if (panels.get().length < length) {
            panels.set(new float[length]);
        }
        return panels.get();
    }

    /** The rows {@code [firstRow, endRow)} of the product. */
    void run(int firstRow, int endRow, boolean add) {
        if (!add) {
            Arrays.fill(c, firstRow * n, endRow * n, 0);
        }
        for (int from = 0; from < k; from += DEPTH) {
            int depth = Math.min(DEPTH, k - from);
            packB(from, depth);
            for (int row = firstRow; row < endRow; row += BLOCK_ROWS) {
                int rows = Math.min(BLOCK_ROWS, endRow - row);
                packA(row, rows, from, depth);
                block(row, rows, depth);
            }
        }
    }

    private void block(int row, int rows, int depth) {
        for (int column = 0; column < n; column += TILE_COLUMNS) {
            int panelB = column * depth;
            for (int r = 0; r < rows; r += TILE_ROWS) {
                int panelA = r * depth;
                if (r + TILE_ROWS <= rows && column + TILE_COLUMNS <= n) {
                    tile(panelsA, panelA, panelsB, panelB, depth, c, (row + r) * n + column, n);
                } else {
                    Arrays.fill(edge, 0);
                    tile(panelsA, panelA, panelsB, panelB, depth, edge, 0, TILE_COLUMNS);
                    addEdge(row + r, Math.min(TILE_ROWS, rows - r), column, Math.min(TILE_COLUMNS, n - column));
                }
            }
        }
    }

    private void addEdge(int row, int rows, int column, int columns) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                c[(row + r) * n + column + j] += edge[r * TILE_COLUMNS + j];
            }
        }
    }

    /** Rows of A as panels (depth, TILE_ROWS), the last filled up with zeros. */
    private void packA(int row, int rows, int from, int depth) {
        for (int r = 0; r < rows; r += TILE_ROWS) {
            int panel = r * depth;
            for (int t = 0; t < TILE_ROWS; t++) {
                int at = panel + t;
                if (r + t >= rows) {
                    for (int p = 0; p < depth; p++, at += TILE_ROWS) {
                        panelsA[at] = 0;
                    }
                } else {
                    int source = transposedA ? from * m + row + r + t : (row + r + t) * k + from;
                    int step = transposedA ? m : 1;
                    for (int p = 0; p < depth; p++, at += TILE_ROWS, source += step) {
                        panelsA[at] = a[source];
                    }
                }
            }
        }
    }

    /** Columns of B as panels (depth, TILE_COLUMNS), the last filled up with zeros. */
    private void packB(int from, int depth) {
        for (int column = 0; column < n; column += TILE_COLUMNS) {
            int columns = Math.min(TILE_COLUMNS, n - column);
            int panel = column * depth;
            if (transposedB) {
                for (int j = 0; j < columns; j++) {
                    int source = (column + j) * k + from;
                    for (int p = 0; p < depth; p++) {
                        panelsB[panel + p * TILE_COLUMNS + j] = b[source + p];
                    }
                }
                for (int p = 0; p < depth && columns < TILE_COLUMNS; p++) {
                    Arrays.fill(panelsB, panel + p * TILE_COLUMNS + columns, panel + (p + 1) * TILE_COLUMNS, 0);
                }
            } else {
                for (int p = 0; p < depth; p++) {
                    int at = panel + p * TILE_COLUMNS;
                    System.arraycopy(b, (from + p) * n + column, panelsB, at, columns);
                    Arrays.fill(panelsB, at + columns, at + TILE_COLUMNS, 0);
                }
            }
        }
    }

    /** {@code out += A · B} for a panel of each; the eight sums stay in registers. */
    private static void tile(float[] a, int aFrom, float[] b, int bFrom, int depth, float[] out, int from, int stride) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        int atA = aFrom;
        int atB = bFrom;
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, atB);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, atB + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, a[atA]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(SPECIES, a[atA + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(SPECIES, a[atA + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(SPECIES, a[atA + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            atA += TILE_ROWS;
            atB += TILE_COLUMNS;
        }
        add(s00, s01, out, from);
        add(s10, s11, out, from + stride);
        add(s20, s21, out, from + 2 * stride);
        add(s30, s31, out, from + 3 * stride);
    }

    private static void add(FloatVector s0, FloatVector s1, float[] out, int at) {
        FloatVector.fromArray(SPECIES, out, at).add(s0).intoArray(out, at);
        FloatVector.fromArray(SPECIES, out, at + LANES).add(s1).intoArray(out, at + LANES);
    }
}
