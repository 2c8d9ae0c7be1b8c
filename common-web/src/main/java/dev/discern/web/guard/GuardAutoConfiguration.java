package dev.discern.web.guard;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.util.function.BiFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** The guards of a service, each where a limit is configured: load first, since refusing must cost next to nothing; keys' rates last. */
@AutoConfiguration
@EnableConfigurationProperties(GuardProperties.class)
public class GuardAutoConfiguration {

    private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 10;
    private static final int AFTER_SECURITY = Ordered.LOWEST_PRECEDENCE - 10;

    @Bean
    FilterRegistrationBean<Filter> loadShedding(GuardProperties guard, JsonMapper json, MeterRegistry meters) {
        return filter(guard.concurrentRequests() > 0, BEFORE_SECURITY, LoadSheddingFilter::new, guard, json, meters);
    }

    @Bean
    FilterRegistrationBean<Filter> bodyLimit(GuardProperties guard, JsonMapper json, MeterRegistry meters) {
        boolean isConfigured =
                guard.maxBody().toBytes() > 0 || !guard.bodyTimeout().isZero();
        return filter(isConfigured, BEFORE_SECURITY + 1, BodyLimitFilter::new, guard, json, meters);
    }

    @Bean
    FilterRegistrationBean<Filter> rateLimit(GuardProperties guard, JsonMapper json, MeterRegistry meters) {
        return filter(guard.requestsPerSecond() > 0, AFTER_SECURITY, RateLimitFilter::new, guard, json, meters);
    }

    private static FilterRegistrationBean<Filter> filter(
            boolean isConfigured,
            int order,
            BiFunction<GuardProperties, Refusals, Filter> make,
            GuardProperties guard,
            JsonMapper json,
            MeterRegistry meters) {
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(make.apply(guard, new Refusals(json, meters)));
        registration.setEnabled(isConfigured);
        registration.setOrder(order);
        return registration;
    }
}
