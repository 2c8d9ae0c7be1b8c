-- The rest of a version's lineage. A retired version has no folder any more; its row stays.
alter table model_version
    add column code_version text not null default 'unknown',
    add column host         text not null default 'unknown',
    add column retired_at   timestamptz;
alter table model_version alter column code_version drop default, alter column host drop default;

-- Who moved an alias, and what they overrode.
alter table alias_change
    add column changed_by text not null default 'unknown',
    add column forced     boolean not null default false,
    add column reason     text,
    add column refused    jsonb, -- the slices that were worse
    add constraint alias_change_reason check (not forced or reason is not null);
alter table alias_change alter column changed_by drop default;

-- Comparisons of two versions for promotion. Versions never change, so neither do these.
create table model_comparison (
    version    text        not null references model_version (version),
    champion   text        not null references model_version (version),
    comparison jsonb       not null,
    created_at timestamptz not null,
    primary key (version, champion)
);
