-- When to train again, and what.
create table training_schedule (
    id              bigint generated always as identity primary key,
    name            text        not null unique,
    training        jsonb       not null, -- as a training job is asked for; without a scoring run, the newest at that time
    cron            text,                 -- six fields, in UTC
    new_events      bigint check (new_events > 0),
    drift           double precision check (drift > 0),
    promote         boolean     not null default false,
    enabled         boolean     not null default true,
    created_at      timestamptz not null,
    events_seen     bigint      not null, -- the highest interaction.seq at the last firing, or when the schedule was made
    fired_at        timestamptz,
    fired_because   text,
    job             bigint,               -- execution of the last firing; null until it is started
    outcome         text,                 -- of the last firing, once its job has ended
    check (cron is not null or new_events is not null or drift is not null)
);

-- Finds the events since a firing. Events only come at the end, so block ranges suffice, and cost an import next to nothing.
create index interaction_seq on interaction using brin (seq);
