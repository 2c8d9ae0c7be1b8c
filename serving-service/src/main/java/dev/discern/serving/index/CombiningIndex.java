package dev.discern.serving.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts searches that meet into one: while as many threads search as may, others wait, and the next one of them makes the searches of all. So
 * the items are read once for many. Who meets nobody searches at once and by itself. (Flat combining: Hendler, Incze, Shavit and Tzafrir,
 * SPAA 2010.)
 */
final class CombiningIndex implements TopKIndex {

    /** Searches made at a time: more of them would save little and let the first one wait for the last. */
    private static final int MOST = 16;

    private final TopKIndex index;
    private final Semaphore searching;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Over another index.
     *
     * @param threads that may search at a time, at least 1
     */
    CombiningIndex(TopKIndex index, int threads) {
        this.index = index;
        this.searching = new Semaphore(threads);
    }

    @Override
    public String name() {
        return index.name();
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
        Waiting own = new Waiting(search.requireShape(dim()));
        waiting.add(own);
        boolean interrupted = false;
        while (!own.done) {
            if (searching.tryAcquire()) {
                searchForAll();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // told when the answer is there
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return own.answer();
    }

    /** Answers those who wait longest, then lets go: the next who waits and is not answered goes on. */
    private void searchForAll() {
        List<Waiting> together = new ArrayList<>();
        try {
            for (Waiting next = waiting.poll(); next != null; next = together.size() < MOST ? waiting.poll() : null) {
                together.add(next);
            }
            answer(together);
        } finally {
            searching.release();
            together.forEach(Waiting::wake);
            Waiting next = waiting.peek();
            if (next != null) {
                next.wake();
            }
        }
    }

    private void answer(List<Waiting> together) {
        if (together.size() > 1) {
            try {
                List<TopK> answers =
                        index.search(together.stream().map(Waiting::search).toList());
                for (int n = 0; n < answers.size(); n++) {
                    together.get(n).finish(answers.get(n), null);
                }
                return;
            } catch (RuntimeException | Error e) {
                // One of them is at fault, which alone shall hear of it; and nobody may be left without an answer.
            }
        }
        for (Waiting each : together) {
            try {
                each.finish(index.search(each.search), null);
            } catch (RuntimeException | Error e) {
                each.finish(null, e);
            }
        }
    }

    /** Those who come with many searches at once have put them together themselves. */
    @Override
    public List<TopK> search(List<Search> searches) {
        return index.search(searches);
    }

    /** A search, and the thread that waits for it. */
    private static final class Waiting {

        private final Search search;
        private final Thread thread = Thread.currentThread();
        private @Nullable TopK found;
        private @Nullable Throwable failure;
        private volatile boolean done;

        Waiting(Search search) {
            this.search = search;
        }

        Search search() {
            return search;
        }

        void finish(@Nullable TopK answer, @Nullable Throwable thrown) {
            found = answer;
            failure = thrown;
            done = true;
        }

        void wake() {
            if (thread != Thread.currentThread()) {
                LockSupport.unpark(thread);
            }
        }

        TopK answer() {
            return switch (failure) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> Objects.requireNonNull(found);
            };
        }
    }
}
