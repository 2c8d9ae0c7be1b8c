package dev.discern.scoring.job;

/** A plan that cannot be carried out, and which of its members is at fault. */
public final class InvalidPlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String member;

    InvalidPlanException(String member, String message) {
        super(message);
        this.member = member;
    }

    /** Name of the member of {@link ScoringPlan}. */
    public String member() {
        return member;
    }

    /** What was expected and what came. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
