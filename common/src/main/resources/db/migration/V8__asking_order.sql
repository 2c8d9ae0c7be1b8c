-- In which order a run asks: the highest priority first, then by user. A pilot's prompts come first of all, at Infinity, and keep
-- the probability with which the pilot's draw took them.
alter table candidate_set
    add column priority double precision not null default 0 check (priority >= 0),
    add column pilot_inclusion double precision check (pilot_inclusion > 0 and pilot_inclusion <= 1),
    add constraint candidate_set_pilot check ((pilot_inclusion is not null) = (priority = 'Infinity'));
create index candidate_set_order on candidate_set (run_id, (-priority), user_id);
