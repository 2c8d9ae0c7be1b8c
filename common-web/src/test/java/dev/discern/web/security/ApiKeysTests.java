package dev.discern.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTests {

    // printf abc | sha256sum
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void thePlainKeyHasEveryScope() {
        ApiKeys keys = new ApiKeys(new SecurityProperties("plain", List.of()));

        assertThat(keys.scopes("plain")).contains(Set.of(Scope.values()));
        assertThat(keys.scopes("other")).isEmpty();
        assertThat(keys.scopes("")).isEmpty();
    }

    @Test
    void aHashedKeyHasItsOwnScopes() {
        ApiKeys keys = new ApiKeys(new SecurityProperties(
                null,
                List.of(new SecurityProperties.Key(ABC.toUpperCase(java.util.Locale.ROOT), List.of("recs:read")))));

        assertThat(keys.scopes("abc")).contains(Set.of(Scope.RECS_READ));
        assertThat(keys.scopes(ABC)).as("the hash itself is no key").isEmpty();
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
}
