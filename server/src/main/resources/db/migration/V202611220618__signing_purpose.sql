-- Each purpose signs with keys of its own.
alter table signing_key
    add column purpose text not null default 'access-token' check (purpose in ('access-token', 'ticket'));

alter table signing_key alter column purpose drop default;

drop index signing_key_active_idx;
create unique index signing_key_active_idx on signing_key (purpose) where active;
