-- Batches of calls that a provider answers within hours. A row and the ledger's rows of its lines are committed before the batch is
-- submitted, so that a process that dies in between can look for the token among the provider's batches.
create table llm_batch (
    id              bigint generated always as identity primary key,
    run_id          bigint      not null references scoring_run (id),
    token           uuid        not null unique default gen_random_uuid(), -- in the batch's metadata
    provider_file   text,        -- the provider's id of the input file, once it is uploaded
    provider_batch  text unique, -- the provider's id of the batch, once it is known
    status          text        not null default 'unsubmitted', -- then the provider's own word
    lines           integer     not null default 0,
    answered        integer     not null default 0, -- by the provider's count
    detail          text,
    created_at      timestamptz not null,
    deadline        timestamptz not null, -- then it is cancelled, and what it has not answered is asked by chat
    submitted_at    timestamptz,
    stop_asked_at   timestamptz, -- somebody cancelled it
    cancel_sent_at  timestamptz,
    ended_at        timestamptz  -- all its lines are settled
);
create index llm_batch_run on llm_batch (run_id);

-- A line of a batch is a call like any other. While it is in flight it is also the claim of its question, in all runs: it outlives
-- the process that made it.
alter table llm_call add column batch_id bigint references llm_batch (id);
create unique index llm_call_line on llm_call (batch_id, judgment_key) where batch_id is not null;
create unique index llm_call_claim on llm_call (judgment_key) where batch_id is not null and state = 'IN_FLIGHT';
