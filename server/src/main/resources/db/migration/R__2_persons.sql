-- Persons: what somebody is known by, and who is blocked.

-- One person at a time: whoever blocks them and whoever buys as them wait for each other here, in one order.
create or replace function lock_person(p_keys bytea[]) returns void
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(lock) from (
        select distinct hashtextextended(encode(key, 'hex'), 0) as lock from unnest(p_keys) key order by lock) locks;
end
$$;

-- The accounts among the keys that a person is known by.
create or replace function person_accounts(p_match_key bytea, p_customer_id uuid) returns uuid[]
    language sql stable as $$
    select coalesce(array_agg(customer_id), '{}') from (
        select p_customer_id as customer_id where p_customer_id is not null
        union select customer_id from customer_email where match_key = p_match_key) accounts
$$;

-- An account with those that have become a part of it, and the one that it has become a part of.
create or replace function accounts_alike(p_accounts uuid[]) returns uuid[]
    language sql stable as $$
    select coalesce(array_agg(customer_id), '{}') from (
        select unnest(p_accounts) as customer_id
        union select customer_id from customer where merged_into = any (p_accounts)
        union select merged_into from customer where customer_id = any (p_accounts) and merged_into is not null) alike
$$;

-- Every key that a person is known by: the address typed, the account, and every address the account ever had. Who types
-- an address that an account has or had is taken for its holder, signed in or not: leaving the account out is no way past.
-- What was known of an account is known of the one that it has become a part of.
create or replace function person_keys(p_match_key bytea, p_customer_id uuid) returns bytea[]
    language sql stable as $$
    with account as materialized (
        select unnest(accounts_alike(person_accounts(p_match_key, p_customer_id))) as customer_id)
    select array_agg(key) from (
        select p_match_key as key where p_match_key is not null
        union select uuid_send(customer_id) from account
        union select match_key from customer_email join account using (customer_id)) keys
$$;

-- Whether there still is such a customer. Whoever asks has the answer until their transaction ends: a merge or an erasure waits.
create or replace function customer_stands(p_customer_id uuid) returns boolean
    language plpgsql as $$
begin
    perform from customer
      where customer_id = p_customer_id and merged_into is null and erased_at is null for key share;
    return found;
end
$$;

-- Entries in force that stand in this person's way.
create or replace function active_blocks(p_keys bytea[]) returns setof blacklist_entry
    language sql volatile as $$
    select * from blacklist_entry
     where entry_id in (select entry_id from blacklist_key where key = any (p_keys))
       and lifted_at is null and coalesce(ends_at > clock_timestamp(), true)
$$;

create or replace function blacklisted(p_keys bytea[]) returns boolean
    language sql volatile as $$
    select exists (select from active_blocks(p_keys))
$$;
