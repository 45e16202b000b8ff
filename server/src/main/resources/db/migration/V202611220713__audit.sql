-- What staff do, in a chain: each entry's hash covers the entry and the hash before it, so that no entry can be changed,
-- removed, inserted or moved without all that follow being written anew. Holds ids and salted digests, no personal data.
create table audit_entry (
    seq            bigint      primary key check (seq > 0),
    at             timestamptz not null,
    action         text        not null check (action ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$' and length(action) <= 60),
    subject        text        not null check (subject ~ '^([A-Za-z0-9_-][A-Za-z0-9._:/-]{0,99})?$'),
    actor_digest   bytea       not null check (octet_length(actor_digest) = 32),
    details_digest bytea       not null check (octet_length(details_digest) = 32),
    previous_hash  bytea       not null check (octet_length(previous_hash) = 32),
    hash           bytea       not null check (octet_length(hash) = 32)
);

create index audit_entry_at_idx on audit_entry (at, seq);
create index audit_entry_action_idx on audit_entry (action text_pattern_ops, seq);
create index audit_entry_subject_idx on audit_entry (subject, seq) where subject <> '';

comment on column audit_entry.subject is 'The id of what it was done to, never a name or an address; empty when there is none.';
comment on column audit_entry.actor_digest is 'SHA-256 of the actor''s salt and the actor''s name.';
comment on column audit_entry.details_digest is 'SHA-256 of the details'' salt and the details as text.';

create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();

-- The personal data of an entry, and the salts without which its digests tell nothing. Can be erased, but not changed.
create table audit_detail (
    seq          bigint primary key references audit_entry,
    actor        text   check (length(actor) between 1 and 400),
    actor_salt   bytea,
    details      jsonb,
    details_salt bytea,
    check ((actor is null) = (actor_salt is null)),
    check ((details is null) = (details_salt is null))
);

create index audit_detail_actor_idx on audit_detail (actor, seq);
create index audit_detail_customer_idx on audit_detail ((details ->> 'customerId'));
create index audit_detail_order_idx on audit_detail ((details ->> 'orderId'));
create index audit_detail_cart_idx on audit_detail ((details ->> 'cartId'));

comment on column audit_detail.actor is 'Who did it: a member of staff, or an API client and its clerk.';

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    if (new.actor is not null and (new.actor, new.actor_salt) is distinct from (old.actor, old.actor_salt))
       or (new.details is not null and (new.details, new.details_salt) is distinct from (old.details, old.details_salt))
       or new.seq <> old.seq then
        raise exception 'rows of % can be erased, not changed', tg_table_name;
    end if;
    return new;
end
$$;

create trigger audit_detail_erase_only before update on audit_detail
    for each row execute function refuse_audit_change();

create trigger audit_detail_keep before delete or truncate on audit_detail
    for each statement execute function refuse_change();

-- The chain's end, and the lock of whoever lengthens it.
create table audit_head (
    only_one boolean     primary key default true check (only_one),
    seq      bigint      not null,
    at       timestamptz not null,
    hash     bytea       not null
);

insert into audit_head (seq, at, hash) values (0, '-infinity', decode(repeat('00', 32), 'hex'));

create trigger audit_head_keep before delete or truncate on audit_head
    for each statement execute function refuse_change();

-- What a transaction under way will have entered when it commits. Always empty for everyone else.
create unlogged table audit_note (
    note_id bigint generated always as identity primary key,
    actor   text  not null,
    action  text  not null,
    subject text  not null,
    details jsonb not null
);
