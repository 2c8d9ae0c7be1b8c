package dev.discern.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns what controllers and Spring MVC throw into problem details. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final int DATABASE_RETRY_SECONDS = 5;

    /** Our own problems, as they are. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException e) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(e.status());
        if (e.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(e.retryAfterSeconds()));
        }
        return answer.body(Problems.of(e.status(), e.code(), String.valueOf(e.getMessage()), e.errors()));
    }

    /** Parameters that Tomcat cannot decode; it tells so only when they are asked for. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> undecodable(InvalidParameterException e) {
        return ResponseEntity.badRequest()
                .body(Problems.of(
                        HttpStatus.BAD_REQUEST,
                        "INVALID_REQUEST",
                        "expected parameters in UTF-8 with percent escapes, got something else",
                        List.of()));
    }

    /** A body of a type such as {@code application/*}: Spring refuses it while it reads the headers, and has no exception for it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(IllegalArgumentException e, HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.contains("*")) {
            return unexpected(e);
        }
        return ResponseEntity.status(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .body(Problems.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        null,
                        "expected the type of a body, such as application/json, got a wildcard",
                        List.of()));
    }

    /** A database that is gone, or whatever nobody foresaw: logged with its trace, told without its internals. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e) {
        if (LostDatabase.isCauseOf(e)) {
            LOG.warn("the database does not answer", e);
            return problem(new ProblemException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "DATABASE_UNAVAILABLE",
                            "the database does not answer; try again when it is back")
                    .retryAfter(DATABASE_RETRY_SECONDS));
        }
        LOG.error("unexpected failure of a request", e);
        return ResponseEntity.internalServerError()
                .body(Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        null,
                        "The request failed unexpectedly; the service's log has the cause under this traceId.",
                        List.of()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> answer = super.handleExceptionInternal(e, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem && problem.getProperties() == null) {
            Problems.complete(problem, null, List.of());
        }
        return answer;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> errors = new ArrayList<>();
        e.getBindingResult().getAllErrors().forEach(error -> {
            String pointer = error instanceof FieldError field ? pointer(field.getField()) : "";
            errors.add(new FieldProblem(pointer, code(error.getCode()), String.valueOf(error.getDefaultMessage())));
        });
        return invalid(e, errors, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> errors = new ArrayList<>();
        e.getParameterValidationResults().forEach(result -> {
            if (result instanceof ParameterErrors body) {
                body.getFieldErrors()
                        .forEach(error -> errors.add(new FieldProblem(
                                pointer(error.getField()),
                                code(error.getCode()),
                                String.valueOf(error.getDefaultMessage()))));
                return;
            }
            String name = String.valueOf(result.getMethodParameter().getParameterName());
            for (MessageSourceResolvable error : result.getResolvableErrors()) {
                String[] codes = error.getCodes();
                String code = codes == null || codes.length == 0 ? null : codes[codes.length - 1];
                errors.add(new FieldProblem(name, code(code), String.valueOf(error.getDefaultMessage())));
            }
        });
        return invalid(e, errors, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(
                e,
                List.of(new FieldProblem(e.getParameterName(), "REQUIRED", "this parameter is required")),
                headers,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(e.getPropertyName());
        String expected = expected(e.getRequiredType());
        Object value = e.getValue() instanceof Object[] several ? Arrays.toString(several) : e.getValue();
        return invalid(
                e,
                List.of(new FieldProblem(name, "WRONG_TYPE", "expected " + expected + ", got '" + value + "'")),
                headers,
                request);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        return type == LocalDate.class ? "a day such as 2026-01-31" : type.getSimpleName();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest web
                && web.getResponse() != null
                && web.getResponse().isCommitted()) {
            LOG.debug("whoever sent a body ended the connection before it was all there", e);
            return null; // nobody is left to be told
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedBodyException refused) {
                return handleExceptionInternal(
                        e,
                        Problems.of(refused.status(), refused.code(), refused.detail(), List.of()),
                        headers,
                        refused.status(),
                        request);
            }
        }
        FieldProblem error = e.getCause() instanceof JacksonException broken
                ? BrokenJson.problem(broken)
                : new FieldProblem("", "UNREADABLE", "a JSON body is required");
        return invalid(e, List.of(error), headers, request);
    }

    private @Nullable ResponseEntity<Object> invalid(
            Exception e, List<FieldProblem> errors, HttpHeaders headers, WebRequest request) {
        String detail = errors.stream()
                .map(error -> error.pointer().isEmpty() ? error.message() : error.pointer() + ": " + error.message())
                .collect(Collectors.joining("; "));
        return handleExceptionInternal(
                e,
                Problems.of(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail, errors),
                headers,
                HttpStatus.BAD_REQUEST,
                request);
    }

    /** A bean path such as {@code session.itemIds[0]} as a JSON pointer. */
    private static String pointer(String path) {
        return "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static String code(@Nullable String constraint) {
        return switch (constraint) {
            case null -> "INVALID";
            case "NotNull", "NotBlank", "NotEmpty" -> "REQUIRED";
            case "Min", "Max", "Size", "Positive", "PositiveOrZero", "DecimalMin", "DecimalMax" -> "OUT_OF_RANGE";
            default -> "INVALID";
        };
    }
}
