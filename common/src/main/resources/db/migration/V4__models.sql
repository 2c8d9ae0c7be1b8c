create table model_version (
    version        text primary key,
    backbone       text        not null,
    regularizer    text        not null,
    seed           bigint      not null,
    data_hash      text        not null,
    scoring_run    bigint,
    judgments_hash text,
    parameters     jsonb       not null,
    summary        jsonb       not null, -- what training reported: epochs, validation metric, gate, warnings
    created_at     timestamptz not null default now()
);

-- Which version an alias pointed to, and when. The newest row that was not rolled back is the alias; a rollback marks that row and
-- so returns to the one before it.
create table alias_change (
    id          bigint generated always as identity primary key,
    alias       text        not null,
    version     text        not null references model_version (version),
    changed_at  timestamptz not null default now(),
    rolled_back boolean     not null default false
);
create index alias_change_alias on alias_change (alias, id desc);
