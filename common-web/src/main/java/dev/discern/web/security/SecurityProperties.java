package dev.discern.web.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * API keys. Without any, a service is open, and then it answers on a loopback address only.
 *
 * @param apiKey one key in plain text with every scope, for the environment variable {@code DISCERN_API_KEY}; hashed at start
 * @param keys further keys by their SHA-256
 */
@ConfigurationProperties("discern.security")
public record SecurityProperties(
        @Nullable String apiKey, @DefaultValue List<Key> keys) {

    /**
     * A key that is stored hashed.
     *
     * @param sha256 64 hexadecimal digits
     * @param scopes labels of {@link Scope}
     */
    public record Key(String sha256, @DefaultValue List<String> scopes) {

        public Key {
            if (!sha256.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(
                        "discern.security.keys[].sha256 must be 64 hexadecimal digits, not %d characters"
                                .formatted(sha256.length()));
            }
        }

        Set<Scope> scopeSet() {
            return scopes.stream().map(Scope::of).collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
        }
    }
}
