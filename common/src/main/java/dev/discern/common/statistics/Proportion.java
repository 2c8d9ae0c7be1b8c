package dev.discern.common.statistics;

/**
 * How often something happened of the times that it could have, and how exactly that is known where the times are independent.
 *
 * <p>One proportion {@code p = x/n} has the interval of Wilson (1927), with {@code z = 1.959964} for 95 %:
 *
 * <pre>  (2np + z² ± z √(z² + 4np(1 − p))) / (2(n + z²))</pre>
 *
 * A difference {@code p1 − p2} has the interval that Newcombe (1998, "Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17, 873–890) makes of the Wilson intervals {@code [l, u]} of both, his method 10:
 *
 * <pre>  from p1 − p2 − √((p1 − l1)² + (u2 − p2)²)   to   p1 − p2 + √((u1 − p1)² + (p2 − l2)²)</pre>
 *
 * Both hold for few and for rare cases, too, where p ± z √(p(1 − p)/n) does not.
 *
 * @param hits x, in [0, n]
 * @param of n, 0 or more
 */
public record Proportion(long hits, long of) {

    /** The 0.975 quantile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (hits < 0 || hits > of) {
            throw new IllegalArgumentException("expected 0 to %d hits, got %d".formatted(of, hits));
        }
    }

    /** {@code p}; not a number where there was no time at all. */
    public double value() {
        return (double) hits / of;
    }

    /** Where p lies with 95 % confidence; anywhere in [0, 1] where there was no time at all. */
    public Interval interval() {
        double centre = 2.0 * hits + Z * Z;
        double spread = Z * Math.sqrt(Z * Z + 4.0 * hits * (of - hits) / Math.max(1, of));
        double scale = 2 * (of + Z * Z);
        return new Interval(
                hits == 0 ? 0 : (centre - spread) / scale, // what rounding leaves of nothing, and of all
                hits == of ? 1 : (centre + spread) / scale);
    }

    /** {@code p1 − p2}, this one's p less the other's. */
    public double minus(Proportion other) {
        return value() - other.value();
    }

    /**
     * Where {@code p1 − p2} lies with 95 % confidence.
     *
     * @throws IllegalArgumentException where one of the two has no times
     */
    public Interval intervalOfMinus(Proportion other) {
        if (of == 0 || other.of == 0) {
            throw new IllegalArgumentException("there is no difference to a proportion of nothing");
        }
        Interval mine = interval();
        Interval theirs = other.interval();
        double difference = minus(other);
        return new Interval(
                difference - Math.hypot(value() - mine.low(), theirs.high() - other.value()),
                difference + Math.hypot(mine.high() - value(), other.value() - theirs.low()));
    }
}
