package dev.discern.serving.web;

import dev.discern.web.problem.FieldProblem;
import dev.discern.web.problem.ProblemException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lays a merge patch over a body, and asks of the result what is asked of a body that comes whole. */
@Component
final class PatchedBodies {

    private final JsonMapper json;
    private final Validator validator;

    PatchedBodies(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The body as the patch wants it.
     *
     * @throws ProblemException 400 when that is no such body
     */
    <T> T patched(T body, JsonNode patch, Class<T> type) {
        if (!patch.isObject()) {
            throw ProblemException.invalid("", "WRONG_TYPE", "expected a JSON object");
        }
        T result;
        try {
            result = json.treeToValue(MergePatch.apply(json.valueToTree(body), patch), type);
        } catch (JacksonException e) {
            throw ProblemException.unreadable(e);
        }
        Set<ConstraintViolation<T>> violations = validator.validate(result);
        if (!violations.isEmpty()) {
            FieldProblem[] errors = violations.stream()
                    .map(violation ->
                            new FieldProblem(pointer(violation.getPropertyPath()), "INVALID", violation.getMessage()))
                    .sorted(Comparator.comparing(FieldProblem::pointer))
                    .toArray(FieldProblem[]::new);
            throw new ProblemException(
                            HttpStatus.BAD_REQUEST, "INVALID_REQUEST", errors[0].pointer() + ": " + errors[0].message())
                    .with(errors);
        }
        return result;
    }

    /** A JSON pointer to what a path leads to. */
    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(node.getName());
            } else if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                pointer.append('/').append(node.getKey());
            }
        }
        return pointer.toString();
    }
}
