package dev.discern.web.security;

import org.springframework.security.core.GrantedAuthority;

/** What an API key allows. */
public enum Scope implements GrantedAuthority {
    /** Reading recommendations. */
    RECS_READ("recs:read"),
    /** Writing events, items and users. */
    DATA_WRITE("data:write"),
    /** Everything under {@code /v1/admin}. */
    ADMIN("admin");

    private final String label;

    Scope(String label) {
        this.label = label;
    }

    /** As keys are configured: {@code recs:read}, {@code data:write}, {@code admin}. */
    public String label() {
        return label;
    }

    /** The {@link #label}. */
    @Override
    public String getAuthority() {
        return label;
    }

    /**
     * The scope of this label.
     *
     * @throws IllegalArgumentException naming the known labels
     */
    public static Scope of(String label) {
        for (Scope scope : values()) {
            if (scope.label.equals(label)) {
                return scope;
            }
        }
        throw new IllegalArgumentException(
                "unknown scope '%s'; known are recs:read, data:write and admin".formatted(label));
    }
}
