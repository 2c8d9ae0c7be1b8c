package dev.discern.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTests {

    // printf abc | sha256sum
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void thePlainKeyHasEveryScope() {
        ApiKeys keys = new ApiKeys(new SecurityProperties("plain", List.of()));

        assertThat(scopes(keys, "plain")).contains(Set.of(Scope.values()));
        assertThat(scopes(keys, "other")).isEmpty();
        assertThat(scopes(keys, "")).isEmpty();
    }

    @Test
    void aHashedKeyHasItsOwnScopes() {
        ApiKeys keys = new ApiKeys(new SecurityProperties(
                null,
                List.of(new SecurityProperties.Key(ABC.toUpperCase(java.util.Locale.ROOT), List.of("recs:read")))));

        assertThat(scopes(keys, "abc")).contains(Set.of(Scope.RECS_READ));
        assertThat(scopes(keys, ABC)).as("the hash itself is no key").isEmpty();
    }

    @Test
    void aHolderIsNamedByTheBeginningOfTheHash() {
        ApiKeys keys = new ApiKeys(new SecurityProperties("abc", List.of()));

        assertThat(keys.holder("abc").orElseThrow().name()).isEqualTo("key-ba7816bf");
    }

    @Test
    void aBlankKeyIsNone() {
        assertThat(new ApiKeys(new SecurityProperties(null, List.of())).isEmpty())
                .isTrue();
        assertThat(new ApiKeys(new SecurityProperties("  ", List.of())).isEmpty())
                .isTrue();
    }

    @Test
    void refusesWhatCannotBeAHashOrAScope() {
        assertThatThrownBy(() -> new SecurityProperties.Key("abc", List.of()))
                .hasMessage("discern.security.keys[].sha256 must be 64 hexadecimal digits, not 3 characters");
        SecurityProperties unknown =
                new SecurityProperties(null, List.of(new SecurityProperties.Key(ABC, List.of("write"))));
        assertThatThrownBy(() -> new ApiKeys(unknown))
                .hasMessage("unknown scope 'write'; known are recs:read, data:write and admin");
    }

    private static Optional<Set<Scope>> scopes(ApiKeys keys, String key) {
        return keys.holder(key).map(ApiKeys.Holder::scopes);
    }
}
