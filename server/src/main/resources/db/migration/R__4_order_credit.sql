-- What an order takes of its customer's limit.

-- Books what a customer owes for an order, or no longer owes. The account's row is the lock; the caller has checked the
-- limit under it.
create or replace function book_credit(p_customer_id uuid, p_order_id uuid, p_delta bigint, p_cause text) returns void
    language plpgsql as $$
begin
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
    v_owed := case when v_order.state in ('RESERVED', 'CONFIRMED', 'AT_BOX_OFFICE')
                        or v_order.state = 'AWAITING_PAYMENT'
                           and exists (select from payment_link where order_id = p_order_id and state = 'OPEN')
                        or owes_a_fee(v_order)
                   then greatest(v_order.total - balance_of(p_order_id), 0) else 0 end;
    if v_taken > v_owed then
        perform book_credit(v_order.customer_id, p_order_id, v_owed - v_taken, p_cause);
    end if;
end
$$;
