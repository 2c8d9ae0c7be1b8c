create table model_version (
    version      text primary key,
    backbone     text        not null,
    regularizer  text        not null,
    seed         bigint      not null,
    data_hash    text        not null,
    scoring_run  bigint,
    parameters   jsonb       not null default '{}',
    metrics      jsonb       not null default '{}',
    gate         jsonb,
    location     text        not null,
    state        text        not null,
    created_at   timestamptz not null default now()
);
