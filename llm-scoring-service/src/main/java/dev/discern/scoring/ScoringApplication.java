package dev.discern.scoring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The LLM scoring service: imports data, asks judges offline, reports how far they can be trusted. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ScoringApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(ScoringApplication.class, args);
    }
}
