package dev.discern.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code X-API-Key}; where no keys are configured everybody has every scope. */
final class ApiKeyFilter extends OncePerRequestFilter {

    static final String HEADER = "X-API-Key";

    private static final ApiKeys.Holder ANYBODY = new ApiKeys.Holder("anybody", EnumSet.allOf(Scope.class));

    private final ApiKeys keys;

    ApiKeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (keys.isEmpty()) {
            authenticate(ANYBODY);
        } else {
            String key = request.getHeader(HEADER);
            if (key != null) {
                keys.holder(key).ifPresent(ApiKeyFilter::authenticate);
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static void authenticate(ApiKeys.Holder holder) {
        SecurityContextHolder.getContext().setAuthentication(new KeyAuthentication(holder.name(), holder.scopes()));
    }

    /** Somebody with a key; who they are is not known beyond that. */
    private static final class KeyAuthentication extends AbstractAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final String name;

        KeyAuthentication(String name, Collection<? extends GrantedAuthority> authorities) {
            super(authorities);
            this.name = name;
            setAuthenticated(true);
        }

        @Override
        public @Nullable Object getCredentials() {
            return null;
        }

        @Override
        public Object getPrincipal() {
            return name;
        }
    }
}
