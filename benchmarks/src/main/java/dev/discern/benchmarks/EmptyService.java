package dev.discern.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What serving is compared with: the serving jar's libraries, settings, keys, guards and filters, and in place of its own classes this
 * one, which answers the same address with the same bytes every time. {@link ServiceUnderLoad} starts it.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
public class EmptyService {

    private final byte[] answer;

    EmptyService(@Value("${discern.benchmark.answer}") Path answer) throws IOException {
        this.answer = Files.readAllBytes(answer);
    }

    @GetMapping(path = "/v1/users/{userId}/recommendations", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] answer(@PathVariable String userId, @RequestParam int k) {
        return answer;
    }

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(EmptyService.class, args);
    }
}
