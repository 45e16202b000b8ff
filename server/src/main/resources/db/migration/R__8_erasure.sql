-- A person goes. Orders stay, with what the books need of them; a block stays as a keyed hash, through the triggers of the
-- addresses.

create or replace function orders_of(p_accounts uuid[], p_guest bytea) returns setof orders
    language sql stable as $$
    select * from orders
     where customer_id = any (p_accounts) or (customer_id is null and match_key = p_guest)
$$;

-- What is still going on with these orders and accounts: [{kind, count}].
create or replace function erasure_obstacles(p_accounts uuid[], p_guest bytea) returns jsonb
    language sql volatile as $$
    with theirs as materialized (
        select * from orders_of(p_accounts, p_guest)
    ), found (kind, number) as (
        select 'OPEN_ORDERS', count(*) from theirs where held_until is not null
        union all
        select 'UNPAID_ORDERS', count(*) from theirs
         where state = 'CONFIRMED' and payment_status in ('UNPAID', 'PART_PAID', 'DISPUTED')
        union all
        select 'OPEN_PAYMENTS', count(*) from theirs join payment using (order_id)
         where payment.state in ('CREATED', 'ACTION_REQUIRED', 'PROCESSING') and held_until is null
        union all
        select 'OPEN_REFUNDS', count(*) from theirs join refund using (order_id) where refund.state in ('PENDING', 'BY_HAND')
        union all
        select 'OWED', count(*) from credit_account where customer_id = any (p_accounts) and exposure <> 0
        union all
        select 'OPEN_CASES', count(*) from case_file
         where (customer_id = any (p_accounts) or order_id in (select order_id from theirs))
           and state in ('OPEN', 'WAITING_FOR_CUSTOMER')
    )
    select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'count', number)), '[]') from found where number > 0
$$;

-- Takes a person out of orders. What is owed, paid and returned stays, and so do invoices, as the law asks for.
create or replace function scrub_orders(p_orders uuid[]) returns void
    language plpgsql as $$
begin
    update orders set buyer = '{}', match_key = null, version = version + 1 where order_id = any (p_orders);
    update payment set url = null, client_secret = null, return_url = null where order_id = any (p_orders);
    update refund set note = '' where order_id = any (p_orders) and note <> '';
    update desk set note = '' where order_id = any (p_orders) and note <> '';
    update hijack set reason = '' where order_id = any (p_orders) and reason <> '';
    update block_override set reason = '-' where order_id = any (p_orders);
end
$$;

-- The same of what was written about cases.
create or replace function scrub_cases(p_cases text[]) returns void
    language plpgsql as $$
begin
    update case_file set note = '', decision_reason = case when decision_reason is not null then '-' end
     where case_number = any (p_cases);
    update case_message set text = '-', token_hash = null where case_number = any (p_cases);
    update case_message set author = null where case_number = any (p_cases) and kind = 'ANSWER';
end
$$;

-- And of carts: those that are open end.
create or replace function scrub_carts(p_carts uuid[]) returns void
    language plpgsql as $$
begin
    perform close_cart(cart_id) from (select cart_id from cart where cart_id = any (p_carts) and state = 'OPEN' order by cart_id) open;
    update cart set buyer = null, buyer_match_key = null
     where cart_id = any (p_carts) and (buyer is not null or buyer_match_key is not null);
end
$$;

-- What else holds what was done about these orders, cases and carts: answers that are kept for repetitions, and what staff noted.
create or replace function forget_traces(
    p_accounts uuid[], p_orders uuid[], p_cases text[], p_carts uuid[], p_addresses text[]) returns void
    language plpgsql as $$
begin
    delete from idempotency_key
     where result -> 'order' ->> 'orderId' = any (p_orders::text[]) or result -> 'cart' ->> 'cartId' = any (p_carts::text[])
        or result -> 'case' ->> 'caseNumber' = any (p_cases) or result -> 'entry' ->> 'customerId' = any (p_accounts::text[])
        or result -> 'merge' ->> 'survivorId' = any (p_accounts::text[])
        or lower(result -> 'entry' ->> 'email') = any (p_addresses);
    perform erase_audit_details(p_accounts::text[] || p_orders::text[] || p_cases || p_carts::text[]
                                || array(select entry_id::text from blacklist_entry where lower(email) = any (p_addresses)));
    -- What was written there is for developers; a name stands before the address.
    delete from mailbox_mail
     where exists (select from unnest(p_addresses) address where position(address in lower(recipient)) > 0);
end
$$;

-- An account is left as a shell: what its orders are counted by stays, and an import that brings the person once more finds that
-- they have gone. A block that knows the account learns the keys of its addresses when those go.
create or replace function scrub_account(p_customer_id uuid) returns void
    language plpgsql as $$
begin
    perform erase_newsletter(p_customer_id);
    perform erase_redirect_addresses(null, p_customer_id);
    delete from outbox_message
     where kind = 'ACCOUNT_MAIL' and key in (select link_id::text from account_link where customer_id = p_customer_id);
    -- Cries for help say what was typed.
    delete from outbox_message
     where kind = 'ACCOUNT_HELP'
       and payload ->> 'login' in (select canonical from customer_email where customer_id = p_customer_id
                                   union select canonical from customer_user_name where customer_id = p_customer_id);
    -- What files of former shops say of them; a row that was to become something becomes nothing.
    update customer_import_row row
       set outcome = case when row.facts is null then row.outcome else 'MERGED' end,
           reason = case when row.facts is null then row.reason else 'ERASED_HERE' end,
           facts = null, cells = null, canonical = null, user_canonical = null
      from customer_import import
     where row.import_id = import.import_id
       and (row.canonical in (select canonical from customer_email where customer_id = p_customer_id)
            or row.user_canonical in (select canonical from customer_user_name where customer_id = p_customer_id)
            or (import.source, row.source_id) in (select source, source_id from legacy_customer where customer_id = p_customer_id));
    delete from account_link where customer_id = p_customer_id;
    delete from customer_session where customer_id = p_customer_id;
    delete from customer_user_name where customer_id = p_customer_id;
    delete from customer_email where customer_id = p_customer_id;
    update customer
       set name = '', phone = null, password_hash = null, sealed_hash = null, password_changed_at = null,
           first_login_at = null, last_login_at = null, locked_at = null, locked_by = null, lock_reason = null,
           session_version = session_version + 1, erased_at = clock_timestamp()
     where customer_id = p_customer_id;
end
$$;

-- Erases an account and those that have become a part of it. Done again it changes nothing.
create or replace function erase_customer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer  uuid := (p ->> 'customerId')::uuid;
    v_accounts  uuid[];
    v_account   customer;
    v_obstacles jsonb;
    v_orders    uuid[];
    v_cases     text[];
    v_carts     uuid[];
    v_addresses text[];
begin
    v_accounts := array(select customer_id from customer where v_customer in (customer_id, merged_into) order by customer_id);
    perform lock_accounts(v_accounts);
    select * into v_account from customer where customer_id = v_customer;
    if not found then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    if v_account.erased_at is not null then
        return jsonb_build_object('erasedAt', v_account.erased_at);
    end if;
    -- Merged meanwhile, or another one merged into it: what was locked is not all there is.
    if v_account.merged_into is not null
       or v_accounts <> array(select customer_id from customer where v_customer in (customer_id, merged_into) order by customer_id) then
        return refused('ACCOUNT_ENDED');
    end if;
    -- The password was checked before the locks: one that was changed meanwhile was not.
    if not p ? 'by' and v_account.password_changed_at is distinct from (p ->> 'passwordChangedAt')::timestamptz then
        return refused('PASSWORD_WRONG');
    end if;
    v_obstacles := erasure_obstacles(v_accounts, null);
    if v_obstacles <> '[]' then
        return refused('ERASURE_OBSTRUCTED', jsonb_build_object('obstacles', v_obstacles));
    end if;
    v_orders := array(select order_id from orders_of(v_accounts, null));
    v_cases := array(select case_number from case_file where customer_id = any (v_accounts) or order_id = any (v_orders));
    v_carts := array(select cart_id from cart
                      where customer_id = any (v_accounts)
                         or cart_id in (select cart_id from orders where order_id = any (v_orders)));
    v_addresses := array(select lower(email) from customer_email where customer_id = any (v_accounts)
                         union select lower(buyer ->> 'email') from orders where order_id = any (v_orders));
    perform scrub_orders(v_orders);
    perform scrub_cases(v_cases);
    perform scrub_carts(v_carts);
    perform forget_traces(v_accounts, v_orders, v_cases, v_carts, v_addresses);
    perform scrub_account(id) from unnest(v_accounts) id where id <> v_customer;
    perform scrub_account(v_customer);
    if p ? 'by' then
        perform audit(p ->> 'by', 'customer.erase', v_customer::text, jsonb_build_object('reason', p -> 'reason'));
    end if;
    return jsonb_build_object('erasedAt', (select erased_at from customer where customer_id = v_customer));
end
$$;

-- Erases whoever bought with an address and without an account. Orders of accounts, also with this address, are their accounts'.
create or replace function erase_guest(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_guest     bytea := decode(p ->> 'matchKey', 'hex');
    v_orders    uuid[];
    v_cases     text[];
    v_carts     uuid[];
    v_addresses text[];
    v_obstacles jsonb;
begin
    perform from cart where buyer_match_key = v_guest and customer_id is null and state = 'OPEN' order by cart_id for update;
    v_orders := array(select order_id from orders where match_key = v_guest and customer_id is null order by order_id for update);
    v_cases := array(select case_number from case_file
                      where order_id = any (v_orders) and customer_id is null order by case_number for update);
    perform lock_person(array[v_guest]);
    v_obstacles := erasure_obstacles('{}', v_guest);
    if v_obstacles <> '[]' then
        return refused('ERASURE_OBSTRUCTED', jsonb_build_object('obstacles', v_obstacles));
    end if;
    v_carts := array(select cart_id from cart where buyer_match_key = v_guest and customer_id is null
                     union select cart_id from orders where order_id = any (v_orders) and cart_id is not null);
    v_addresses := array(select distinct lower(buyer ->> 'email') from orders where order_id = any (v_orders))
                   || (p ->> 'email');
    perform scrub_orders(v_orders);
    perform scrub_cases(v_cases);
    perform scrub_carts(v_carts);
    perform forget_traces('{}', v_orders, v_cases, v_carts, v_addresses);
    update blacklist_entry set email = null
     where email is not null and entry_id in (select entry_id from blacklist_key where key = v_guest);
    perform erase_redirect_addresses(v_guest, null);
    update redirected_checkout set email = null
     where person_keys @> array[v_guest] and match_key = v_guest and customer_id is null and owner_id is null and email is not null;
    perform audit(p ->> 'by', 'customer.erase-guest', null,
                  jsonb_build_object('orders', cardinality(v_orders), 'reason', p -> 'reason', 'proof', p -> 'proof'));
    return jsonb_build_object('orders', cardinality(v_orders), 'carts', cardinality(v_carts));
end
$$;
