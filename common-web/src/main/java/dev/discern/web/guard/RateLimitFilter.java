package dev.discern.web.guard;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** A token bucket for each API key. It comes after the keys are checked: who has none is refused by then, and has no bucket. */
final class RateLimitFilter extends OncePerRequestFilter {

    private final int perSecond;
    private final int burst;
    private final Refusals refusals;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimitFilter(GuardProperties properties, Refusals refusals) {
        this.perSecond = properties.requestsPerSecond();
        this.burst = Math.max(properties.burst(), perSecond);
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) { // what needs no key: health and documentation
            chain.doFilter(request, response);
            return;
        }
        ConsumptionProbe probe =
                buckets.computeIfAbsent(caller.getName(), name -> bucket()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "RATE_LIMITED",
                    "this API key may send %d requests a second, and %d at once".formatted(perSecond, burst),
                    Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
