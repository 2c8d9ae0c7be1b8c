package dev.discern.web;

import dev.discern.web.problem.FieldProblem;
import dev.discern.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service with an endpoint for each way in which a request can go wrong. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(WebApplication.Endpoints.class)
public class WebApplication {

    /** One permit for each request to {@code /v1/slow} that was begun. */
    public static final Semaphore SLOW_BEGUN = new Semaphore(0);

    /** One permit lets one request to {@code /v1/slow} end. */
    public static final Semaphore SLOW_MAY_END = new Semaphore(0);

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(WebApplication.class, args);
    }

    /** A part with a rule of its own. */
    public record Range(int low, int high) {

        public Range {
            if (low > high) {
                throw new IllegalArgumentException("low must not be above high, found %d > %d".formatted(low, high));
            }
        }
    }

    /** A body with rules. */
    public record Order(
            @NotBlank @Nullable String name,
            @Min(1) int amount,
            @Size(max = 2) @Nullable List<@Valid Line> lines,
            @Nullable Range range) {

        /** A part of it. */
        public record Line(@NotBlank @Nullable String item) {}
    }

    /** Two values. */
    public enum Shape {
        ROUND,
        SQUARE
    }

    /** The endpoints. */
    @RestController
    static class Endpoints {

        @GetMapping("/v1/users/{id}/items/{item}")
        List<String> ids(@PathVariable String id, @PathVariable String item) {
            return List.of(id, item);
        }

        @PostMapping("/v1/orders")
        String order(@Valid @RequestBody Order order) {
            return String.valueOf(order.name());
        }

        @GetMapping("/v1/page")
        String page(@RequestParam @Min(1) @Max(100) int limit, @RequestParam(defaultValue = "ROUND") Shape shape) {
            return limit + " " + shape;
        }

        @GetMapping("/v1/taken")
        String taken() {
            throw new ProblemException(HttpStatus.CONFLICT, "TAKEN", "somebody has it; try again later")
                    .with(new FieldProblem("/name", "TAKEN", "somebody has it"))
                    .retryAfter(7);
        }

        @GetMapping("/v1/nowhere")
        String nowhere() {
            throw ProblemException.invalid("", "INVALID", "nothing fits");
        }

        @GetMapping("/v1/broken")
        String broken() {
            throw new IllegalStateException("jdbc:postgresql://secret-host password=hunter2");
        }

        @GetMapping("/v1/sql/{state}")
        String sql(@PathVariable String state) {
            throw new IllegalStateException(new SQLException("to secret-host:5432", state));
        }

        @PutMapping("/v1/items/{id}")
        String put(@PathVariable String id) {
            return id;
        }

        @DeleteMapping("/v1/items/{id}")
        String delete(@PathVariable String id) {
            return id;
        }

        @PostMapping("/v1/events")
        String event() {
            return "event";
        }

        /** Answers when it is told to go on. */
        @GetMapping("/v1/slow")
        String slow() throws InterruptedException {
            SLOW_BEGUN.release();
            SLOW_MAY_END.acquire();
            return "done";
        }

        @GetMapping("/v1/admin/secret")
        String secret() {
            return "secret";
        }
    }
}
