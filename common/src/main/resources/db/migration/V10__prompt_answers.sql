-- What a template has the model write: scores, ranking/T or choice.
alter table prompt_version add column answer text not null default 'scores';
alter table prompt_version alter column answer drop default;
