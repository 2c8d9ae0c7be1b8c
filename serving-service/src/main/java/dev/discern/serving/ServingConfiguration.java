package dev.discern.serving;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.model.Aspect;
import dev.discern.serving.recommend.CategoryMode;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What this service uses besides its own classes. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ServingConfiguration implements WebMvcConfigurer {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, CategoryMode.class, CategoryMode::of);
        registry.addConverter(String.class, Alias.class, Alias::of);
        registry.addConverter(String.class, Aspect.class, Aspect::of);
    }
}
