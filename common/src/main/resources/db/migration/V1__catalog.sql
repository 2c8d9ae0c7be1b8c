-- Who and what: ids are opaque text of the data's owner; row ids are ours.
create table item (
    id          bigint generated always as identity primary key,
    external_id text        not null unique,
    title       text        not null default '',
    categories  text[]      not null default '{}',
    description text        not null default '',
    attributes  jsonb       not null default '{}',
    available   boolean     not null default true,
    updated_at  timestamptz not null default now()
);

create table app_user (
    id          bigint generated always as identity primary key,
    external_id text        not null unique,
    created_at  timestamptz not null default now()
);

-- Append-only; the key makes the same event twice one event. seq keeps the order of arrival, which breaks ties of time.
create table interaction (
    user_id    bigint      not null references app_user (id) on delete cascade,
    item_id    bigint      not null references item (id) on delete cascade,
    event_time timestamptz not null,
    kind       text        not null default 'interaction',
    value      real        not null default 1,
    seq        bigint generated always as identity,
    primary key (user_id, item_id, event_time, kind)
);
