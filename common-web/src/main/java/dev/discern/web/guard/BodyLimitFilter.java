package dev.discern.web.guard;

import dev.discern.web.problem.RefusedBodyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too large: by their announced length before anything is read, else as soon as too much was read. And those that take
 * too long to come, at the first part that comes too late; where none comes at all the server's own timeout ends it.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

    private final long limit; // bytes; 0 for none
    private final Duration timeout; // zero for none
    private final Refusals refusals;

    BodyLimitFilter(GuardProperties properties, Refusals refusals) {
        this.limit = properties.maxBody().toBytes();
        this.timeout = properties.bodyTimeout();
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (limit > 0 && request.getContentLengthLong() > limit) {
            RefusedBodyException refused = RefusedBodyException.tooLarge(limit);
            refusals.refuse(response, refused.status(), refused.code(), refused.detail(), 0);
        } else {
            chain.doFilter(new Limited(request), response);
        }
    }

    /** A request whose body ends with an error where it gets too long or comes too late. */
    private final class Limited extends HttpServletRequestWrapper {

        private @Nullable Watched body;

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new Watched(super.getInputStream());
            }
            return Objects.requireNonNull(body);
        }
    }

    private final class Watched extends ServletInputStream {

        private final ServletInputStream source;
        private final long begin = System.nanoTime();
        private long read;

        Watched(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            check(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = source.read(buffer, offset, length);
            check(Math.max(0, count));
            return count;
        }

        private void check(int bytes) throws IOException {
            read += bytes;
            if (limit > 0 && read > limit) {
                throw RefusedBodyException.tooLarge(limit);
            }
            if (!timeout.isZero() && System.nanoTime() - begin > timeout.toNanos()) {
                throw RefusedBodyException.tooSlow(timeout);
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
