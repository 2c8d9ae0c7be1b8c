-- Versions that come from other versions. No foreign keys: a folder may hold versions that another database registered.
alter table model_version
    add column warm_start    text, -- the version whose parameters training began with
    add column embedded_from text; -- the version that this one is but for items added by their texts
