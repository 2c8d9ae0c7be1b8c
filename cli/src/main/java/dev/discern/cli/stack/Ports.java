package dev.discern.cli.stack;

import dev.discern.cli.api.ServiceName;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The port of each service. */
public final class Ports {

    private final Map<ServiceName, Integer> ports;

    private Ports(Map<ServiceName, Integer> ports) {
        this.ports = new EnumMap<>(ports);
    }

    /**
     * The ports of the environment, or the standard ones.
     *
     * @throws CliException when one of them is busy
     */
    public static Ports configured(Settings settings) {
        Map<ServiceName, Integer> ports = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            int port = settings.port(service.portVariable(), service.standardPort());
            if (!free(port)) {
                throw CliException.failed(
                        "port %d of the %s service is busy: stop what uses it, set %s to another port, or pass `--ports auto`"
                                .formatted(port, service.label(), service.portVariable()));
            }
            ports.put(service, port);
        }
        return new Ports(ports);
    }

    /** Ports that are free now. */
    public static Ports anyFree() {
        Iterator<Integer> free = severalFree(ServiceName.values().length).iterator();
        Map<ServiceName, Integer> ports = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            ports.put(service, free.next());
        }
        return new Ports(ports);
    }

    /** The port of a service. */
    public int of(ServiceName service) {
        return Objects.requireNonNull(ports.get(service));
    }

    /** A port that is free now. */
    static int oneFree() {
        return severalFree(1).getFirst();
    }

    /** Different ports: all are held until the last is found. */
    private static List<Integer> severalFree(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw CliException.failed("found no free port: " + e.getMessage(), e);
        } finally {
            sockets.forEach(Ports::close);
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw CliException.failed("could not let go of port " + socket.getLocalPort(), e);
        }
    }
}
