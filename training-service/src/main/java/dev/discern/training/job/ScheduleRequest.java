package dev.discern.training.job;

import org.jspecify.annotations.Nullable;

/**
 * When to train what again. At least one of {@code cron}, {@code newEvents} and {@code drift} is needed; the first that holds fires.
 *
 * @param name for people and the log; unique
 * @param training as for a training job; without a scoring run, the newest completed one at that time
 * @param cron six fields (second, minute, hour, day of month, month, day of week), in UTC: {@code 0 0 3 * * *} is every night at three
 * @param newEvents as many new interactions since the last firing
 * @param drift population stability index of the new interactions' items against the earlier ones, over which to train; 0.2 is usual
 * @param promote whether the model is to become champion, if the guard lets it; default false
 * @param enabled default true
 */
public record ScheduleRequest(
        @Nullable String name,
        @Nullable TrainingRequest training,
        @Nullable String cron,
        @Nullable Long newEvents,
        @Nullable Double drift,
        @Nullable Boolean promote,
        @Nullable Boolean enabled) {}
