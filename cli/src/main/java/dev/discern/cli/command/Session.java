package dev.discern.cli.command;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.api.ServingApi;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.stack.StackState;
import dev.discern.cli.terminal.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What every command is given: where it runs, where it prints, and the services. */
public record Session(Settings settings, Terminal terminal) {

    /** A path of the command line. */
    Path path(Path path) {
        return settings.workingFolder().resolve(path).normalize();
    }

    /** The scoring service. */
    ScoringApi scoring() {
        return new ScoringApi(client(ServiceName.SCORING), terminal);
    }

    /** The training service. */
    TrainingApi training() {
        return new TrainingApi(client(ServiceName.TRAINING), terminal);
    }

    /** The serving service. */
    ServingApi serving() {
        return new ServingApi(client(ServiceName.SERVING));
    }

    /** The services of the stack that runs in this home; where none does, those at the configured ports. */
    ServiceClient client(ServiceName service) {
        Optional<StackState> stack = StackState.running(settings.home());
        String key = settings.variable("DISCERN_API_KEY")
                .or(() -> stack.map(StackState::apiKey))
                .orElse(null);
        return new ServiceClient(
                stack.map(state -> endpoint(state, service)).orElseGet(() -> configured(service)), key);
    }

    /** Where a service listens that something else started: at its configured port. */
    Endpoint configured(ServiceName service) {
        return Endpoint.local(service, settings.port(service.portVariable(), service.standardPort()));
    }

    private static Endpoint endpoint(StackState state, ServiceName service) {
        URI url = state.services().stream()
                .filter(running -> running.name().equals(service.label()))
                .map(running -> URI.create(running.url()))
                .findFirst()
                .orElseThrow();
        return new Endpoint(service.label(), url, service.portVariable());
    }
}
