package dev.discern.training;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The training service: fits, compares and publishes models. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TrainingApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(TrainingApplication.class, args);
    }
}
