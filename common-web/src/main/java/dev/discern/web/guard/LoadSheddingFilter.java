package dev.discern.web.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Works on so many requests at once and refuses what comes on top. More would not be answered sooner: they would only wait in each other's
 * way until all are late. Health is always told.
 */
final class LoadSheddingFilter extends OncePerRequestFilter {

    private static final int RETRY_SECONDS = 1;

    private final Semaphore places;
    private final Refusals refusals;

    LoadSheddingFilter(GuardProperties properties, Refusals refusals) {
        this.places = new Semaphore(properties.concurrentRequests());
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            refusals.refuse(
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "OVERLOADED",
                    "this service has as many requests as it can answer in time; try again soon",
                    RETRY_SECONDS);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
