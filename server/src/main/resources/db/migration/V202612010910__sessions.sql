-- Customers' sessions. The tokens that renew them are derived from the id and the generation and stored nowhere.
create table customer_session (
    session_id      uuid        primary key,
    customer_id     uuid        not null references customer on delete cascade,
    session_version bigint      not null,
    generation      bigint      not null default 1,
    advised         boolean     not null default false,
    created_at      timestamptz not null default clock_timestamp(),
    renewed_at      timestamptz not null default clock_timestamp(),
    ends_at         timestamptz not null
);

create index customer_session_customer_idx on customer_session (customer_id, renewed_at);
create index customer_session_end_idx on customer_session (ends_at);

comment on column customer_session.session_version is 'Its account''s when it was opened: with another the session is over.';
comment on column customer_session.generation is 'Goes up with every renewal; a token of an earlier one has been used.';
comment on column customer_session.advised is 'Whether the customer should choose another password.';
comment on column customer_session.ends_at is 'Its end if it is not renewed before.';

-- Who signs in, or asks for a link, in the middle of a purchase gets a little more time, once.
alter table cart add column sign_in_extended boolean not null default false;

-- A link is nothing without its account.
alter table account_link
    drop constraint account_link_customer_id_fkey,
    add foreign key (customer_id) references customer on delete cascade;
