package dev.discern.web;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Ends the service when the process that started it has ended, however it ended: nothing is left behind. */
final class ParentProcessWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ParentProcessWatch.class);

    private ParentProcessWatch() {}

    static void watch(long parentPid, ConfigurableApplicationContext context) {
        Runnable end = () -> {
            LOG.info("the process {} that started this service has ended, so this one ends too", parentPid);
            Thread.ofPlatform().name("parent-ended").start(() -> System.exit(SpringApplication.exit(context)));
        };
        CompletableFuture<?> ended = ProcessHandle.of(parentPid)
                .map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        var _ = ended.thenRun(end);
    }
}
