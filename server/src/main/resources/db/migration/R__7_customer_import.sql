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
