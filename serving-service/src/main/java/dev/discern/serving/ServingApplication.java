package dev.discern.serving;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The serving service: top-K answers from a published artifact, without any LLM. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ServingApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(ServingApplication.class, args);
    }
}
