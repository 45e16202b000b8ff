-- What happens to the passwords of a former shop's customers, and how many of them have come over.

-- Replaced by one that knows who has the lease.
drop function if exists lease_sealed_hashes(integer, double precision, boolean);

-- The next sealed hashes after an account for one replica to wrap, while it has the lease; none for the others.
create or replace function lease_sealed_hashes(p_replica uuid, p_after uuid, p_limit integer, p_lease_seconds double precision)
    returns table (customer_id uuid, sealed_hash bytea)
    language plpgsql as $$
begin
    if not exists (select from customer where customer.sealed_hash is not null and customer.customer_id > p_after) then
        return;
    end if;
    update hash_wrapping
       set leased_by = p_replica, leased_until = clock_timestamp() + p_lease_seconds * interval '1 second'
     where leased_by = p_replica or leased_until < clock_timestamp();
    if not found then
        return;
    end if;
    return query
        select customer.customer_id, customer.sealed_hash from customer
         where customer.sealed_hash is not null and customer.customer_id > p_after
           and not exists (select from sealed_hash_fault fault
                            where fault.customer_id = customer.customer_id and fault.digest = sha256(customer.sealed_hash))
         order by customer.customer_id limit p_limit;
end
$$;

-- The hashes as they were and as they are to be, or no new one where there was a fault. Who has chosen another password meanwhile, or
-- signed in, keeps that. {"kept": false} when another replica has the lease by now, which does all of it again.
create or replace function keep_wrapped_hashes(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_wrapped bigint;
begin
    perform from hash_wrapping where leased_by = (p ->> 'replica')::uuid for no key update;
    if not found then
        return '{"kept": false}';
    end if;
    update customer set password_hash = done.wrapped, sealed_hash = null
      from jsonb_to_recordset(p -> 'hashes') as done ("customerId" uuid, sealed text, wrapped text)
     where customer.customer_id = done."customerId" and customer.sealed_hash = decode(done.sealed, 'hex')
       and done.wrapped is not null;
    get diagnostics v_wrapped = row_count;
    insert into sealed_hash_fault (customer_id, digest)
    select customer.customer_id, sha256(customer.sealed_hash)
      from jsonb_to_recordset(p -> 'hashes') as done ("customerId" uuid, sealed text, wrapped text)
      join customer on customer.customer_id = done."customerId" and customer.sealed_hash = decode(done.sealed, 'hex')
     where done.wrapped is null
    on conflict (customer_id) do update set digest = excluded.digest, at = clock_timestamp();
    update hash_wrapping set wrapped = wrapped + v_wrapped;
    insert into hash_wrapping_minute values (date_trunc('minute', clock_timestamp()), v_wrapped)
    on conflict (minute) do update set wrapped = hash_wrapping_minute.wrapped + excluded.wrapped;
    delete from hash_wrapping_minute where minute < clock_timestamp() - interval '1 hour';
    return '{"kept": true}';
end
$$;

create or replace function password_wrapping() returns jsonb
    language sql volatile as $$
    select jsonb_build_object(
               'sealed', sealed.count, 'wrapped', hash_wrapping.wrapped, 'faults', faults.count,
               'perMinute', coalesce(rate.per_minute, 0))
           || case when sealed.count > faults.count and rate.per_minute > 0 then jsonb_build_object(
               'expectedEnd', clock_timestamp() + (sealed.count - faults.count) / rate.per_minute * interval '1 minute')
              else '{}' end
      from hash_wrapping,
           lateral (select count(*) from customer where sealed_hash is not null) sealed,
           lateral (select count(*) from sealed_hash_fault fault join customer using (customer_id)
                     where sealed_hash is not null and fault.digest = sha256(sealed_hash)) faults,
           lateral (select sum(minutes.wrapped)
                           / greatest(extract(epoch from clock_timestamp() - min(minutes.minute)) / 60, 1) as per_minute
                      from hash_wrapping_minute minutes where minutes.minute > clock_timestamp() - interval '5 minutes') rate
$$;

-- A hash of the former shop, by itself or wrapped, is whatever its owner has not been in with here.
create or replace function has_former_hash(p_customer customer) returns boolean
    language sql immutable as $$
    select p_customer.password_hash is not null and p_customer.first_login_at is null
$$;

create or replace function migration_coverage() returns jsonb
    language sql volatile as $$
    with account as (
        select source, customer_id, joined, has_former_hash(customer) as former, needs_claim(customer) as waits, first_login_at is not null as been_in,
               sealed_hash is not null as sealed, locked_at is not null as locked,
               erased_at is not null as erased,
               exists (select from account_link link
                        where link.customer_id = customer.customer_id and kind = 'CLAIM' and used_at is not null) as claimed,
               exists (select from customer_email address
                        where address.customer_id = customer.customer_id and until is null and proven_at is null) as unproven
          from (select source, customer_id, joined_at is not null as joined from legacy_customer) legacy
          join customer using (customer_id)
    ), counted as (
        select source, grouping(source) = 1 as is_all, jsonb_build_object(
                   'accounts', count(*), 'beenIn', count(*) filter (where been_in and not joined),
                   'claimed', count(*) filter (where claimed and not joined),
                   'formerHash', count(*) filter (where former and not joined), 'sealed', count(*) filter (where sealed and not joined),
                   'needClaim', count(*) filter (where waits and not joined), 'unproven', count(*) filter (where unproven and not joined),
                   'locked', count(*) filter (where locked and not joined), 'merged', count(*) filter (where joined),
                   'erased', count(*) filter (where erased and not joined)) as figures
          from account group by grouping sets ((source), ())
    )
    select jsonb_strip_nulls(jsonb_build_object(
               'countedAt', clock_timestamp(), 'endsAt', (select ends_at from migration_end),
               'all', (select figures from counted where is_all),
               'sources', (select coalesce(jsonb_agg(jsonb_build_object('source', source, 'figures', figures) order by source), '[]')
                             from (select * from counted where not is_all order by source limit 100) listed)))
$$;

create or replace function set_migration_end(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_end migration_end;
begin
    if (p ->> 'endsAt')::timestamptz <= clock_timestamp() then
        return refused('INVALID_REQUEST');
    end if;
    update migration_end set ends_at = (p ->> 'endsAt')::timestamptz, version = version + 1
     where version = (p ->> 'version')::bigint
    returning * into v_end;
    if not found then
        return refused('VERSION_CONFLICT');
    end if;
    perform audit(p ->> 'by', 'relaunch.set-end', null, jsonb_strip_nulls(jsonb_build_object('endsAt', v_end.ends_at)));
    return jsonb_strip_nulls(jsonb_build_object('endsAt', v_end.ends_at, 'version', v_end.version));
end
$$;

-- Looks at some accounts whose owners have never been in, once the time of the former shop's passwords is over, and drops the hashes that
-- came from there. How many it has looked at: none when another replica is at it. An account is looked at once.
create or replace function drop_former_hashes(p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_looked uuid[];
begin
    if not exists (select from migration_end where ends_at <= clock_timestamp())
       or not pg_try_advisory_xact_lock(hashtext('drop_former_hashes')) then
        return 0;
    end if;
    v_looked := array(select customer_id from customer
                       where first_login_at is null and not hash_stays and (password_hash is not null or sealed_hash is not null)
                       order by customer_id limit p_limit for no key update skip locked);
    update customer set hash_stays = true
     where customer_id = any (v_looked)
       and (not exists (select from legacy_customer legacy
                         where legacy.customer_id = customer.customer_id and legacy.joined_at is null)
            or exists (select from customer loser where loser.merged_into = customer.customer_id));
    update customer set password_hash = null, sealed_hash = null where customer_id = any (v_looked) and not hash_stays;
    return cardinality(v_looked);
end
$$;
