package dev.discern.scoring.budget;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A hard cap on a run's tokens and money. A call may be sent only when what was spent, the worst case of every call in flight and
 * its own worst case together stay within the cap, so that no answer, however long, can pass it. Safe for many threads.
 */
public final class Budget {

    private final @Nullable BigDecimal maxUsd;
    private final @Nullable Long maxTokens;
    private Amount spent;
    private Amount reserved = Amount.NOTHING;
    private int inFlight;
    private boolean reached;

    /**
     * A budget.
     *
     * @param maxUsd null for any
     * @param maxTokens null for any
     * @param spent by the same run before
     */
    public Budget(@Nullable BigDecimal maxUsd, @Nullable Long maxTokens, Amount spent) {
        this.maxUsd = maxUsd;
        this.maxTokens = maxTokens;
        this.spent = spent;
    }

    /**
     * Sets a call's worst case aside. Where it fits only if calls in flight come out cheaper than their worst, waits for them.
     *
     * @return false when it does not fit: the budget is then reached, and nothing more is given out
     */
    public synchronized boolean reserve(Amount worst) throws InterruptedException {
        while (!reached && !fits(worst, reserved)) {
            if (inFlight == 0 || !fits(worst, Amount.NOTHING)) {
                reached = true;
                notifyAll();
            } else {
                wait();
            }
        }
        if (reached) {
            return false;
        }
        reserved = reserved.plus(worst);
        inFlight++;
        return true;
    }

    /** The same, but waits for nothing and reaches nothing: false when the worst case does not fit as things are. */
    public synchronized boolean tryReserve(Amount worst) {
        if (!fits(worst, reserved)) {
            return false;
        }
        reserved = reserved.plus(worst);
        inFlight++;
        return true;
    }

    /** A call is over: its worst case is free again, what it came to is spent. */
    public synchronized void settle(Amount worst, Amount actual) {
        reserved = reserved.minus(worst);
        spent = spent.plus(actual);
        inFlight--;
        notifyAll();
    }

    /** Whether a call was turned away. */
    public synchronized boolean isReached() {
        return reached;
    }

    /** What calls came to so far; their worst case where nobody knows. */
    public synchronized Amount spent() {
        return spent;
    }

    private boolean fits(Amount worst, Amount others) {
        Amount sum = spent.plus(others).plus(worst);
        return (maxUsd == null || sum.usd().compareTo(maxUsd) <= 0) && (maxTokens == null || sum.tokens() <= maxTokens);
    }
}
