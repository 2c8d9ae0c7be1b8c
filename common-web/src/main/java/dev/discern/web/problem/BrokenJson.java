package dev.discern.web.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a JSON body and where, in the caller's words: the names of our classes are nobody's business. */
final class BrokenJson {

    private BrokenJson() {}

    static FieldProblem problem(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                new FieldProblem(
                        pointer(unknown),
                        "UNKNOWN_FIELD",
                        "this field is unknown; known are " + unknown.getKnownPropertyIds());
            case ValueInstantiationException refused
            when refused.getCause() instanceof IllegalArgumentException rule ->
                new FieldProblem(pointer(refused), "INVALID", String.valueOf(rule.getMessage()));
            case InvalidFormatException format ->
                new FieldProblem(
                        pointer(format),
                        "UNREADABLE",
                        "expected %s, found '%s'".formatted(expected(format.getTargetType()), format.getValue()));
            case MismatchedInputException mismatch ->
                new FieldProblem(pointer(mismatch), "UNREADABLE", "expected " + expected(mismatch.getTargetType()));
            default -> new FieldProblem(pointer(e), "UNREADABLE", e.getOriginalMessage());
        };
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "a " + type.getSimpleName();
    }

    private static String pointer(JacksonException e) {
        return e.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                .collect(Collectors.joining());
    }
}
