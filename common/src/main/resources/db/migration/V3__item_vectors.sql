-- Text vectors by the hash of the text, so that a text is encoded once, whichever item has it.
create table item_vector (
    encoder      text   not null,
    content_hash bytea  not null,
    vector       real[] not null,
    primary key (encoder, content_hash)
);
