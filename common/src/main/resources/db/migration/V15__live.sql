-- Serving follows the data while it runs. tx is the transaction that wrote a row last: a reader that remembers a snapshot can ask for
-- just what has become visible since, in whatever order transactions committed.
alter table interaction
    add column tx             xid8 not null default pg_current_xact_id(),
    add column event_id       text, -- the sender's name of the event: the same name is the same event
    add column recommendation uuid; -- the answer that led to it
create index interaction_tx on interaction (tx);
create unique index interaction_event on interaction (event_id) where event_id is not null;

alter table item
    add column tx         xid8 not null default pg_current_xact_id(),
    add column deleted_at timestamptz; -- never recommended again, but what people did with it stays
create index item_tx on item (tx);

alter table app_user
    add column tx         xid8   not null default pg_current_xact_id(),
    add column categories text[] not null default '{}', -- of items, that the user likes
    add column attributes jsonb  not null default '{}';
create index app_user_tx on app_user (tx);
create index app_user_likes on app_user (id) where categories <> '{}';

create function stamp_tx() returns trigger language plpgsql as $$
begin
    new.tx = pg_current_xact_id();
    return new;
end $$;
create trigger item_tx before update on item for each row execute function stamp_tx();
create trigger app_user_tx before update on app_user for each row execute function stamp_tx();

-- Who asked to be forgotten, by hash: published models still have their vectors, and must not use them.
create table erased_user (
    external_id_sha256 bytea       primary key,
    erased_at          timestamptz not null default now(),
    tx                 xid8        not null default pg_current_xact_id()
);
create index erased_user_tx on erased_user (tx);
create trigger erased_user_tx before update on erased_user for each row execute function stamp_tx();
