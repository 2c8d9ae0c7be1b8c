package dev.discern.cli.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A service as the supervisor sees one: a process that listens where its environment says, answers 200 to everything, and ends with its
 * parent. {@code POST /crash} ends it.
 */
public final class ServiceProgram {

    private static final String PARENT = "--discern.parent-pid=";

    private ServiceProgram() {}

    /** Arguments: the variable that holds the port, and the parent's process id as a Spring property. */
    public static void main(String[] arguments) throws IOException {
        long parent = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(PARENT))
                .map(argument -> Long.parseLong(argument.substring(PARENT.length())))
                .findFirst()
                .orElseThrow();
        var _ = ProcessHandle.of(parent).orElseThrow().onExit().thenRun(() -> System.exit(0));
        int port = Integer.parseInt(System.getenv(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/crash", exchange -> {
            System.out.println("about to crash");
            Runtime.getRuntime().halt(3);
        });
        server.start();
        System.out.println(arguments[0] + " listens at " + port);
    }
}
