package dev.discern.cli.command;

import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.stack.StackState;
import dev.discern.cli.terminal.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern status}. */
@Command(
        name = "status",
        description = "Says what runs where: the stack of this home, or else what answers at the configured ports.",
        footer = {"", "Examples:", "  discern status", "  discern status --json"})
public final class StatusCommand implements Callable<Integer> {

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    private final Session session;

    /** In a session. */
    public StatusCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints; tools read it. {@code state} is ready, up (without a model) or down. */
    record Status(
            List<Service> services,
            Postgres postgres,
            @Nullable String champion) {

        record Service(
                String name,
                String url,
                String state,
                @Nullable Long pid) {}

        record Postgres(
                @Nullable String url,
                String state,
                @Nullable Long pid) {}
    }

    @Override
    public Integer call() {
        Status status = status();
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(status));
        } else {
            print(status);
        }
        return 0;
    }

    private Status status() {
        Optional<StackState> stack = StackState.running(session.settings().home());
        List<Status.Service> services = Arrays.stream(ServiceName.values())
                .map(service -> service(service, stack))
                .toList();
        Status.Postgres postgres = stack.map(StackState::postgres)
                .map(state ->
                        new Status.Postgres(state.jdbcUrl(), state.pid() == null ? "external" : "up", state.pid()))
                .orElse(new Status.Postgres(null, "down", null));
        return new Status(services, postgres, champion(services));
    }

    private Status.Service service(ServiceName service, Optional<StackState> stack) {
        ServiceClient client = session.client(service);
        String state = client.healthy("/actuator/health/readiness")
                ? "ready"
                : client.healthy("/actuator/health/liveness") ? "up" : "down";
        Long pid = stack.stream()
                .flatMap(running -> running.services().stream())
                .filter(running -> running.name().equals(service.label()))
                .map(StackState.Service::pid)
                .findFirst()
                .orElse(null);
        return new Status.Service(service.label(), client.endpoint().url().toString(), state, pid);
    }

    private @Nullable String champion(List<Status.Service> services) {
        boolean training = services.stream()
                .anyMatch(service -> service.name().equals(ServiceName.TRAINING.label())
                        && service.state().equals("ready"));
        return training ? session.training().aliases().get(TrainingApi.CHAMPION) : null;
    }

    private void print(Status status) {
        TextTable table = new TextTable("part", "address", "state", "process");
        for (Status.Service service : status.services()) {
            table.row(List.of(service.name(), service.url(), service.state(), text(service.pid())));
        }
        Status.Postgres postgres = status.postgres();
        table.row(List.of(
                "postgres", postgres.url() == null ? "–" : postgres.url(), postgres.state(), text(postgres.pid())));
        table.lines().forEach(session.terminal()::result);
        session.terminal().result("champion: " + (status.champion() == null ? "none" : status.champion()));
    }

    private static String text(@Nullable Long pid) {
        return pid == null ? "–" : pid.toString();
    }
}
