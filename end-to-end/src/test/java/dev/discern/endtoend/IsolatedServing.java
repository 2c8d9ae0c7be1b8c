package dev.discern.endtoend;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs in a network namespace that has nothing but a loopback interface which is down: {@code unshare --net java … IsolatedServing ARTIFACTS
 * LOG PATH…}. Takes the loopback up, starts the serving jar and prints its answer to each path as {@code status body}; the first line says
 * what a connection to elsewhere came to. The loopback is taken up by the system call that {@code ip} would make, because not every machine
 * has {@code ip} and each has this JDK.
 */
final class IsolatedServing {

    // linux/socket.h, linux/sockios.h, linux/if.h
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final int IFREQ_BYTES = 40;
    private static final int FLAGS_OFFSET = 16;
    private static final short IFF_UP = 1;

    private IsolatedServing() {}

    public static void main(String[] args) throws Throwable {
        takeLoopbackUp();
        System.out.println(elsewhere());
        HttpClient http = HttpClient.newHttpClient();
        try (ServingJar serving = ServingJar.start(Path.of(args[0]), Path.of(args[1]))) {
            serving.awaitReady(http, System.nanoTime() + TimeUnit.MINUTES.toNanos(2));
            for (int n = 2; n < args.length; n++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(serving.address() + args[n]))
                        .build();
                var answer = http.send(request, BodyHandlers.ofString());
                System.out.println(answer.statusCode() + " " + answer.body());
            }
        }
    }

    /** What comes of a connection to an address that is reserved for documentation (RFC 5737). */
    private static String elsewhere() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 80), 2_000);
            return "connected";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @SuppressWarnings("restricted")
    private static void takeLoopbackUp() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle socket = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("socket"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        MethodHandle ioctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
            request.setString(0, "lo");
            int descriptor = (int) socket.invokeExact(AF_INET, SOCK_DGRAM, 0);
            require("reading the loopback's flags", (int) ioctl.invokeExact(descriptor, SIOCGIFFLAGS, request));
            short flags = request.get(ValueLayout.JAVA_SHORT, FLAGS_OFFSET);
            request.set(ValueLayout.JAVA_SHORT, FLAGS_OFFSET, (short) (flags | IFF_UP));
            require("taking the loopback up", (int) ioctl.invokeExact(descriptor, SIOCSIFFLAGS, request));
        }
    }

    private static void require(String what, int result) {
        if (result != 0) {
            throw new IllegalStateException(what + " failed");
        }
    }
}
