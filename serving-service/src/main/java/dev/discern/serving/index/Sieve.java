package dev.discern.serving.index;

/** Tells, without their exact scores, which of 64 items may make a list; it errs on one side only. */
@FunctionalInterface
interface Sieve {

    /** Lets everything pass. */
    Sieve OPEN = (_, _) -> -1;

    /**
     * The items of a group whose score may exceed {@code worst}: bit {@code n} for the item {@code 64 · group + n}. An item without a
     * bit does not.
     */
    long passing(int group, float worst);
}
