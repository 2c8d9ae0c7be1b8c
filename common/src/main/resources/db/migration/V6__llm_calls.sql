-- Prompt templates. A version holds the hash of its text in its name and is never changed.
create table prompt_version (
    version    text primary key,
    item_chars integer     not null,
    system     text        not null,
    message    text        not null,
    created_at timestamptz not null default now()
);

-- The ledger: one row for each HTTP call to an LLM, committed before it is sent (IN_FLIGHT) and settled when its answer is there.
--   ANSWERED  an answer came; tokens are the provider's own usage fields, null where it sent none
--   FAILED    the provider refused the call, or it was never reached: nothing was charged
--   UNKNOWN   sent, but no whole answer came (a timeout, a broken connection, a killed process): it may have been charged
-- A budget counts the worst case of a call until its cost is known.
create table llm_call (
    id                      bigint generated always as identity primary key,
    run_id                  bigint      not null references scoring_run (id),
    user_id                 bigint      not null,
    judgment_key            bytea       not null,
    attempt                 integer     not null,
    purpose                 text        not null check (purpose in ('ASK', 'REPAIR')),
    state                   text        not null check (state in ('IN_FLIGHT', 'ANSWERED', 'FAILED', 'UNKNOWN')),
    worst_prompt_tokens     integer     not null,
    worst_completion_tokens integer     not null,
    worst_cost_usd          numeric(20, 12) not null,
    prompt_tokens           integer,
    completion_tokens       integer,
    cost_usd                numeric(20, 12),
    http_status             integer,
    failure                 text,
    detail                  text,
    answer                  text,
    latency_ms              integer,
    sent_at                 timestamptz not null default now(),
    settled_at              timestamptz,
    unique (run_id, judgment_key, attempt),
    check ((state = 'IN_FLIGHT') = (settled_at is null))
);
create index llm_call_user on llm_call (run_id, user_id);
create index llm_call_key on llm_call (judgment_key);

-- Prices go down to fractions of a millionth of a dollar for a token.
alter table judgment alter column cost_usd type numeric(20, 12);
