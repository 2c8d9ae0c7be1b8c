package dev.discern.cli.api;

import java.net.URI;

/**
 * Where a service listens.
 *
 * @param name scoring, training or serving
 * @param portVariable the environment variable of its port
 */
public record Endpoint(String name, URI url, String portVariable) {

    /** A service on this machine's loopback address. */
    public static Endpoint local(ServiceName service, int port) {
        return new Endpoint(service.label(), URI.create("http://127.0.0.1:" + port), service.portVariable());
    }
}
