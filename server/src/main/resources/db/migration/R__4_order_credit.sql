-- What an order takes of its customer's limit.

-- Accounts are in one currency. What is to be paid in another one passes only if people let it, and does not count (C6).
create or replace function of_account_currency(p_currency text) returns boolean
    language sql stable as $$
    select p_currency = coalesce(setting('credit') ->> 'currency', p_currency)
$$;

-- Books what a customer owes for an order, or no longer owes. The account's row is the lock; the caller has checked the
-- limit under it.
create or replace function book_credit(p_customer_id uuid, p_order_id uuid, p_delta bigint, p_cause text) returns void
    language plpgsql as $$
begin
    if not of_account_currency((select currency from orders where order_id = p_order_id)) then
        return;
    end if;
    update credit_account set exposure = exposure + p_delta where customer_id = p_customer_id;
    insert into credit_entry (customer_id, order_id, delta, cause)
    values (p_customer_id, p_order_id, p_delta, p_cause);
end
$$;

-- Whoever will book for this order later, and takes other locks in between, waits for its customer's account now.
create or replace function lock_credit(p_order orders) returns void
    language sql volatile as $$
    select from credit_account where customer_id = p_order.customer_id for update
$$;

-- Whether people have let an order of this size pass its customer's limit. What it comes to above that is checked again.
create or replace function let_pass(p_order_id uuid, p_total bigint) returns boolean
    language sql volatile as $$
    select exists (select from case_file
                    where order_id = p_order_id and kind = 'CREDIT_LIMIT' and state = 'APPROVED' and amount >= p_total)
$$;

-- Whether so much more is within the limit of a locked account, or people have let the order pass it. Exactly the limit passes.
create or replace function fits_limit(
    p_account credit_account, p_order_id uuid, p_more bigint, p_default_limit bigint) returns boolean
    language sql volatile as $$
    select of_account_currency(currency) and p_account.exposure + p_more <= coalesce(p_account.limit_amount, p_default_limit)
           or let_pass(p_order_id, total)
      from orders where order_id = p_order_id
$$;

-- Whether what is still to be paid of an order counts against its customer's limit. At the box office only what counted before, or
-- was reserved, does; see to_be_counted().
create or replace function counts_for_limit(p_order orders) returns boolean
    language sql stable as $$
    select of_account_currency(p_order.currency) and (
        p_order.state in ('RESERVED', 'AT_BOX_OFFICE')
        or p_order.state = 'AWAITING_PAYMENT'
           and exists (select from payment_link where order_id = p_order.order_id and state = 'OPEN')
        or p_order.state = 'CONFIRMED'
           and exists (select from invoice where order_id = p_order.order_id and kind = 'INVOICE')
        or owes_a_fee(p_order))
$$;

-- Gives back what an order no longer takes of its customer's limit: all of it once it has ended, and what has been paid of it
-- before. Never takes more.
create or replace function release_credit(p_order_id uuid, p_cause text) returns void
    language plpgsql as $$
declare
    v_order orders;
    v_taken bigint;
    v_owed  bigint;
begin
    select * into v_order from orders where order_id = p_order_id;
    if v_order.customer_id is null then
        return;
    end if;
    perform lock_credit(v_order);
    select coalesce(sum(delta), 0) into v_taken from credit_entry where order_id = p_order_id;
    v_owed := case when counts_for_limit(v_order) then greatest(v_order.total - balance_of(p_order_id), 0) else 0 end;
    if v_taken > v_owed then
        perform book_credit(v_order.customer_id, p_order_id, v_owed - v_taken, p_cause);
    end if;
end
$$;
