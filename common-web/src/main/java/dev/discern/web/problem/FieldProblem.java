package dev.discern.web.problem;

/**
 * One thing that is wrong in a request.
 *
 * @param pointer where: a JSON pointer into the body ({@code /session/itemIds/0}) or the name of a parameter
 * @param code for programs, such as {@code REQUIRED}
 * @param message for people: what was expected and what came
 */
public record FieldProblem(String pointer, String code, String message) {}
