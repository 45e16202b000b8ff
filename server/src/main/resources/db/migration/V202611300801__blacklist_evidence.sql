-- What an entry rests on, what became of it, and the keys by which it recognises a person: an account, and every address that is
-- left of one. The keys outlive the account.
alter table blacklist_entry
    add column evidence jsonb  not null default '[]',
    add column version  bigint not null default 1,
    add column ended    jsonb;

comment on column blacklist_entry.ended is 'How much ended at once because of it; null where nobody counted.';

create table blacklist_key (
    key      bytea not null,
    entry_id uuid  not null references blacklist_entry on delete cascade,
    primary key (key, entry_id)
);

insert into blacklist_key (key, entry_id)
select match_key, entry_id from blacklist_entry where match_key is not null
union
select uuid_send(customer_id), entry_id from blacklist_entry where customer_id is not null;

drop index blacklist_entry_match_key_idx;
drop index blacklist_entry_person_idx;

create table blacklist_history (
    entry_id uuid        not null references blacklist_entry on delete cascade,
    version  bigint      not null,
    action   text        not null check (action in ('ADDED', 'CHANGED', 'LIFTED')),
    at       timestamptz not null,
    by       text        not null,
    reason   text        not null,
    evidence jsonb       not null,
    ends_at  timestamptz,
    note     text,
    orders   jsonb       not null default '[]',
    primary key (entry_id, version)
);

insert into blacklist_history (entry_id, version, action, at, by, reason, evidence, ends_at)
select entry_id, 1, 'ADDED', created_at, created_by, reason, evidence, ends_at from blacklist_entry;

insert into blacklist_history (entry_id, version, action, at, by, reason, evidence, ends_at, note)
select entry_id, 2, 'LIFTED', lifted_at, lifted_by, reason, evidence, ends_at, lift_note
  from blacklist_entry where lifted_at is not null;

update blacklist_entry set version = 2 where lifted_at is not null;
