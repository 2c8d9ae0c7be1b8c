package dev.discern.cli.api;

import java.util.Locale;

/** The three services, with what the command line has to know of each. */
public enum ServiceName {
    /** Imports, asks the judge, measures it. */
    SCORING("llm-scoring-service", 8081, "/actuator/health/readiness"),
    /** Trains, evaluates, publishes. */
    TRAINING("training-service", 8082, "/actuator/health/readiness"),
    /** Answers top-K; alive without a model, ready only with one. */
    SERVING("serving-service", 8080, "/actuator/health/liveness");

    private final String module;
    private final int standardPort;
    private final String startedPath;

    ServiceName(String module, int standardPort, String startedPath) {
        this.module = module;
        this.standardPort = standardPort;
        this.startedPath = startedPath;
    }

    /** Its Maven module. */
    public String module() {
        return module;
    }

    /** The port when nothing else is said. */
    public int standardPort() {
        return standardPort;
    }

    /** Answers 200 once the service has started. */
    public String startedPath() {
        return startedPath;
    }

    /** The name in messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment variable of its port. */
    public String portVariable() {
        return "DISCERN_" + name() + "_PORT";
    }
}
