-- What becomes of the rows of an import that is applied: accounts are made or brought up to date, batch by batch.

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
