-- Orders: what can happen to them after checkout. Locks are taken in one order everywhere: cart or order, person, credit
-- account, payment, places by number.

create or replace function payment_view(p_payment payment) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'paymentId', p_payment.payment_id, 'orderId', p_payment.order_id, 'state', p_payment.state,
        'method', p_payment.method,
        'amount', jsonb_build_object('amount', p_payment.amount, 'currency', p_payment.currency),
        'url', p_payment.url, 'clientSecret', p_payment.client_secret, 'returnUrl', p_payment.return_url,
        'expiresAt', p_payment.expires_at))
$$;

-- The order as the outside sees it: one whose deadline has passed is EXPIRED, swept or not. At the box office nothing runs
-- out.
create or replace function order_view(p_order_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'orderId', orders.order_id, 'orderNumber', orders.order_number::text, 'shopId', orders.shop_id,
               'state', case when overdue then 'EXPIRED' else orders.state end,
               'paymentStatus', orders.payment_status, 'paymentMethod', orders.payment_method,
               'version', orders.version, 'createdAt', orders.created_at,
               'heldUntil', case when running then orders.held_until end,
               'payUntil', case when running then coalesce(orders.pay_until, orders.held_until) end,
               'bankTransfer', case when running then bank_transfer_view(orders) end,
               'paid', jsonb_build_object('amount', greatest(balance_of(orders.order_id), 0), 'currency', orders.currency),
               'total', jsonb_build_object('amount', orders.total, 'currency', orders.currency),
               'buyer', orders.buyer,
               'payment', (select payment_view(payment) from payment
                            where payment.order_id = orders.order_id order by created_at desc limit 1),
               'caseNumber', (select case_number from case_file
                               where case_file.order_id = orders.order_id
                                 and orders.state in ('UNDER_REVIEW', 'AT_BOX_OFFICE')
                                 and kind in ('CREDIT_LIMIT', 'TECHNICAL')
                                 and case_file.state in ('OPEN', 'WAITING_FOR_CUSTOMER')
                               order by created_at desc limit 1),
               'items', (select coalesce(jsonb_agg(item_view(item.item_id, place, category.name, item.price_type,
                                                             item.amount, orders.currency)
                                                   order by item.performance_id, item.place_no), '[]')
                           from order_item item
                           join place using (performance_id, place_no)
                           join performance_category category on category.performance_id = place.performance_id
                                                             and category.category = place.category
                          where item.order_id = orders.order_id and item.cancelled_at is null)))
      from orders,
           lateral (select coalesce(held_until <= clock_timestamp() and state <> 'AT_BOX_OFFICE', false) as overdue) deadline,
           lateral (select not overdue and state <> 'AT_BOX_OFFICE' as running) clerk
     where orders.order_id = p_order_id
$$;

create or replace function find_order(p jsonb) returns jsonb
    language sql stable as $$
    select coalesce(
        (select jsonb_build_object('order', order_view(order_id)) from orders
          where order_id = (p ->> 'orderId')::uuid
            and (token_hash = decode(p ->> 'tokenHash', 'hex') or customer_id = (p ->> 'customerId')::uuid)),
        refused('ORDER_NOT_FOUND'))
$$;

-- Locks the order that the command names, if its token or its customer is right; otherwise a row of nulls.
create or replace function lock_order(p jsonb) returns orders
    language sql volatile as $$
    select * from orders
     where order_id = (p ->> 'orderId')::uuid
       and (token_hash = decode(p ->> 'tokenHash', 'hex') or customer_id = (p ->> 'customerId')::uuid)
       for update
$$;

-- Moves every place that this holder still has to another holder, or frees them; says how many.
create or replace function hand_places(p_from uuid, p_to uuid, p_until timestamptz) returns bigint
    language plpgsql as $$
declare
    v_moved bigint;
begin
    perform from place where holder = p_from order by performance_id, place_no for update;
    update place
       set holder = p_to, held_until = p_until, fence = fence + case when holder is distinct from p_to then 1 else 0 end
     where holder = p_from;
    get diagnostics v_moved = row_count;
    return v_moved;
end
$$;

create or replace function processing(p_order_id uuid) returns boolean
    language sql volatile as $$
    select exists (select from payment where order_id = p_order_id and state = 'PROCESSING')
$$;

-- Why an order cannot be given up by its buyer; null when it can.
create or replace function order_refusal(p_order orders, p_states text[], p_statuses text[]) returns jsonb
    language sql volatile as $$
    select case
        when p_order.state <> all (p_states) or p_order.held_until <= clock_timestamp()
             or p_order.payment_status <> all (p_statuses) then refused('ORDER_STATE_CONFLICT')
        when processing(p_order.order_id) then refused('PAYMENT_IN_PROGRESS')
    end
$$;

-- Locks the order that a command names and says why the command cannot be carried out, or what it has answered before; null
-- when it can.
create or replace function take_order(
    p jsonb, p_states text[], p_statuses text[] default '{UNPAID}', out unpaid orders, out refusal jsonb)
    language plpgsql as $$
begin
    unpaid := lock_order(p);
    refusal := case
        when unpaid.order_id is null then refused('ORDER_NOT_FOUND')
        else coalesce(earlier_answer(p), order_refusal(unpaid, p_states, p_statuses))
    end;
end
$$;

-- Ends an order that nobody has paid in full: everything it kept open goes with it, and what it has brought in goes back. Money
-- that came too late is also a matter for people.
create or replace function end_order(
    p_order orders, p_state text, p_case_state text, p_case_number text default null,
    p_reason text default 'LATE_PAYMENT', p_cause text default null) returns void
    language plpgsql as $$
declare
    v_paid bigint := balance_of(p_order.order_id);
begin
    update orders set state = p_state, held_until = null, version = version + 1 where order_id = p_order.order_id;
    perform release_credit(p_order.order_id, p_state);
    perform cancel_payments(p_order.order_id);
    perform end_links(p_order.order_id, 'VOID');
    perform end_cases(p_order.order_id, p_case_state);
    perform end_hijack(p_order.order_id, 'CANCELLED');
    if v_paid > 0 then
        -- What was had back can end again.
        perform refund_money(p_order, v_paid, p_reason, coalesce(p_cause, 'end:' || p_order.version), 'system');
        if p_reason = 'LATE_PAYMENT' then
            perform give_to_people(p_order.order_id, v_paid, p_order.currency, p_case_number, p_all => true);
        else
            perform end_waiting(p_order.order_id);
        end if;
    end if;
end
$$;

create or replace function end_cases(p_order_id uuid, p_state text) returns void
    language sql volatile as $$
    update case_file set state = p_state, ended_at = clock_timestamp()
     where order_id = p_order_id and state in ('OPEN', 'WAITING_FOR_CUSTOMER') and kind not in ('LATE_PAYMENT', 'DISPUTE')
$$;

-- The clerk is done with the order, or somebody else was: its hijack ends so, and nobody has it any more.
create or replace function end_hijack(p_order_id uuid, p_state text) returns void
    language sql volatile as $$
    update hijack set state = p_state, ended_at = clock_timestamp() where order_id = p_order_id and state = 'ACTIVE';
    update desk set lease_until = null where order_id = p_order_id and lease_until is not null
$$;

create or replace function end_links(p_order_id uuid, p_state text) returns void
    language sql volatile as $$
    update payment_link set state = p_state, ended_at = clock_timestamp() where order_id = p_order_id and state = 'OPEN'
$$;

-- Whoever was told that seats are held for them is told that they no longer are.
create or replace function mail_end(p_order orders, p_template text) returns void
    language plpgsql as $$
begin
    if p_order.state in ('RESERVED', 'UNDER_REVIEW') then
        perform post_mail(p_template, p_order.order_id, jsonb_build_object('about', p_order.version));
    end if;
end
$$;

create or replace function cancel_order(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_order(p, '{AWAITING_PAYMENT,RESERVED,UNDER_REVIEW}');
    v_order orders := v_taken.unpaid;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if v_order.state = 'RESERVED' then
        perform note_late_cancellation(v_order, array(select item_id from order_item
                                                       where order_id = v_order.order_id and cancelled_at is null));
    end if;
    perform end_order(v_order, 'CANCELLED', 'SETTLED');
    perform hand_places(v_order.order_id, null, '-infinity');
    perform mail_end(v_order, 'order-cancelled');
    perform note_event('order.cancelled', v_order.order_id);
    return remember_answer(p, jsonb_build_object('order', order_view(v_order.order_id)));
end
$$;

-- The seats go to a new cart with a full hold and are never free in between; items keep their ids and prices.
create or replace function release_order(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_order(p, '{AWAITING_PAYMENT,RESERVED}');
    v_order orders := v_taken.unpaid;
    v_cart  uuid := (p ->> 'cartId')::uuid;
    v_now   timestamptz;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    perform end_order(v_order, 'CANCELLED', 'SETTLED');
    perform from place where holder = v_order.order_id order by performance_id, place_no for update;
    v_now := clock_timestamp();
    -- At the very end of the deadline others may have had a place while this waited: then nothing happens.
    if v_order.held_until <= v_now then
        raise exception using errcode = '55P03', message = 'the order ran out while it was released';
    end if;
    insert into cart (cart_id, shop_id, customer_id, token_hash, pickup_code, buyer, buyer_match_key, item_count,
                      first_hold_at, expires_at)
    select v_cart, shop_id, v_order.customer_id, decode(p ->> 'cartTokenHash', 'hex'), p ->> 'pickupCode',
           -- What is known of a caller need not be enough for a cart.
           case when v_order.buyer ?& '{email,name}' then v_order.buyer end, v_order.match_key,
           (select count(*) from order_item where order_id = v_order.order_id and cancelled_at is null),
           v_now, v_now + hold_seconds * interval '1 second'
      from shop where shop_id = v_order.shop_id;
    -- A clerk may have changed what was in the cart, or made the order without one.
    delete from cart_item where cart_id = v_order.cart_id;
    insert into cart_item (item_id, cart_id, performance_id, place_no, price_type, amount)
    select item_id, v_cart, performance_id, place_no, price_type, amount
      from order_item where order_id = v_order.order_id and cancelled_at is null;
    perform hand_places(v_order.order_id, v_cart, (select expires_at from cart where cart_id = v_cart));
    perform note_event('order.cancelled', v_order.order_id);
    return remember_answer(p, jsonb_build_object('cart', cart_view(v_cart)));
end
$$;

-- Ends unpaid orders whose deadline has passed; their places are free without it. Several replicas may run it at once: they
-- never get the same orders, but may need the same accounts, so all of them take those in one order. One that cannot be ended
-- stays as it is and is named, and holds up no other.
create or replace function expire_orders(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  orders;
    v_count  integer := 0;
    v_failed jsonb := '[]';
begin
    for v_order in
        with due as materialized (
            select * from orders
             where held_until <= clock_timestamp() and state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW')
             order by held_until limit jsonb_array_length(p -> 'caseNumbers')
               for update skip locked)
        select * from due order by customer_id
    loop
        begin
            perform expire_order(v_order, p -> 'caseNumbers' ->> v_count);
            v_count := v_count + 1;
        exception when others then
            v_failed := v_failed || failure(v_order.order_id, sqlstate, sqlerrm);
        end;
    end loop;
    return jsonb_build_object('expired', v_count, 'failed', v_failed);
end
$$;

create or replace function expire_order(p_order orders, p_case_number text) returns void
    language plpgsql as $$
begin
    perform end_order(p_order, 'EXPIRED', 'EXPIRED', p_case_number);
    perform note_lapse(array[p_order.order_id]);
    perform mail_end(p_order, 'order-expired');
    perform note_event('order.expired', p_order.order_id);
end
$$;

-- Why something could not be done to one order of many.
create or replace function failure(p_order_id uuid, p_sqlstate text, p_message text) returns jsonb
    language sql immutable as $$
    select jsonb_build_object('orderId', p_order_id, 'error', p_sqlstate || ' ' || p_message)
$$;
