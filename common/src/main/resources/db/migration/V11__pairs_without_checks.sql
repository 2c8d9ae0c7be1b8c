-- A prompt's pairs go with the prompt. A foreign key does that too, but looks the prompt up for every pair that is written, and a COPY
-- then takes four times as long. Pairs are derived from prompts that are there: only what is deleted needs looking after.
alter table pair_judgment drop constraint pair_judgment_run_id_user_id_fkey;

create function forget_pairs() returns trigger language plpgsql as $$
begin
    if tg_op = 'TRUNCATE' then
        truncate pair_judgment;
    else
        delete from pair_judgment p using gone where p.run_id = gone.run_id and p.user_id = gone.user_id;
    end if;
    return null;
end $$;
create trigger pairs_of_deleted after delete on candidate_set
    referencing old table as gone for each statement execute function forget_pairs();
create trigger pairs_of_truncated after truncate on candidate_set
    for each statement execute function forget_pairs();
