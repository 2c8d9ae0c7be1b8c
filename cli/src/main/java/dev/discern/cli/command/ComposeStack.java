package dev.discern.cli.command;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceClient.Health;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** The services of the compose file, at the ports and with the key that its {@code .env} file gives them. They are used, never started. */
record ComposeStack(Session published, Path folder, String apiKey) {

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * What the repository's compose file publishes.
     *
     * @throws CliException when there is no key
     */
    static ComposeStack of(Session session) {
        Path folder = session.settings().repository();
        Session published = new Session(ComposeSettings.of(session.settings()), session.terminal());
        String apiKey = published
                .settings()
                .variable("DISCERN_API_KEY")
                .orElseThrow(() -> CliException.failed(
                        "DISCERN_API_KEY is set neither in %s nor in the environment: copy .env.example there, set it, and start the stack with `docker-compose up -d`"
                                .formatted(folder.resolve(".env"))));
        return new ComposeStack(published, folder, apiKey);
    }

    Endpoint endpoint(ServiceName service) {
        return published.configured(service);
    }

    ServiceClient client(ServiceName service) {
        return new ServiceClient(endpoint(service), apiKey);
    }

    /**
     * Waits for services that are starting; a port where nothing listens is not waited for, since Docker takes it when the container starts.
     *
     * @throws CliException naming the service that does not answer, and what to do
     */
    void awaitStarted(Duration patience) {
        long start = System.nanoTime();
        for (ServiceName service : ServiceName.values()) {
            awaitStarted(service, start, patience);
        }
    }

    private void awaitStarted(ServiceName service, long start, Duration patience) {
        ServiceClient client = client(service);
        Terminal terminal = published.terminal();
        boolean told = false;
        while (true) {
            Health health = client.health(service.startedPath());
            if (health == Health.UP) {
                return;
            }
            if (health == Health.ABSENT) {
                throw absent(service);
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw CliException.failed(
                        "the %s service at %s%s does not answer 200 after %d s: `docker-compose ps` and `docker-compose logs %s` in %s say more"
                                .formatted(
                                        service.label(),
                                        endpoint(service).url(),
                                        service.startedPath(),
                                        patience.toSeconds(),
                                        service.module(),
                                        folder));
            }
            if (!told) {
                terminal.note("Waiting for the %s service at %s"
                        .formatted(service.label(), endpoint(service).url()));
                told = true;
            }
            sleep();
        }
    }

    private CliException absent(ServiceName service) {
        Endpoint endpoint = endpoint(service);
        return CliException.failed(
                "nothing listens at %s (%s service): start the stack with `docker-compose up -d` in %s, or say with %s at which port it is published. `discern demo` without --compose needs no Docker"
                        .formatted(endpoint.url(), endpoint.name(), folder, endpoint.portVariable()));
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a service");
        }
    }
}
