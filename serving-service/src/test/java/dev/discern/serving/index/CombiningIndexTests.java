package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CombiningIndexTests {

    private static final int SIZE = 5_000;
    private static final int DIM = 24;
    private static final EmbeddingTable ITEMS = TestModels.table(SIZE, DIM, new Random(1));
    private static final ScoredItems SCORED = ScoredItems.byDot(ITEMS, new float[SIZE]);

    @Nested
    class AsAnyIndex extends ExactTopKIndexContract {

        @Override
        TopKIndex index(ScoredItems items) {
            return new CombiningIndex(new QuantizedTopKIndex(Kernels.best(), items, ScanThreads.upTo(1)), 1);
        }
    }

    /** An index that tells how many searches it made at a time, and makes them only when it may. */
    private static final class Gated implements TopKIndex {

        private final TopKIndex index = new ExactTopKIndex(Kernels.best(), SCORED, ScanThreads.upTo(1));
        private final List<Integer> made = new ArrayList<>();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);

        @Override
        public String name() {
            return "gated";
        }

        @Override
        public int size() {
            return index.size();
        }

        @Override
        public int dim() {
            return index.dim();
        }

        @Override
        public TopK search(Search search) {
            made.add(1); // by one thread at a time
            begun.countDown();
            await(gate);
            return index.search(search);
        }

        @Override
        public List<TopK> search(List<Search> searches) {
            made.add(searches.size());
            return index.search(searches);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets a first search begin, so many others come, and all end; returns the others' answers. */
    private static List<Future<TopK>> behindOne(Gated gated, List<Search> others, CombiningIndex index)
            throws InterruptedException {
        List<Future<TopK>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers.add(threads.submit(() -> index.search(search(0))));
            gated.begun.await();
            for (Search other : others) {
                CountDownLatch come = new CountDownLatch(1);
                Thread[] thread = new Thread[1];
                answers.add(threads.submit(() -> {
                    thread[0] = Thread.currentThread();
                    come.countDown();
                    return index.search(other);
                }));
                come.await();
                while (LockSupport.getBlocker(thread[0]) != index) {
                    Thread.onSpinWait();
                }
            }
            gated.gate.countDown();
        }
        return answers.subList(1, answers.size());
    }

    private static Search search(int seed) {
        Random random = new Random(seed);
        int k = 1 + random.nextInt(50);
        int parity = random.nextInt(3);
        return new Search(
                TestModels.table(1, DIM, random).values(), k, Masks.late(item -> parity == 2 || item % 2 == parity));
    }

    @Test
    void searchesThatMeetAreMadeTogether() throws Exception {
        Gated gated = new Gated();
        List<Search> others = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            others.add(search(n));
        }
        List<Future<TopK>> answers = behindOne(gated, others, new CombiningIndex(gated, 1));
        assertThat(gated.made).containsExactly(1, 16, 4);
        for (int n = 0; n < 20; n++) {
            TopK alone = gated.index.search(others.get(n));
            assertThat(answers.get(n).get().items()).isEqualTo(alone.items());
            assertThat(answers.get(n).get().scores()).isEqualTo(alone.scores());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofSearchesThatFailOnlyTheirOwnersHear(boolean error) throws Exception {
        Gated gated = new Gated();
        Search failing = new Search(new float[DIM], 3, Masks.late(_ -> {
            if (error) {
                throw new AssertionError("no such mask");
            }
            throw new IllegalStateException("no such mask");
        }));
        List<Future<TopK>> answers =
                behindOne(gated, List.of(search(1), failing, search(2)), new CombiningIndex(gated, 1));
        assertThat(answers.get(0).get().items())
                .isEqualTo(gated.index.search(search(1)).items());
        assertThatThrownBy(() -> answers.get(1).get()).hasRootCauseMessage("no such mask");
        assertThat(answers.get(2).get().items())
                .isEqualTo(gated.index.search(search(2)).items());
    }

    @Test
    void whoIsInterruptedStillGetsTheAnswer() throws Exception {
        Gated gated = new Gated();
        CombiningIndex index = new CombiningIndex(gated, 1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TopK> first = threads.submit(() -> index.search(search(0)));
            gated.begun.await();
            Future<Boolean> interrupted = threads.submit(() -> {
                Thread.currentThread().interrupt();
                assertThat(index.search(search(1)).size()).isPositive();
                return Thread.interrupted();
            });
            gated.gate.countDown();
            assertThat(interrupted.get()).isTrue();
            assertThat(first.get().size()).isPositive();
        }
    }

    @Test
    void manyAtOnceAreAnsweredAsIfAlone() throws Exception {
        TopKIndex quantized = new QuantizedTopKIndex(Kernels.best(), SCORED, ScanThreads.upTo(1));
        for (int threads : new int[] {1, 3}) {
            CombiningIndex index = new CombiningIndex(quantized, threads);
            List<Callable<TopK>> tasks = new ArrayList<>();
            for (int n = 0; n < 1_000; n++) {
                Search search = search(n);
                tasks.add(() -> index.search(search));
            }
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<TopK>> answers = executor.invokeAll(tasks);
                for (int n = 0; n < answers.size(); n++) {
                    assertThat(answers.get(n).get().items())
                            .as("search %d", n)
                            .isEqualTo(quantized.search(search(n)).items());
                }
            }
        }
    }
}
