-- That a person was told what is held about them, after they had proven who they are.
create table blacklist_disclosure (
    disclosure_id uuid        primary key default uuidv7(),
    customer_id   uuid,
    match_key     bytea,
    email         text,
    proof         text        not null,
    checked_by    text        not null,
    disclosed_by  text        not null,
    language      text        not null check (language in ('de', 'en')),
    entry_ids     uuid[]      not null,
    attempts      bigint      not null,
    disclosed_at  timestamptz not null default clock_timestamp(),
    check (num_nonnulls(customer_id, match_key) = 1)
);

create index blacklist_disclosure_at_idx on blacklist_disclosure (disclosed_at, disclosure_id);

comment on column blacklist_disclosure.email is 'The address by which the person was named; can be erased, its match key stays.';
