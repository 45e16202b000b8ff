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

create or replace function is_unexplained(p_row customer_import_row) returns boolean
    language sql immutable
    return p_row.signature_id is null and p_row.explained_at is null;

-- How many rows became no account and are not explained.
create or replace function unexplained_rows(p_import_id uuid) returns bigint
    language sql stable
    return (select count(*) from customer_import_row row
             where import_id = p_import_id and outcome in ('CONFLICT', 'REJECTED') and is_unexplained(row));

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
       set state = 'CHECKING', step = 'STAGED', reached = 0, row_count = (p ->> 'rows')::bigint, version = version + 1,
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
       set state = 'CHECKING', step = 'AGAIN', apply = true, reached = 0, version = version + 1, ended_at = null,
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
    language sql volatile set plan_cache_mode = force_custom_plan as $$
    update customer_import_row earlier
       set outcome = 'MERGED', reason = 'SUPERSEDED', column_name = 'customerNumber', facts = null
     where import_id = p_import and row_no > p_from and row_no <= p_to and outcome <> 'REJECTED'
       and exists (select from customer_import_row later
                    where later.import_id = p_import and later.source_id = earlier.source_id and later.row_no > earlier.row_no
                      and later.outcome <> 'REJECTED')
$$;

-- Rows that are in each other's way, or in that of an account here. Nothing is merged because it looks alike. Accounts here may
-- have gone out of the way since a dry run.
create or replace function compare_import_rows(p_import customer_import, p_from bigint, p_to bigint) returns void
    language sql volatile set plan_cache_mode = force_custom_plan as $$
    update customer_import_row
       set outcome = case when facts ? 'refusal' then 'NEEDS_CLAIM' else 'MIGRATED' end, reason = facts ->> 'refusal',
           column_name = case when facts ? 'refusal' then 'passwordHash' end
     where import_id = p_import.import_id and row_no > p_from and row_no <= p_to
       and outcome = 'CONFLICT' and reason in ('EMAIL_TAKEN', 'USER_NAME_TAKEN');
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

-- Accounts for the rows but p_known, whose customers are here. Whoever has taken an address or a name meanwhile keeps it. Says which
-- rows have become accounts.
create or replace function make_imported_customers(p_import customer_import, p_from bigint, p_to bigint, p_known bigint[])
    returns table (row_no bigint, customer_id uuid)
    language sql volatile set plan_cache_mode = force_custom_plan as $$
    with fresh as materialized (
        select mine.row_no, mine.source_id, uuidv7() as id, mine.facts -> 'formerEmails' as former_emails, facts.*
          from customer_import_row mine cross join lateral import_facts(mine.facts) facts
         where import_id = p_import.import_id and mine.row_no > p_from and mine.row_no <= p_to
           and outcome in ('MIGRATED', 'NEEDS_CLAIM')
           and mine.row_no not in (select unnest(p_known))
           and not exists (select from customer_user_name named where named.canonical = mine.user_canonical)
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
               cross join lateral jsonb_array_elements(former_emails) address
         where former_emails is not null and address ->> 'canonical' <> canonical
        on conflict do nothing
    ), named as (
        insert into customer_user_name (canonical, user_name, customer_id)
        select user_canonical, user_name, id from fresh join addressed on addressed.customer_id = id where user_canonical is not null
    ), remembered as (
        insert into legacy_customer (source, source_id, customer_id, source_changed_at)
        select p_import.source, source_id, id, coalesce(changed_at, p_import.exported_at)
          from fresh join addressed on addressed.customer_id = id
    )
    select fresh.row_no, id from fresh join addressed on addressed.customer_id = id
$$;

-- A customer who is here already. What was changed here after the file was made, or by its owner at all, stays.
create or replace function renew_imported_customer(p_import customer_import, p_source_id text, p_facts jsonb, p_customer_id uuid)
    returns text
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
    select * into v_facts from import_facts(p_facts);
    select * into v_known from legacy_customer where source = p_import.source and source_id = p_source_id;
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
        elsif not (move_to_address(p_customer_id, v_facts.email, v_facts.canonical, v_facts.match_key, v_facts.proven_at)).moved then
            return 'EMAIL_TAKEN';
        else
            perform end_sessions(p_customer_id);
            update legacy_customer set imported_at = clock_timestamp() where source = p_import.source and source_id = p_source_id;
        end if;
    end if;
    if coalesce(v_facts.password_hash, encode(v_facts.sealed_hash, 'hex')) is not null
       and coalesce(v_facts.password_changed_at > v_customer.password_changed_at,
                    v_customer.password_hash is null and v_customer.sealed_hash is null) then
        update customer
           set password_hash = v_facts.password_hash, sealed_hash = v_facts.sealed_hash,
               password_changed_at = coalesce(v_facts.password_changed_at, password_changed_at)
         where customer_id = p_customer_id;
        perform end_sessions(p_customer_id);
    elsif v_customer.password_changed_at > p_import.exported_at then
        v_here := true;
    end if;
    -- Whoever was unlocked here stays so until the former shop says something new.
    if v_facts.locked and v_customer.locked_at is null and v_facts.changed_at > v_known.source_changed_at then
        update customer
           set locked_at = clock_timestamp(), locked_by = p_import.started_by, lock_reason = 'Locked in ' || p_import.source
         where customer_id = p_customer_id;
        perform end_sessions(p_customer_id, true);
    end if;
    update customer
       set name = v_facts.name, phone = coalesce(v_facts.phone, phone), language = coalesce(v_facts.language, language)
     where customer_id = p_customer_id;
    update legacy_customer set source_changed_at = coalesce(v_facts.changed_at, p_import.exported_at)
     where source = p_import.source and source_id = p_source_id;
    return case when v_here then 'NEWER_HERE' end;
end
$$;

-- Rows whose customers are here already, and who. Each is looked up: there may be many times as many customers as rows.
create or replace function known_import_rows(p_import customer_import, p_from bigint, p_to bigint)
    returns table (row_no bigint, source_id text, facts jsonb, customer_id uuid)
    language sql stable set enable_hashjoin = off set enable_mergejoin = off as $$
    select mine.row_no, mine.source_id, mine.facts, legacy.customer_id
      from customer_import_row mine
      join legacy_customer legacy on legacy.source = p_import.source and legacy.source_id = mine.source_id
     where mine.import_id = p_import.import_id and mine.row_no > p_from and mine.row_no <= p_to
       and mine.outcome in ('MIGRATED', 'NEEDS_CLAIM')
$$;

-- Says which rows stand for the accounts that they brought up to date.
create or replace function renew_imported_customers(p_import customer_import, p_from bigint, p_to bigint)
    returns table (row_no bigint, customer_id uuid)
    language plpgsql as $$
declare
    v_known  record;
    v_reason text;
begin
    for v_known in select * from known_import_rows(p_import, p_from, p_to) known order by known.customer_id loop
        v_reason := renew_imported_customer(p_import, v_known.source_id, v_known.facts, v_known.customer_id);
        if v_reason is not null then
            update customer_import_row mine
               set outcome = case when v_reason = 'EMAIL_TAKEN' then 'CONFLICT' when v_reason = 'NEWER_HERE' then outcome
                                  else 'MERGED' end,
                   reason = v_reason, column_name = case when v_reason = 'EMAIL_TAKEN' then 'email' else column_name end
             where mine.import_id = p_import.import_id and mine.row_no = v_known.row_no;
        end if;
        if v_reason is null or v_reason = 'NEWER_HERE' then
            row_no := v_known.row_no;
            customer_id := v_known.customer_id;
            return next;
        end if;
    end loop;
end
$$;

-- Limits, consents and blocks of the customers that rows stand for. Blocks are taken in one order by all, because each locks a
-- person.
create or replace function take_import_extras(p_import customer_import, p_rows bigint[], p_customers uuid[]) returns void
    language plpgsql as $$
declare
    v_limits      jsonb;
    v_consents    jsonb;
    v_withdrawals jsonb;
    v_blocks      jsonb;
    v_one         jsonb;
begin
    select jsonb_agg(said) filter (where said ? 'creditLimit'), jsonb_agg(said) filter (where said ? 'newsletterConsentAt'),
           jsonb_agg(said) filter (where said ? 'newsletterWithdrawnAt'),
           jsonb_agg(said order by said ->> 'matchKey') filter (where said ? 'blacklistReason')
      into v_limits, v_consents, v_withdrawals, v_blocks
      from (select facts || jsonb_build_object('customerId', customer_id) as said
              from unnest(p_rows, p_customers) known (row_no, customer_id)
              join customer_import_row mine on mine.import_id = p_import.import_id and mine.row_no = known.row_no
             where facts ?| array['creditLimit', 'newsletterConsentAt', 'newsletterWithdrawnAt', 'blacklistReason']) extra;
    perform import_credit_limits(v_limits, p_import.started_by, 'Imported from ' || p_import.source);
    perform import_consents(v_consents);
    for v_one in select jsonb_array_elements(v_withdrawals) loop
        perform import_withdrawal((v_one ->> 'customerId')::uuid, (v_one ->> 'newsletterWithdrawnAt')::timestamptz,
                                  'Withdrawn in ' || p_import.source);
    end loop;
    for v_one in select jsonb_array_elements(v_blocks) loop
        perform add_blacklist_row(jsonb_build_object(
                    'customerId', v_one -> 'customerId', 'matchKey', v_one -> 'matchKey', 'email', v_one -> 'email',
                    'reason', v_one -> 'blacklistReason', 'by', p_import.started_by, 'otherOrders', 'KEEP',
                    'evidence', jsonb_build_array(jsonb_build_object('text', 'Imported from ' || p_import.source
                        || coalesce(', blocked there since ' || (v_one ->> 'blacklistSince'), '')))));
    end loop;
end
$$;

-- Rows of earlier files of the same shop that became no account then and have become one now.
create or replace function explain_mended_rows(p_import customer_import, p_rows bigint[]) returns void
    language plpgsql as $$
begin
    if exists (select from customer_import where source = p_import.source and state = 'APPLIED' and unexplained > 0) then
        update customer_import_row earlier
           set explanation = 'Imported with ' || p_import.import_id, explained_by = p_import.started_by, explained_at = clock_timestamp()
          from customer_import import, unnest(p_rows) mended (row_no)
          join customer_import_row mine on mine.import_id = p_import.import_id and mine.row_no = mended.row_no
         where import.source = p_import.source and import.state = 'APPLIED' and import.unexplained > 0
           and earlier.import_id = import.import_id and earlier.source_id = mine.source_id
           and earlier.outcome in ('CONFLICT', 'REJECTED') and is_unexplained(earlier);
    end if;
end
$$;

-- Rows that have become what they were to become are not kept; those that became no account are, without what was read of them.
-- Says how many of each were let go.
create or replace function apply_import_rows(p_import customer_import, p_from bigint, p_to bigint) returns jsonb
    language plpgsql as $$
declare
    v_rows      bigint[];
    v_customers uuid[];
    v_let_go    jsonb;
begin
    select coalesce(array_agg(row_no), '{}'), coalesce(array_agg(customer_id), '{}') into v_rows, v_customers
      from renew_imported_customers(p_import, p_from, p_to);
    select v_rows || array_agg(row_no), v_customers || array_agg(customer_id) into v_rows, v_customers
      from make_imported_customers(p_import, p_from, p_to, v_rows);
    perform take_import_extras(p_import, v_rows, v_customers);
    perform explain_mended_rows(p_import, v_rows);
    with let_go as (
        delete from customer_import_row
         where import_id = p_import.import_id and row_no > p_from and row_no <= p_to
           and (outcome = 'MERGED' or row_no in (select unnest(v_rows)))
        returning outcome, reason
    )
    select coalesce(jsonb_agg(jsonb_build_object('outcome', outcome, 'reason', reason, 'rows', number)), '[]') into v_let_go
      from (select outcome, reason, count(*) as number from let_go group by outcome, reason) counted;
    update customer_import_row mine
       set outcome = 'CONFLICT', facts = null,
           reason = case when outcome = 'CONFLICT' then reason when is_named then 'USER_NAME_TAKEN' else 'EMAIL_TAKEN' end,
           column_name = case when outcome = 'CONFLICT' then column_name when is_named then 'userName' else 'email' end
      from (select row_no, exists (select from customer_user_name named where named.canonical = user_canonical) as is_named
              from customer_import_row
             where import_id = p_import.import_id and row_no > p_from and row_no <= p_to and outcome <> 'REJECTED') left_over
     where mine.import_id = p_import.import_id and mine.row_no = left_over.row_no;
    return v_let_go;
end
$$;

create or replace function end_customer_import(p_import customer_import) returns void
    language sql volatile as $$
    with counted as (
        select outcome, reason, sum(number)::bigint as number
          from (select outcome, reason, count(*) as number from customer_import_row
                 where import_id = p_import.import_id group by outcome, reason
                union all
                select let_go ->> 'outcome', let_go ->> 'reason', (let_go ->> 'rows')::bigint
                  from customer_import_batch cross join lateral jsonb_array_elements(counts) let_go
                 where import_id = p_import.import_id) both_kinds
         group by outcome, reason
    )
    update customer_import
       set state = case when apply then 'APPLIED' else 'CHECKED' end, step = 'DONE', version = version + 1,
           ended_at = clock_timestamp(), reached = row_count,
           counts = (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                                'outcome', outcome, 'reason', reason, 'rows', number)) order by outcome, reason nulls first), '[]')
                       from counted),
           unexplained = case when apply then unexplained_rows(import_id) else 0 end
     where import_id = p_import.import_id;
    update customer_import set unexplained = unexplained_rows(import_id), version = version + 1
     where p_import.apply and source = p_import.source and state = 'APPLIED' and unexplained > unexplained_rows(import_id)
$$;

-- Says of some rows why it is right that they became no account. Rows that are explained stay so.
create or replace function explain_import_rows(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
    v_rows   bigint[] := array(select jsonb_array_elements_text(p -> 'rows')::bigint);
    v_new    bigint;
begin
    select * into v_import from customer_import where import_id = (p ->> 'importId')::uuid for no key update;
    if not found then
        return refused('CUSTOMER_IMPORT_NOT_FOUND');
    elsif v_import.state <> 'APPLIED' then
        return refused('CUSTOMER_IMPORT_STATE');
    elsif (select count(*) from customer_import_row
            where import_id = v_import.import_id and row_no = any (v_rows) and outcome in ('CONFLICT', 'REJECTED'))
          < cardinality(v_rows) then
        return refused('CUSTOMER_IMPORT_ROW_NOT_FOUND');
    end if;
    update customer_import_row row
       set explanation = p ->> 'note', explained_by = p ->> 'by', explained_at = clock_timestamp()
     where import_id = v_import.import_id and row_no = any (v_rows) and is_unexplained(row);
    get diagnostics v_new = row_count;
    if v_new > 0 then
        update customer_import set unexplained = unexplained - v_new, version = version + 1
         where import_id = v_import.import_id
        returning * into v_import;
        perform audit(p ->> 'by', 'customer-import.explain', v_import.import_id::text,
                      jsonb_build_object('rows', p -> 'rows', 'note', p -> 'note'));
    end if;
    return jsonb_build_object('import', customer_import_view(v_import));
end
$$;

-- Dry runs that nobody has applied are given up; what the former shop said in rows that are explained is forgotten.
create or replace function forget_import_rows(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_before    timestamptz := clock_timestamp() - (p ->> 'seconds')::double precision * interval '1 second';
    v_forgotten bigint;
begin
    update customer_import
       set state = 'CANCELLED', step = 'FORGET', reached = 0, version = version + 1, ended_at = clock_timestamp()
     where state = 'CHECKED' and ended_at < v_before;
    update customer_import_row set cells = null
     where (import_id, row_no) in (
               select row.import_id, row_no from customer_import import join customer_import_row row using (import_id)
                where state = 'APPLIED' and ended_at < v_before and outcome in ('CONFLICT', 'REJECTED') and not is_unexplained(row)
                  and cells is not null
                limit (p ->> 'limit')::integer);
    get diagnostics v_forgotten = row_count;
    return jsonb_build_object('forgotten', v_forgotten);
end
$$;

-- The next step of an import, in batches of which each can be done by somebody else at the same time.
create or replace function enter_import_step(p_import_id uuid, p_step text, p_state text, p_limit bigint) returns void
    language plpgsql as $$
begin
    delete from customer_import_batch where import_id = p_import_id and step = p_step;
    insert into customer_import_batch (import_id, step, from_row, to_row)
    select import_id, p_step, first, least(first + p_limit, row_count)
      from customer_import cross join lateral generate_series(0, row_count - 1, p_limit) first
     where import_id = p_import_id;
    update customer_import
       set step = p_step, state = p_state, reached = 0, step_at = clock_timestamp(), worked_at = clock_timestamp()
     where import_id = p_import_id;
end
$$;

-- All batches of a step are done.
create or replace function leave_import_step(p_import customer_import, p_limit bigint) returns void
    language plpgsql as $$
begin
    if p_import.step = 'STAGED' then
        -- Rows that were just copied are unknown to the planner.
        analyze customer_import_row;
        perform enter_import_step(p_import.import_id, 'SUPERSEDE', 'CHECKING', p_limit);
    elsif p_import.step = 'SUPERSEDE' or p_import.step = 'AGAIN' then
        perform enter_import_step(p_import.import_id, 'COMPARE', 'CHECKING', p_limit);
    elsif p_import.step = 'COMPARE' and p_import.apply then
        perform enter_import_step(p_import.import_id, 'APPLY', 'APPLYING', p_limit);
    else
        perform end_customer_import(p_import);
    end if;
end
$$;

-- Deletes what was put aside, batch by batch.
create or replace function drop_import_rows(p_import_id uuid, p_limit bigint) returns void
    language plpgsql as $$
begin
    delete from customer_import_row
     where (import_id, row_no) in (select import_id, row_no from customer_import_row
                                    where import_id = p_import_id order by row_no limit p_limit);
    if not found then
        delete from customer_import_batch where import_id = p_import_id;
        update customer_import set step = 'DONE' where import_id = p_import_id;
    end if;
end
$$;

-- One batch of the import that was first to come as far as it is; {"worked": false} when there is nothing to do, or others do
-- it. Uploads that nobody goes on with have failed.
create or replace function continue_customer_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_limit  bigint := (p ->> 'limit')::bigint;
    v_import customer_import;
    v_batch  customer_import_batch;
    v_counts jsonb := '[]';
begin
    perform fail_customer_import(jsonb_build_object('importId', import_id))
       from customer_import where state = 'UPLOADING' and worked_at < clock_timestamp() - interval '10 minutes';
    -- Whoever cancels waits until the batch is done.
    select * into v_import from customer_import where step not in ('STAGE', 'DONE') order by started_at, import_id limit 1 for key share;
    if not found then
        return '{"worked": false}';
    end if;
    select * into v_batch from customer_import_batch
     where import_id = v_import.import_id and step = v_import.step and counts is null
     order by from_row limit 1 for update skip locked;
    if found then
        case v_import.step
            when 'SUPERSEDE' then perform supersede_import_rows(v_import.import_id, v_batch.from_row, v_batch.to_row);
            when 'COMPARE' then perform compare_import_rows(v_import, v_batch.from_row, v_batch.to_row);
            when 'APPLY' then v_counts := apply_import_rows(v_import, v_batch.from_row, v_batch.to_row);
        end case;
        -- Plans that others have made for tables with next to nothing in them are given up when these are analysed.
        if v_import.step = 'APPLY' and v_batch.from_row / v_limit in (1, 4, 16, 64, 256, 1024) then
            analyze customer, customer_email, customer_user_name, legacy_customer, credit_account, blacklist_entry, blacklist_key;
        end if;
        update customer_import_batch set counts = v_counts
         where import_id = v_batch.import_id and step = v_batch.step and from_row = v_batch.from_row;
        update customer_import set reached = reached + v_batch.to_row - v_batch.from_row, worked_at = clock_timestamp()
         where import_id = v_import.import_id;
        return '{"worked": true}';
    end if;
    -- One of those who find nothing left goes on to the next step, once nobody is at work in this one.
    select * into v_import from customer_import
     where import_id = v_import.import_id and step = v_import.step
       and not exists (select from customer_import_batch batch
                        where batch.import_id = v_import.import_id and batch.step = v_import.step and counts is null)
       for no key update skip locked;
    if not found then
        return '{"worked": false}';
    end if;
    if v_import.step = 'FORGET' then
        perform drop_import_rows(v_import.import_id, v_limit);
    else
        perform leave_import_step(v_import, v_limit);
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
     where outcome in ('CONFLICT', 'REJECTED') and is_unexplained(row)
$$;

create or replace function open_cut_over(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_imports   uuid[];
    v_view      jsonb;
    v_signature uuid;
begin
    perform pg_advisory_xact_lock(hashtext('open_cut_over'));
    -- None ends, and no row is explained, between looking at the list and signing it.
    v_imports := array(select import_id from customer_import where step <> 'DONE' or unexplained > 0
                        order by import_id for no key update);
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
    update customer_import_row row set signature_id = v_signature
     where import_id = any (v_imports) and outcome in ('CONFLICT', 'REJECTED') and is_unexplained(row);
    update customer_import set unexplained = 0 where import_id = any (v_imports) and unexplained > 0;
    insert into cut_over (opened_by) values (p ->> 'by') on conflict do nothing;
    perform audit(p ->> 'by', 'cut-over.open', v_signature::text,
                  jsonb_build_object('digest', p -> 'exceptionsDigest', 'exceptions', v_view -> 'unexplained', 'note', p -> 'note'));
    return jsonb_build_object('cutOver', cut_over_view());
end
$$;
