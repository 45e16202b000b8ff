-- Accounts and their addresses. The password lives here only as a hash.
create table customer (
    customer_id   uuid        primary key default uuidv7(),
    name          text        not null,
    phone         text,
    password_hash text        not null,
    created_at    timestamptz not null default clock_timestamp()
);

-- An address is a dated fact: one is current, former ones only help to find the person.
create table customer_email (
    customer_id uuid        not null references customer,
    email       text        not null,
    canonical   text        not null,
    match_key   bytea       not null,
    since       timestamptz not null default clock_timestamp(),
    until       timestamptz,
    primary key (customer_id, canonical, since)
);

create unique index customer_email_current_idx on customer_email (canonical) where until is null;
create unique index customer_email_one_current_idx on customer_email (customer_id) where until is null;
create index customer_email_match_key_idx on customer_email (match_key);
