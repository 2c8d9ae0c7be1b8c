package dev.discern.training.trainer;

import java.util.List;

/**
 * How far an epoch is: what going on with it needs beside the parameters and the optimizer's state. Between two parts of an epoch nothing
 * else is under way.
 *
 * @param parts how many of the epoch's parts are trained
 * @param losses sums of the losses so far, one for each thread, in nats
 * @param streams states of the {@link dev.discern.training.dataset.CounterRandom}s that the epoch draws from
 */
public record Place(int parts, List<Double> losses, List<Long> streams) {

    /** Before the first part. */
    public static final Place START = new Place(0, List.of(), List.of());

    public Place {
        losses = List.copyOf(losses);
        streams = List.copyOf(streams);
    }

    /** Whether nothing of the epoch is trained yet. */
    boolean isStart() {
        return parts == 0;
    }
}
