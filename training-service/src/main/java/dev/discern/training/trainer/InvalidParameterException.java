package dev.discern.training.trainer;

/** One thing that training was told is not possible. */
public final class InvalidParameterException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * A parameter and what is wrong with it.
     *
     * @param name as requests write it
     * @param reason what was expected and what came, to stand after the name
     */
    public InvalidParameterException(String name, String reason) {
        super(name + " " + reason);
        this.name = name;
    }

    public String name() {
        return name;
    }
}
