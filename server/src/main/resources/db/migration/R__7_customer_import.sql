-- Imports of customers: each call does one batch of one step, so that any replica can go on where another one stopped.

create or replace function customer_import_view(p_import customer_import) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'importId', p_import.import_id, 'source', p_import.source, 'apply', p_import.apply, 'state', p_import.state,
               'exportedAt', p_import.exported_at, 'rows', p_import.row_count,
               'done', case when p_import.state in ('CHECKED', 'APPLIED') then p_import.row_count
                            else least(p_import.reached, p_import.row_count) end,
               'rowsPerSecond', case when p_import.state in ('UPLOADING', 'CHECKING', 'APPLYING')
                   then floor(p_import.reached / greatest(extract(epoch from p_import.worked_at - p_import.step_at), 0.001))::bigint end,
               'endsAt', case when p_import.state in ('CHECKING', 'APPLYING') and p_import.reached > 0
                   then p_import.step_at + (p_import.worked_at - p_import.step_at)
                            * (p_import.row_count::double precision / p_import.reached) end,
               'counts', p_import.counts, 'unexplained', p_import.unexplained, 'startedBy', p_import.started_by,
               'startedAt', p_import.started_at, 'endedAt', p_import.ended_at, 'version', p_import.version))
$$;

create or replace function list_customer_imports(p jsonb) returns jsonb
    language sql stable as $$
    select jsonb_build_object('imports', coalesce(jsonb_agg(customer_import_view(found) order by started_at desc, import_id desc), '[]'))
      from (select * from customer_import
             where not p ? 'beforeAt' or (started_at, import_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid)
             order by started_at desc, import_id desc limit (p ->> 'limit')::integer) found
$$;

create or replace function begin_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
begin
    if not exists (select from shop where shop_id = p ->> 'shopId') then
        return refused('SHOP_NOT_FOUND');
    end if;
    insert into customer_import (source, apply, exported_at, language, shop_id, started_by)
    values (p ->> 'source', (p ->> 'apply')::boolean, (p ->> 'exportedAt')::timestamptz, p ->> 'language', p ->> 'shopId', p ->> 'by')
    returning * into v_import;
    return jsonb_build_object('import', customer_import_view(v_import));
end
$$;

-- Everything that was sent is put aside. An upload that was given up meanwhile stays so.
create or replace function staged_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
begin
    update customer_import
       set state = 'CHECKING', step = 'SUPERSEDE', reached = 0, row_count = (p ->> 'rows')::bigint, version = version + 1,
           step_at = clock_timestamp(), worked_at = clock_timestamp()
     where import_id = (p ->> 'importId')::uuid and state = 'UPLOADING'
    returning * into v_import;
    if not found then
        return refused('CUSTOMER_IMPORT_STATE');
    end if;
    perform audit(p ->> 'by', 'customer-import.upload', v_import.import_id::text,
                  jsonb_build_object('source', v_import.source, 'apply', v_import.apply, 'rows', v_import.row_count));
    return jsonb_build_object('import', customer_import_view(v_import));
end
$$;

create or replace function fail_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
begin
    update customer_import
       set state = 'FAILED', step = 'FORGET', version = version + 1, ended_at = clock_timestamp(), worked_at = clock_timestamp()
     where import_id = (p ->> 'importId')::uuid and state = 'UPLOADING';
    return '{}';
end
$$;

create or replace function apply_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
begin
    select * into v_import from customer_import where import_id = (p ->> 'importId')::uuid for update;
    if not found then
        return refused('CUSTOMER_IMPORT_NOT_FOUND');
    elsif v_import.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    elsif v_import.state <> 'CHECKED' then
        return refused('CUSTOMER_IMPORT_STATE');
    end if;
    update customer_import
       set state = 'CHECKING', step = 'COMPARE', apply = true, reached = 0, version = version + 1, ended_at = null,
           step_at = clock_timestamp(), worked_at = clock_timestamp()
     where import_id = v_import.import_id
    returning * into v_import;
    perform audit(p ->> 'by', 'customer-import.apply', v_import.import_id::text, '{}');
    return jsonb_build_object('import', customer_import_view(v_import));
end
$$;

create or replace function cancel_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
begin
    select * into v_import from customer_import where import_id = (p ->> 'importId')::uuid for update;
    if not found then
        return refused('CUSTOMER_IMPORT_NOT_FOUND');
    elsif v_import.state in ('APPLIED', 'FAILED') then
        return refused('CUSTOMER_IMPORT_STATE');
    elsif v_import.state <> 'CANCELLED' then
        update customer_import
           set state = 'CANCELLED', step = 'FORGET', reached = 0, version = version + 1, unexplained = 0,
               ended_at = clock_timestamp(), worked_at = clock_timestamp()
         where import_id = v_import.import_id
        returning * into v_import;
        perform audit(p ->> 'by', 'customer-import.cancel', v_import.import_id::text, '{}');
    end if;
    return jsonb_build_object('import', customer_import_view(v_import));
end
$$;

-- A later row of the same customer, if it can be read, stands for the earlier ones.
create or replace function supersede_import_rows(p_import uuid, p_from bigint, p_to bigint) returns void
    language sql volatile as $$
    update customer_import_row earlier
       set outcome = 'MERGED', reason = 'SUPERSEDED', column_name = 'customerNumber', facts = null
     where import_id = p_import and row_no > p_from and row_no <= p_to and outcome <> 'REJECTED'
       and exists (select from customer_import_row later
                    where later.import_id = p_import and later.source_id = earlier.source_id and later.row_no > earlier.row_no
                      and later.outcome <> 'REJECTED')
$$;

-- Rows that are in each other's way, or in that of an account here. Nothing is merged because it looks alike.
create or replace function compare_import_rows(p_import customer_import, p_from bigint, p_to bigint) returns void
    language sql volatile as $$
    with judged as (
        select mine.row_no, mine.user_canonical is not null and exists (
                   select from customer_import_row other
                    where other.import_id = mine.import_id and other.user_canonical = mine.user_canonical
                      and other.row_no <> mine.row_no and other.outcome not in ('REJECTED', 'MERGED')) as user_name_twice,
               exists (select from customer_import_row other
                        where other.import_id = mine.import_id and other.canonical = mine.canonical
                          and other.row_no <> mine.row_no and other.outcome not in ('REJECTED', 'MERGED')) as email_twice,
               exists (select from customer_email email
                        where email.canonical = mine.canonical and until is null
                          and email.customer_id is distinct from coalesce(known.merged_into, known.customer_id)) as email_taken,
               exists (select from customer_user_name named
                        where named.canonical = mine.user_canonical
                          and named.customer_id is distinct from coalesce(known.merged_into, known.customer_id)) as user_name_taken
          from customer_import_row mine
          left join legacy_customer legacy on legacy.source = p_import.source and legacy.source_id = mine.source_id
          left join customer known on known.customer_id = legacy.customer_id
         where mine.import_id = p_import.import_id and mine.row_no > p_from and mine.row_no <= p_to
           and mine.outcome in ('MIGRATED', 'NEEDS_CLAIM')
           and known.erased_at is null and known.merged_into is null
    )
    update customer_import_row mine
       set outcome = 'CONFLICT',
           reason = case when email_twice then 'EMAIL_TWICE' when email_taken then 'EMAIL_TAKEN'
                         when user_name_twice then 'USER_NAME_TWICE' else 'USER_NAME_TAKEN' end,
           column_name = case when email_twice or email_taken then 'email' else 'userName' end
      from judged
     where mine.import_id = p_import.import_id and mine.row_no = judged.row_no
       and (email_twice or email_taken or user_name_twice or user_name_taken)
$$;

-- What an import says of somebody, as the columns of an account.
create or replace function import_facts(p jsonb)
    returns table (email text, canonical text, match_key bytea, name text, phone text, language text, user_name text, user_canonical text,
                   password_hash text, sealed_hash bytea, password_changed_at timestamptz, registered_at timestamptz,
                   changed_at timestamptz, proven_at timestamptz, locked boolean)
    language sql immutable as $$
    select p ->> 'email', p ->> 'canonical', decode(p ->> 'matchKey', 'hex'), p ->> 'name', p ->> 'phone', p ->> 'language',
           p ->> 'userName', p ->> 'userCanonical', p ->> 'passwordHash', decode(p ->> 'sealedHash', 'hex'),
           (p ->> 'passwordChangedAt')::timestamptz, (p ->> 'registeredAt')::timestamptz, (p ->> 'changedAt')::timestamptz,
           (p ->> 'emailProvenAt')::timestamptz, coalesce((p ->> 'locked')::boolean, false)
$$;

-- Accounts for the rows whose customers are not here yet. Whoever has taken an address or a name meanwhile keeps it.
create or replace function make_imported_customers(p_import customer_import, p_from bigint, p_to bigint) returns void
    language sql volatile as $$
    with fresh as materialized (
        select mine.row_no, mine.source_id, uuidv7() as id, mine.facts as said, facts.*
          from customer_import_row mine cross join lateral import_facts(mine.facts) facts
         where import_id = p_import.import_id and row_no > p_from and row_no <= p_to
           and outcome in ('MIGRATED', 'NEEDS_CLAIM') and customer_id is null
           and not exists (select from customer_user_name named where named.canonical = facts.user_canonical)
    ), addressed as (
        insert into customer_email (customer_id, email, canonical, match_key, since, proven_at)
        select id, email, canonical, match_key, coalesce(registered_at, p_import.exported_at), proven_at from fresh
        on conflict (canonical) where until is null do nothing
        returning customer_id
    ), made as (
        insert into customer (customer_id, name, phone, password_hash, sealed_hash, password_changed_at, language, shop_id, created_at,
                              locked_at, locked_by, lock_reason)
        select id, name, phone, password_hash, sealed_hash, coalesce(password_changed_at, registered_at, p_import.exported_at),
               coalesce(language, p_import.language), p_import.shop_id, coalesce(registered_at, p_import.exported_at),
               case when locked then clock_timestamp() end, case when locked then p_import.started_by end,
               case when locked then 'Locked in ' || p_import.source end
          from fresh join addressed on addressed.customer_id = id
    ), former as (
        insert into customer_email (customer_id, email, canonical, match_key, since, until)
        select id, address ->> 'email', address ->> 'canonical', decode(address ->> 'matchKey', 'hex'),
               coalesce(registered_at, p_import.exported_at), coalesce(registered_at, p_import.exported_at)
          from fresh join addressed on addressed.customer_id = id
               cross join lateral jsonb_array_elements(coalesce(said -> 'formerEmails', '[]')) address
         where address ->> 'canonical' <> canonical
        on conflict do nothing
    ), named as (
        insert into customer_user_name (canonical, user_name, customer_id)
        select user_canonical, user_name, id from fresh join addressed on addressed.customer_id = id where user_canonical is not null
    ), remembered as (
        insert into legacy_customer (source, source_id, customer_id, source_changed_at)
        select p_import.source, source_id, id, coalesce(changed_at, p_import.exported_at)
          from fresh join addressed on addressed.customer_id = id
    )
    update customer_import_row mine set customer_id = id
      from fresh join addressed on addressed.customer_id = id
     where mine.import_id = p_import.import_id and mine.row_no = fresh.row_no
$$;

-- A customer who is here already. What was changed here after the file was made, or by its owner at all, stays.
create or replace function renew_imported_customer(p_import customer_import, p_row customer_import_row, p_customer_id uuid) returns text
    language plpgsql as $$
declare
    v_customer customer;
    v_facts    record;
    v_known    legacy_customer;
    v_email    customer_email;
    v_here     boolean := false;
begin
    select * into v_customer from customer where customer_id = p_customer_id for no key update;
    if v_customer.erased_at is not null then
        return 'ERASED_HERE';
    elsif v_customer.merged_into is not null then
        return 'MERGED_HERE';
    end if;
    select * into v_facts from import_facts(p_row.facts);
    select * into v_known from legacy_customer where source = p_import.source and source_id = p_row.source_id;
    if coalesce(v_facts.changed_at, p_import.exported_at) < v_known.source_changed_at then
        return 'OLDER';
    end if;
    select * into v_email from customer_email where customer_id = p_customer_id and until is null;
    if v_email.canonical is distinct from v_facts.canonical and exists (select from customer where merged_into = p_customer_id) then
        return 'MERGED_HERE';
    end if;
    if v_email.canonical is distinct from v_facts.canonical then
        if v_email.since > v_known.imported_at then
            v_here := true;
        elsif exists (select from customer_email where canonical = v_facts.canonical and until is null) then
            return 'EMAIL_TAKEN';
        else
            update customer_email set until = clock_timestamp() where customer_id = p_customer_id and until is null;
            insert into customer_email (customer_id, email, canonical, match_key, since, proven_at)
            values (p_customer_id, v_facts.email, v_facts.canonical, v_facts.match_key, clock_timestamp(), v_facts.proven_at);
            update legacy_customer set imported_at = clock_timestamp() where source = p_import.source and source_id = p_row.source_id;
        end if;
    end if;
    if coalesce(v_facts.password_hash, encode(v_facts.sealed_hash, 'hex')) is not null
       and coalesce(v_facts.password_changed_at > v_customer.password_changed_at,
                    v_customer.password_hash is null and v_customer.sealed_hash is null) then
        update customer
           set password_hash = v_facts.password_hash, sealed_hash = v_facts.sealed_hash,
               password_changed_at = coalesce(v_facts.password_changed_at, password_changed_at)
         where customer_id = p_customer_id;
    elsif v_customer.password_changed_at > p_import.exported_at then
        v_here := true;
    end if;
    update customer
       set name = v_facts.name, phone = coalesce(v_facts.phone, phone), language = coalesce(v_facts.language, language)
     where customer_id = p_customer_id;
    update legacy_customer set source_changed_at = coalesce(v_facts.changed_at, p_import.exported_at)
     where source = p_import.source and source_id = p_row.source_id;
    return case when v_here then 'NEWER_HERE' end;
end
$$;

-- Limit, block and consent of one customer.
create or replace function take_import_extras(p_import customer_import, p_row customer_import_row) returns void
    language plpgsql as $$
declare
    v_limit bigint := (p_row.facts ->> 'creditLimit')::bigint;
    v_by    text := p_import.started_by;
begin
    if v_limit is not null
       and not exists (select from credit_account where customer_id = p_row.customer_id and limit_amount is not null) then
        perform set_credit_limit(jsonb_build_object(
                    'customerId', p_row.customer_id, 'limit', v_limit, 'by', v_by, 'reason', 'Imported from ' || p_import.source,
                    'version', coalesce((select version from credit_account where customer_id = p_row.customer_id), 1)));
    end if;
    if p_row.facts ? 'blacklistReason' then
        perform add_blacklist_row(jsonb_build_object(
                    'customerId', p_row.customer_id, 'matchKey', p_row.facts -> 'matchKey', 'email', p_row.facts -> 'email',
                    'reason', p_row.facts -> 'blacklistReason', 'by', v_by, 'otherOrders', 'KEEP', 'evidence', jsonb_build_array(
                        jsonb_build_object('text', 'Imported from ' || p_import.source
                            || coalesce(', blocked there since ' || (p_row.facts ->> 'blacklistSince'), '')))));
    end if;
    if p_row.facts ? 'newsletterConsentAt' then
        perform import_consent(p_row.customer_id, (p_row.facts ->> 'newsletterConsentAt')::timestamptz,
                               p_row.facts ->> 'newsletterConsentFrom', p_row.facts ->> 'newsletterConsentWording');
    end if;
end
$$;

create or replace function apply_import_rows(p_import customer_import, p_from bigint, p_to bigint) returns void
    language plpgsql as $$
declare
    v_row    customer_import_row;
    v_reason text;
begin
    update customer_import_row mine set customer_id = legacy.customer_id
      from legacy_customer legacy
     where mine.import_id = p_import.import_id and mine.row_no > p_from and mine.row_no <= p_to
       and mine.outcome in ('MIGRATED', 'NEEDS_CLAIM')
       and legacy.source = p_import.source and legacy.source_id = mine.source_id;
    for v_row in select * from customer_import_row
                  where import_id = p_import.import_id and row_no > p_from and row_no <= p_to and customer_id is not null
                    and outcome in ('MIGRATED', 'NEEDS_CLAIM') order by row_no
    loop
        v_reason := renew_imported_customer(p_import, v_row, v_row.customer_id);
        update customer_import_row
           set outcome = case when v_reason = 'EMAIL_TAKEN' then 'CONFLICT' when v_reason in ('ERASED_HERE', 'MERGED_HERE', 'OLDER')
                              then 'MERGED' else outcome end,
               reason = coalesce(v_reason, reason), column_name = case when v_reason = 'EMAIL_TAKEN' then 'email' else column_name end
         where import_id = v_row.import_id and row_no = v_row.row_no;
    end loop;
    perform make_imported_customers(p_import, p_from, p_to);
    update customer_import_row set outcome = 'CONFLICT', reason = 'EMAIL_TAKEN', column_name = 'email'
     where import_id = p_import.import_id and row_no > p_from and row_no <= p_to and customer_id is null
       and outcome in ('MIGRATED', 'NEEDS_CLAIM');
    for v_row in select * from customer_import_row
                  where import_id = p_import.import_id and row_no > p_from and row_no <= p_to
                    and outcome in ('MIGRATED', 'NEEDS_CLAIM')
                    and facts ?| array['creditLimit', 'blacklistReason', 'newsletterConsentAt'] order by row_no
    loop
        perform take_import_extras(p_import, v_row);
    end loop;
    update customer_import_row set facts = null, cells = case when outcome in ('CONFLICT', 'REJECTED') then cells end
     where import_id = p_import.import_id and row_no > p_from and row_no <= p_to;
end
$$;

create or replace function end_customer_import(p_import customer_import) returns void
    language sql volatile as $$
    update customer_import
       set state = case when apply then 'APPLIED' else 'CHECKED' end, step = 'DONE', version = version + 1,
           ended_at = clock_timestamp(), reached = row_count,
           counts = (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                                'outcome', outcome, 'reason', reason, 'rows', number)) order by outcome, reason nulls first), '[]')
                       from (select outcome, reason, count(*) as number from customer_import_row
                              where import_id = p_import.import_id group by outcome, reason) counted),
           unexplained = case when apply then (select count(*) from customer_import_row
                                                where import_id = p_import.import_id and outcome in ('CONFLICT', 'REJECTED'))
                              else 0 end
     where import_id = p_import.import_id
$$;

-- One batch of the import that has waited longest; {"worked": false} when there is nothing to do. Uploads that nobody goes on with
-- have failed.
create or replace function continue_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
    v_to     bigint;
begin
    perform fail_customer_import(jsonb_build_object('importId', import_id))
       from customer_import where state = 'UPLOADING' and worked_at < clock_timestamp() - interval '10 minutes';
    select * into v_import from customer_import where step not in ('STAGE', 'DONE')
     order by worked_at limit 1 for no key update skip locked;
    if not found then
        return '{"worked": false}';
    end if;
    v_to := v_import.reached + (p ->> 'limit')::bigint;
    case v_import.step
        when 'SUPERSEDE' then perform supersede_import_rows(v_import.import_id, v_import.reached, v_to);
        when 'COMPARE' then perform compare_import_rows(v_import, v_import.reached, v_to);
        when 'APPLY' then perform apply_import_rows(v_import, v_import.reached, v_to);
        when 'FORGET' then
            delete from customer_import_row
             where (import_id, row_no) in (select import_id, row_no from customer_import_row
                                            where import_id = v_import.import_id order by row_no limit (p ->> 'limit')::integer);
            if not found then
                update customer_import set step = 'DONE' where import_id = v_import.import_id;
            else
                update customer_import set worked_at = clock_timestamp() where import_id = v_import.import_id;
            end if;
            return '{"worked": true}';
    end case;
    if v_to < v_import.row_count then
        update customer_import set reached = v_to, worked_at = clock_timestamp() where import_id = v_import.import_id;
    elsif v_import.step = 'APPLY' or v_import.step = 'COMPARE' and not v_import.apply then
        perform end_customer_import(v_import);
    else
        update customer_import
           set step = case step when 'SUPERSEDE' then 'COMPARE' else 'APPLY' end,
               state = case step when 'COMPARE' then 'APPLYING' else state end,
               reached = 0, step_at = clock_timestamp(), worked_at = clock_timestamp()
         where import_id = v_import.import_id;
    end if;
    return '{"worked": true}';
end
$$;

-- What stands in the way of the cut-over. The digest stands for the rows that nobody has answered for.
create or replace function cut_over_view() returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'loginOpen', login_open(), 'newsletterOpen', newsletter_open(),
               'importsUnderWay', (select count(*) from customer_import where state in ('UPLOADING', 'CHECKING', 'APPLYING')),
               'unexplained', (select coalesce(sum(unexplained), 0) from customer_import),
               'unwrapped', (select count(*) from customer where sealed_hash is not null),
               'exceptionsDigest', encode(sha256(coalesce(string_agg(
                   row.import_id || ' ' || row_no || ' ' || outcome || ' ' || coalesce(reason, ''), E'\n' order by row.import_id, row_no),
                   '')::bytea), 'hex'),
               'openedBy', (select opened_by from cut_over), 'openedAt', (select opened_at from cut_over)))
      from customer_import_row row join customer_import import on import.import_id = row.import_id and import.state = 'APPLIED'
     where outcome in ('CONFLICT', 'REJECTED') and signature_id is null
$$;

create or replace function open_cut_over(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_view      jsonb;
    v_signature uuid;
begin
    perform pg_advisory_xact_lock(hashtext('open_cut_over'));
    v_view := cut_over_view();
    if (v_view ->> 'importsUnderWay')::bigint > 0 or v_view ->> 'exceptionsDigest' <> p ->> 'exceptionsDigest' then
        return refused('CUT_OVER_NOT_READY');
    end if;
    if exists (select from cut_over) and (v_view ->> 'unexplained')::bigint = 0 then
        return jsonb_build_object('cutOver', v_view);
    end if;
    insert into cut_over_signature (digest, row_count, note, signed_by)
    values (p ->> 'exceptionsDigest', (v_view ->> 'unexplained')::bigint, p ->> 'note', p ->> 'by')
    returning signature_id into v_signature;
    update customer_import_row set signature_id = v_signature
     where import_id in (select import_id from customer_import where state = 'APPLIED' and unexplained > 0)
       and outcome in ('CONFLICT', 'REJECTED') and signature_id is null;
    update customer_import set unexplained = 0 where state = 'APPLIED' and unexplained > 0;
    insert into cut_over (opened_by) values (p ->> 'by') on conflict do nothing;
    perform audit(p ->> 'by', 'cut-over.open', v_signature::text,
                  jsonb_build_object('digest', p -> 'exceptionsDigest', 'exceptions', v_view -> 'unexplained', 'note', p -> 'note'));
    return jsonb_build_object('cutOver', cut_over_view());
end
$$;
