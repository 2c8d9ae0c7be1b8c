package dev.discern.benchmarks;

import dev.discern.scoring.llm.ChatProvider;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.prompt.ChatPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The chat judge's HTTP calls, through its own client, and nothing else: no ledger, no reading of the answer. */
record BareCalls(ChatProvider provider, List<ChatPrompt> questions, int concurrency) {

    /** Makes so many, from the first question on and around again. */
    void make(int calls) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < concurrency; caller++) {
                callers.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < calls; n = next.getAndIncrement()) {
                        if (!(provider.ask(questions.get(n % questions.size())) instanceof ChatReply.Answer)) {
                            throw new IllegalStateException("a bare call has no answer");
                        }
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
