-- Accounts that come from a former shop, end, or become one; and addresses that were proven.
alter table customer
    alter column password_hash drop not null,
    add column sealed_hash         bytea,
    add column password_changed_at timestamptz,
    add column language            text    not null default 'en' check (language in ('de', 'en')),
    add column shop_id             text    not null default 'main' references shop,
    add column session_version     bigint  not null default 1,
    add column first_login_at      timestamptz,
    add column last_login_at       timestamptz,
    add column locked_at           timestamptz,
    add column locked_by           text,
    add column lock_reason         text,
    add column merged_into         uuid    references customer,
    add column merged_at           timestamptz,
    add column erased_at           timestamptz,
    add constraint customer_locked_check check ((locked_at is null) = (locked_by is null)),
    add constraint customer_merged_check check ((merged_into is null) = (merged_at is null)),
    add constraint customer_one_hash_check check (password_hash is null or sealed_hash is null),
    add constraint customer_ended_check check (merged_into is null and erased_at is null or password_hash is null and sealed_hash is null);

comment on column customer.password_hash is 'Null: the hash is sealed, or there is none and the account waits to be claimed.';
comment on column customer.sealed_hash is 'A weak hash of a former shop, encrypted with the installation''s key until it is wrapped.';
comment on column customer.password_changed_at is 'When its owner last chose it, here or in the former shop. Hashing it anew is no change.';
comment on column customer.session_version is 'Raised to end every session and token at once.';
comment on column customer.shop_id is 'The shop whose pages mails about the account lead to.';

create index customer_merged_idx on customer (merged_into) where merged_into is not null;

alter table customer_email add column proven_at timestamptz;

comment on column customer_email.proven_at is 'When somebody who reads the mailbox said so. Null: nobody has yet.';

-- Names that people signed in with in a former shop, and still can.
create table customer_user_name (
    canonical   text primary key,
    user_name   text not null,
    customer_id uuid not null references customer
);

create index customer_user_name_customer_idx on customer_user_name (customer_id);

-- Links that were mailed, each for one thing. Their secrets are derived from their ids and stored nowhere.
create table account_link (
    link_id     uuid        primary key default uuidv7(),
    kind        text        not null check (kind in ('CONFIRM_EMAIL', 'RESET', 'CLAIM', 'CHANGE_EMAIL', 'REVERT_EMAIL')),
    customer_id uuid        not null references customer,
    email       text        not null,
    canonical   text        not null,
    created_at  timestamptz not null default clock_timestamp(),
    expires_at  timestamptz not null,
    used_at     timestamptz,
    voided_at   timestamptz
);

create index account_link_customer_idx on account_link (customer_id, kind, created_at);

comment on column account_link.email is 'The mailbox it was sent to; of CHANGE_EMAIL and REVERT_EMAIL also the address that it makes current.';

-- Where mails about accounts lead.
alter table shop add column account_page_url text;

comment on column shop.account_page_url is 'A page of the front end; a link is this and, after a #, what it is for and its secret. Null: the overview.';
