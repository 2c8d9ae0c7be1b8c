package dev.discern.web;

import dev.discern.web.problem.ProblemAdvice;
import dev.discern.web.problem.ProblemErrorController;
import dev.discern.web.problem.ProblemReportValve;
import dev.discern.web.problem.TraceIdFilter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import tools.jackson.databind.JsonNode;

/** Problem details, trace ids, API documentation and the parent watch for every service. */
@AutoConfiguration(beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
@Import({ProblemAdvice.class, ProblemErrorController.class})
public class WebAutoConfiguration {

    @Bean
    FilterRegistrationBean<TraceIdFilter> traceIdFilter() {
        FilterRegistrationBean<TraceIdFilter> registration = new FilterRegistrationBean<>(new TraceIdFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(jakarta.servlet.DispatcherType.REQUEST, jakarta.servlet.DispatcherType.ERROR);
        return registration;
    }

    @Bean
    OpaquePathIds opaquePathIds() {
        return new OpaquePathIds();
    }

    /** Beneath Spring Boot's own, so that it comes first. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReport() {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
    }

    @Bean
    OpenAPI openApi(@Value("${spring.application.name}") String name) {
        SpringDocUtils.getConfig()
                .replaceWithSchema(JsonNode.class, new Schema<>()); // any JSON, not the class's getters
        return new OpenAPI()
                .info(new Info()
                        .title("Discern " + name)
                        .version("v1")
                        .description("Errors are RFC 9457 problem details with `code`, `traceId` and `errors`."))
                .components(new Components()
                        .addSecuritySchemes(
                                "apiKey",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("X-API-Key")))
                .addSecurityItem(new SecurityRequirement().addList("apiKey"));
    }

    @Bean
    @ConditionalOnProperty("discern.parent-pid")
    ApplicationListener<ApplicationReadyEvent> parentProcessWatch(@Value("${discern.parent-pid}") long parentPid) {
        return ready -> ParentProcessWatch.watch(parentPid, ready.getApplicationContext());
    }
}
