-- Cases: what is noted of each when it is opened, whoever opens it.

-- Every change is a new version, so that nobody decides on what they have not seen.
create or replace function count_case_version() returns trigger
    language plpgsql as $$
begin
    new.version := old.version + 1;
    -- What is open again has not been decided.
    if new.state in ('OPEN', 'WAITING_FOR_CUSTOMER') and old.state not in ('OPEN', 'WAITING_FOR_CUSTOMER') then
        new.decided_by := null;
        new.decision_reason := null;
    end if;
    return new;
end
$$;

create or replace trigger case_file_version before update on case_file
    for each row when (old.* is distinct from new.*) execute function count_case_version();

-- Other cases of the same customer, or of a guest with the same address.
create or replace function neighbours_of(p_case case_file, p_match_key bytea) returns setof case_file
    language sql stable as $$
    select * from case_file other
     where other.customer_id = p_case.customer_id and other.case_number <> p_case.case_number
    union
    select other.* from orders join case_file other using (order_id)
     where p_case.customer_id is null and orders.customer_id is null and match_key = p_match_key
       and other.case_number <> p_case.case_number
$$;

-- How many orders this customer, or a guest with this address, has made in a day.
create or replace function orders_of_a_day(p_customer_id uuid, p_match_key bytea) returns bigint
    language sql stable as $$
    select count(*) from orders
     where created_at > clock_timestamp() - interval '1 day'
       and (customer_id = p_customer_id
            or p_customer_id is null and customer_id is null and match_key = p_match_key)
$$;

-- How far an order passes the limit, in percent of it; null where there is no limit to pass, as for guests, or where it is in another
-- currency.
create or replace function overrun_percent(p_case case_file) returns bigint
    language sql stable as $$
    select case when p_case.kind = 'CREDIT_LIMIT' and p_case.limit_then is not null
                     and p_case.currency = setting('credit') ->> 'currency'
                then least((p_case.exposure_then + p_case.amount - p_case.limit_then) * 100 / greatest(p_case.limit_then, 1),
                           1000000000000) end
$$;

-- All rules of how much attention a case needs. From their thresholds on they apply; those are settings.
create or replace function case_findings(p_case case_file) returns jsonb
    language plpgsql stable as $$
declare
    v_most      jsonb := setting('case-attention');
    v_match_key bytea := (select match_key from orders where order_id = p_case.order_id);
    v_rule      text;
    v_found     bigint;
    v_most_of   bigint;
    v_findings  jsonb := '[]';
begin
    for v_rule, v_found, v_most_of in
        select 'OVERRUN', overrun_percent(p_case), (v_most ->> 'overrunPercent')::bigint
        union all
        select 'AMOUNT', p_case.amount, (v_most ->> 'amount')::bigint
        union all
        select 'ORDERS', orders_of_a_day(p_case.customer_id, v_match_key), (v_most ->> 'ordersPerDay')::bigint
        union all
        select 'OPEN_CASES', count(*) filter (where state in ('OPEN', 'WAITING_FOR_CUSTOMER')),
               (v_most ->> 'openCases')::bigint
          from neighbours_of(p_case, v_match_key)
        union all
        select 'REJECTED_CASES',
               count(*) filter (where state = 'REJECTED' and ended_at > clock_timestamp() - interval '1 year'),
               (v_most ->> 'rejectedCases')::bigint
          from neighbours_of(p_case, v_match_key)
    loop
        if v_found >= v_most_of then
            v_findings := v_findings || jsonb_build_object('rule', v_rule, 'found', v_found, 'threshold', v_most_of);
        end if;
    end loop;
    select floor(extract(epoch from clock_timestamp() - created_at) / 86400)::bigint into v_found
      from customer where customer_id = p_case.customer_id;
    v_most_of := (v_most ->> 'accountDays')::bigint;
    if v_found < v_most_of then
        v_findings := v_findings || jsonb_build_object('rule', 'NEW_CUSTOMER', 'found', v_found, 'threshold', v_most_of);
    end if;
    return v_findings;
end
$$;

-- Whoever opens a case: what its customer may owe and owes is noted, and what speaks for looking closely.
create or replace function note_case() returns trigger
    language plpgsql as $$
begin
    new.customer_id := coalesce(new.customer_id, (select customer_id from orders where order_id = new.order_id));
    if new.customer_id is not null and new.limit_then is null then
        new.limit_then := (setting('credit') ->> 'defaultLimit')::bigint;
        new.exposure_then := 0;
        select coalesce(limit_amount, new.limit_then), exposure into new.limit_then, new.exposure_then
          from credit_account where customer_id = new.customer_id;
    end if;
    new.findings := new.findings || case_findings(new);
    new.attention := case when new.findings = '[]' then 'ROUTINE' else 'CONSPICUOUS' end;
    return new;
end
$$;

create or replace trigger case_file_noted before insert on case_file
    for each row execute function note_case();
