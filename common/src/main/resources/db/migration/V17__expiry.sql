-- From then on an item may not be recommended; null for never.
alter table item
    add column expires_at timestamptz;
