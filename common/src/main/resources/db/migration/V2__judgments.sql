create table scoring_run (
    id           bigint generated always as identity primary key,
    job_instance bigint      not null unique, -- of Spring Batch: a restarted job goes on with its run
    judge        text        not null,
    parameters   jsonb       not null,
    data_version text        not null,
    status       text        not null,
    created_at   timestamptz not null default now(),
    completed_at timestamptz
);

-- What a judge said to one prompt. The key is the SHA-256 of everything the answer depends on, so an answer that exists is
-- never asked for (or paid) again, whichever run asks.
create table judgment (
    key               bytea primary key,
    user_id           bigint      not null references app_user (id) on delete cascade,
    candidates        bigint[]    not null,
    scores            real[],
    consistency       real,
    failure           text,
    failure_detail    text,
    prompt_tokens     integer     not null default 0,
    completion_tokens integer     not null default 0,
    cost_usd          numeric(14, 8) not null default 0,
    latency_ms        integer     not null default 0,
    created_at        timestamptz not null default now(),
    check ((scores is null) = (failure is not null)),
    check (scores is null or cardinality(scores) = cardinality(candidates))
);

-- What a run asks: the prompt of a user with its sampling design. Drawn and committed before any judge is asked.
create table candidate_set (
    run_id         bigint   not null references scoring_run (id) on delete cascade,
    user_id        bigint   not null references app_user (id) on delete cascade,
    judgment_key   bytea    not null,
    history        bigint[] not null,
    history_length integer  not null,
    candidates     bigint[] not null,
    sources        text[]   not null,
    inclusion      double precision[] not null,
    primary key (run_id, user_id)
);
create index candidate_set_key on candidate_set (judgment_key);

-- Millions of rows: one foreign key, to the prompt that a pair comes from, instead of four checks a row.
create table pair_judgment (
    run_id      bigint not null,
    user_id     bigint not null,
    preferred   bigint not null, -- item
    other       bigint not null, -- item
    margin      real   not null check (margin >= 0),
    consistency real   not null,
    source      text   not null,
    primary key (run_id, user_id, preferred, other),
    foreign key (run_id, user_id) references candidate_set on delete cascade
);

create table audit_judgment (
    run_id         bigint  not null,
    user_id        bigint  not null,
    item_id        bigint  not null references item (id) on delete cascade,
    place          integer not null,
    candidates     integer not null,
    wins           real    not null,
    popularity_wins real   not null, -- what popularity alone would have won on the same pairs
    history_length integer not null,
    popularity     integer not null,
    primary key (run_id, user_id),
    foreign key (run_id, user_id) references candidate_set on delete cascade
);
