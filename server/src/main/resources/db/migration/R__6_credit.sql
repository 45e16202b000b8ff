-- A customer's limit. A customer without a row has the default limit and owes nothing, at version 1.

create or replace function credit_account_view(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'customerId', customer.customer_id, 'limit', account.limit_amount,
               'exposure', coalesce(account.exposure, 0), 'version', coalesce(account.version, 1)))
      from customer left join credit_account account using (customer_id)
     where customer.customer_id = p_customer_id
$$;

-- The row is the lock that checkouts take as well, so each of them is decided by the limit before or after, never between.
-- A limit below what is owed touches nothing that was accepted.
create or replace function set_credit_limit(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_account  credit_account;
begin
    insert into credit_account (customer_id) select customer_id from customer where customer_id = v_customer
    on conflict do nothing;
    select * into v_account from credit_account where customer_id = v_customer for update;
    if not found then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    if v_account.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    update credit_account set limit_amount = (p ->> 'limit')::bigint, version = version + 1
     where customer_id = v_customer;
    insert into credit_limit_change (customer_id, from_amount, to_amount, reason, changed_by)
    values (v_customer, v_account.limit_amount, (p ->> 'limit')::bigint, p ->> 'reason', p ->> 'by');
    perform audit(p ->> 'by', 'credit.set-limit', v_customer::text,
                  jsonb_build_object('before', v_account.limit_amount, 'after', p -> 'limit', 'reason', p -> 'reason'));
    return jsonb_build_object('account', credit_account_view(v_customer));
end
$$;

-- Takes over limits that were set in a former shop, {customerId, creditLimit} each, where none was set here. The audit has the
-- import.
create or replace function import_credit_limits(p_limits jsonb, p_by text, p_reason text) returns void
    language sql volatile as $$
    with set_now as (
        insert into credit_account as account (customer_id, limit_amount, version)
        select (said ->> 'customerId')::uuid, (said ->> 'creditLimit')::bigint, 2 from jsonb_array_elements(p_limits) said
         order by 1
        on conflict (customer_id) do update set limit_amount = excluded.limit_amount, version = account.version + 1
         where account.limit_amount is null
        returning customer_id, limit_amount
    )
    insert into credit_limit_change (customer_id, from_amount, to_amount, reason, changed_by)
    select customer_id, null, limit_amount, p_reason, p_by from set_now
$$;

-- The same for its customer, with the request that they wait for; null when there is no such customer.
create or replace function own_credit_view(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'account', account,
               'requestCaseNumber', (select case_number from case_file
                                      where customer_id = p_customer_id and kind = 'LIMIT_REQUEST'
                                        and state in ('OPEN', 'WAITING_FOR_CUSTOMER'))))
      from credit_account_view(p_customer_id) account where account is not null
$$;

-- A customer wishes another limit: people decide. No seats wait for it, so its case has no deadline. Of two wishes at once the
-- customer's row makes the second see the first; the account is not locked, because whoever decides locks the case before it.
create or replace function request_credit_limit(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_seen     jsonb;
    v_number   text;
begin
    perform from customer where customer_id = v_customer for no key update;
    if not found then
        return refused('UNAUTHORIZED');
    end if;
    v_seen := earlier_answer(p);
    if v_seen is not null then
        return v_seen;
    end if;
    if own_credit_view(v_customer) ? 'requestCaseNumber' then
        return refused('LIMIT_REQUEST_OPEN');
    end if;
    insert into case_file (case_number, kind, customer_id, requested_limit, currency, note)
    select number, 'LIMIT_REQUEST', v_customer, (p ->> 'limit')::bigint, p ->> 'currency', coalesce(p ->> 'reason', '')
      from jsonb_array_elements_text(p -> 'caseNumbers') with ordinality offered (number, ordinal)
     where not exists (select from case_file where case_number = number)
     order by ordinal limit 1
    returning case_number into strict v_number;
    return remember_answer(p, jsonb_build_object('caseNumber', v_number));
end
$$;

-- What an order has to count for, by what it says itself. What a dispute takes back did not count, and does not count again; what a
-- clerk puts together counts from when it is reserved or a link goes out.
create or replace function to_be_counted(p_order orders, p_counted bigint) returns bigint
    language sql stable as $$
    select case
        when not counts_for_limit(p_order) then 0
        when exists (select from dispute where dispute.order_id = p_order.order_id) then least(greatest(p_counted, 0), owed)
        when p_order.state = 'AT_BOX_OFFICE' and p_counted = 0
             and not exists (select from desk where desk.order_id = p_order.order_id and former_state = 'RESERVED') then 0
        else owed end
      from (select greatest(p_order.total - balance_of(p_order.order_id), 0) as owed) owing
$$;

-- What each order of a customer counts for, and has to; without those that neither count nor could.
create or replace function counted_orders(p_customer_id uuid)
    returns table (order_number bigint, counted bigint, to_count bigint)
    language sql stable as $$
    select order_number, counted, to_be_counted(orders, counted)
      from orders,
           lateral (select coalesce(sum(delta), 0)::bigint as counted from credit_entry entry
                     where entry.order_id = orders.order_id) entries
     where orders.customer_id = p_customer_id
       and (counted <> 0 or orders.state in ('RESERVED', 'AT_BOX_OFFICE', 'AWAITING_PAYMENT')
            or exists (select from invoice where invoice.order_id = orders.order_id))
$$;

-- What customers owe three times over: by their account, by its entries, by their open orders. All of it is read at one instant;
-- whoever moves one of them moves all of them in one transaction, so they are the same at every instant.
create or replace function credit_books(p_customers uuid[])
    returns table (customer_id uuid, exposure bigint, entered bigint, owed bigint)
    language sql stable as $$
    select account.customer_id, account.exposure,
           coalesce((select sum(delta) from credit_entry entry where entry.customer_id = account.customer_id), 0)::bigint,
           coalesce((select sum(to_count) from counted_orders(account.customer_id)), 0)::bigint
      from credit_account account
     where account.customer_id = any (p_customers)
$$;

-- Compares so many accounts after those of the last look, and opens a case for each whose books differ, under one of the offered
-- numbers: there are no more in one look than that. A suspect is looked at again with its account locked, so that what is said
-- of it stands. Nothing is mended: what went wrong is for people to find out.
create or replace function reconcile_credit(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_limit    integer := (p ->> 'limit')::integer;
    v_numbers  integer := jsonb_array_length(p -> 'caseNumbers');
    v_last     uuid;
    v_accounts uuid[];
    v_suspects uuid[];
    v_found    jsonb := '[]';
begin
    select last_customer into v_last from credit_round for update skip locked;
    if not found then
        return jsonb_build_object('looked', 0, 'found', v_found);
    end if;
    select coalesce(array_agg(customer_id), '{}') into v_accounts
      from (select customer_id from credit_account
             where v_last is null or customer_id > v_last order by customer_id limit v_limit) batch;
    select coalesce(array_agg(customer_id order by customer_id), '{}') into v_suspects
      from credit_books(v_accounts) where exposure <> entered or entered <> owed;
    for i in 1 .. least(cardinality(v_suspects), v_numbers) loop
        v_found := v_found || judge_books(v_suspects[i], p -> 'caseNumbers' ->> (i - 1));
    end loop;
    update credit_round
       set last_customer = case when cardinality(v_suspects) > v_numbers then v_suspects[v_numbers]
                                when cardinality(v_accounts) = v_limit then v_accounts[v_limit] end;
    return jsonb_build_object('looked', cardinality(v_accounts), 'found', v_found);
end
$$;

-- What is wrong with the books of one account, as an array; empty when nothing is, or a case for it is open already.
create or replace function judge_books(p_customer_id uuid, p_case_number text) returns jsonb
    language plpgsql as $$
declare
    v_books record;
begin
    perform from credit_account where customer_id = p_customer_id for update;
    select * into v_books from credit_books(array[p_customer_id]);
    if v_books.exposure = v_books.entered and v_books.entered = v_books.owed then
        return '[]';
    end if;
    insert into case_file (case_number, kind, customer_id, findings, note)
    select p_case_number, 'TECHNICAL', p_customer_id,
           jsonb_build_array(jsonb_build_object(
               'rule', 'BOOKS_DIFFER', 'threshold', 1,
               'found', least(greatest(v_books.exposure, v_books.entered, v_books.owed)
                              - least(v_books.exposure, v_books.entered, v_books.owed), 1000000000000))),
           concat_ws(E'\n',
                     format('In minor units: account %s, entries %s, open orders %s.',
                            v_books.exposure, v_books.entered, v_books.owed),
                     (select string_agg(format('Order %s counts %s, should count %s.', order_number, counted, to_count), E'\n')
                        from (select * from counted_orders(p_customer_id) where counted <> to_count
                               order by order_number desc limit 20) wrong))
     where not exists (select from case_file where case_number = p_case_number)
    on conflict (customer_id) where kind = 'TECHNICAL' and order_id is null and state in ('OPEN', 'WAITING_FOR_CUSTOMER')
    do nothing;
    if not found then
        return '[]';
    end if;
    return jsonb_build_array(jsonb_build_object(
        'customerId', p_customer_id, 'caseNumber', p_case_number, 'exposure', v_books.exposure, 'entered', v_books.entered,
        'owed', v_books.owed));
end
$$;
