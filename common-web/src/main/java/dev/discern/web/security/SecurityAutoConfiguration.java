package dev.discern.web.security;

import dev.discern.web.problem.Problems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import tools.jackson.databind.json.JsonMapper;

/**
 * API keys for every service. With no key configured a service must be bound to a loopback address, and is then open to this
 * machine; anything else is refused at start.
 */
@AutoConfiguration
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityAutoConfiguration.class);

    @Bean
    SecurityFilterChain apiKeyChain(
            HttpSecurity http,
            SecurityProperties properties,
            JsonMapper json,
            @Value("${server.address:0.0.0.0}") String address) {
        ApiKeys keys = new ApiKeys(properties);
        requireKeysBeyondLoopback(keys, address);
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/actuator/health/**", "/v3/api-docs/**", "/swagger-ui/**", "/swagger-ui.html")
                        .permitAll()
                        .requestMatchers("/v1/admin/**", "/actuator/**")
                        .hasAuthority(Scope.ADMIN.label())
                        .requestMatchers("/v1/events/**")
                        .hasAuthority(Scope.DATA_WRITE.label())
                        .requestMatchers(HttpMethod.PUT, "/v1/**")
                        .hasAuthority(Scope.DATA_WRITE.label())
                        .requestMatchers(HttpMethod.PATCH, "/v1/**")
                        .hasAuthority(Scope.DATA_WRITE.label())
                        .requestMatchers(HttpMethod.DELETE, "/v1/**")
                        .hasAuthority(Scope.DATA_WRITE.label())
                        .anyRequest()
                        .hasAuthority(Scope.RECS_READ.label()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, e) -> answer(
                                json,
                                response,
                                HttpStatus.UNAUTHORIZED,
                                "A valid API key is required in the header " + ApiKeyFilter.HEADER + "."))
                        .accessDeniedHandler((request, response, e) -> answer(
                                json,
                                response,
                                HttpStatus.FORBIDDEN,
                                "This API key does not have the scope that the request needs.")))
                .addFilterBefore(new ApiKeyFilter(keys), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    /** Ids are opaque: an encoded slash or percent sign in a path is data, not an attack. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowSemicolon(true);
        return firewall;
    }

    /** Spring Security would time each of its filters, a dozen for a request, and nobody asks how long one took. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** There are no users with passwords; without this bean Spring Boot would make one and log its password. */
    @Bean
    UserDetailsService noUsers() {
        return name -> {
            throw new UsernameNotFoundException("this service knows API keys only");
        };
    }

    private static void requireKeysBeyondLoopback(ApiKeys keys, String address) {
        if (!keys.isEmpty()) {
            return;
        }
        try {
            if (!InetAddress.getByName(address).isLoopbackAddress()) {
                throw new IllegalStateException(
                        "No API key is configured and server.address is %s: set DISCERN_API_KEY, or bind to 127.0.0.1."
                                .formatted(address));
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException("server.address is no address of this machine: " + address, e);
        }
        LOG.warn("No API key is configured: everybody on this machine may call this service. Set DISCERN_API_KEY.");
    }

    private static void answer(JsonMapper json, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), Problems.of(status, null, detail, List.of()));
    }
}
