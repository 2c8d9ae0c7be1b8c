-- How many answers were given under which alias by which version, and how many items they showed. No user is in it. Each process that
-- answers has rows of its own and writes its totals, so that a write that is repeated counts once.
create table arm_answers (
    process uuid   not null, -- a running serving service; another one after each start
    day     date   not null, -- of the answers, UTC
    alias   text   not null,
    version text   not null,
    drawn   boolean not null, -- whether the user's side was drawn between champion and challenger
    answers bigint not null,
    items   bigint not null,
    primary key (day, alias, version, drawn, process)
);

-- Finds the events of a version's answers: their ids begin alike.
create index interaction_recommendation on interaction (recommendation) where recommendation is not null;
