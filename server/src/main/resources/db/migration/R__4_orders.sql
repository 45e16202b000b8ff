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

-- The order as the outside sees it: one whose deadline has passed is EXPIRED, swept or not.
create or replace function order_view(p_order_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'orderId', orders.order_id, 'orderNumber', orders.order_number::text, 'shopId', orders.shop_id,
               'state', case when overdue then 'EXPIRED' else orders.state end,
               'paymentStatus', orders.payment_status, 'paymentMethod', orders.payment_method,
               'version', orders.version, 'createdAt', orders.created_at,
               'heldUntil', case when not overdue then orders.held_until end,
               'total', jsonb_build_object('amount', orders.total, 'currency', orders.currency),
               'buyer', orders.buyer,
               'payment', (select payment_view(payment) from payment
                            where payment.order_id = orders.order_id order by created_at desc limit 1),
               'caseNumber', (select case_number from case_file
                               where case_file.order_id = orders.order_id and orders.state = 'UNDER_REVIEW'
                                 and case_file.state in ('OPEN', 'WAITING_FOR_CUSTOMER')
                               order by created_at desc limit 1),
               'items', (select jsonb_agg(item_view(item.item_id, place, category.name, item.price_type, item.amount,
                                                    orders.currency)
                                          order by item.performance_id, item.place_no)
                           from order_item item
                           join place using (performance_id, place_no)
                           join performance_category category on category.performance_id = place.performance_id
                                                             and category.category = place.category
                          where item.order_id = orders.order_id)))
      from orders, lateral (select coalesce(orders.held_until <= clock_timestamp(), false) as overdue) deadline
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

-- Gives back whatever an order still takes of its customer's limit.
create or replace function release_credit(p_order orders, p_cause text) returns void
    language plpgsql as $$
declare
    v_open bigint;
begin
    if p_order.customer_id is null then
        return;
    end if;
    perform lock_credit(p_order);
    select coalesce(sum(delta), 0) into v_open from credit_entry where order_id = p_order.order_id;
    if v_open > 0 then
        perform book_credit(p_order.customer_id, p_order.order_id, -v_open, p_cause);
    end if;
end
$$;

-- Ends open attempts; the provider is told afterwards. Without a reference the opening may still be on its way to the
-- provider: the cancel must not overtake it.
create or replace function cancel_payments(p_order_id uuid) returns void
    language sql volatile as $$
    update payment
       set state = 'CANCELLED',
           cancel_due_at = clock_timestamp()
               + case when provider_reference is null then interval '10 seconds' else interval '0' end
     where order_id = p_order_id and state in ('CREATED', 'ACTION_REQUIRED')
$$;

create or replace function processing(p_order_id uuid) returns boolean
    language sql volatile as $$
    select exists (select from payment where order_id = p_order_id and state = 'PROCESSING')
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

-- Why an order cannot be given up by its buyer; null when it can.
create or replace function order_refusal(p_order orders, p_states text[]) returns jsonb
    language sql volatile as $$
    select case
        when p_order.state <> all (p_states) or p_order.held_until <= clock_timestamp()
             or p_order.payment_status <> 'UNPAID' then refused('ORDER_STATE_CONFLICT')
        when processing(p_order.order_id) then refused('PAYMENT_IN_PROGRESS')
    end
$$;

-- Locks the order that a command names and says why the command cannot be carried out, or what it has answered before; null
-- when it can.
create or replace function take_order(p jsonb, p_states text[], out unpaid orders, out refusal jsonb)
    language plpgsql as $$
begin
    unpaid := lock_order(p);
    refusal := case
        when unpaid.order_id is null then refused('ORDER_NOT_FOUND')
        else coalesce(earlier_answer(p), order_refusal(unpaid, p_states))
    end;
end
$$;

-- Ends an order that is not paid: everything it kept open goes with it.
create or replace function end_order(p_order orders, p_state text, p_case_state text) returns void
    language plpgsql as $$
begin
    update orders set state = p_state, held_until = null, version = version + 1 where order_id = p_order.order_id;
    perform release_credit(p_order, p_state);
    perform cancel_payments(p_order.order_id);
    update case_file set state = p_case_state, ended_at = clock_timestamp()
     where order_id = p_order.order_id and state in ('OPEN', 'WAITING_FOR_CUSTOMER') and kind <> 'LATE_PAYMENT';
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
    perform end_order(v_order, 'CANCELLED', 'SETTLED');
    perform hand_places(v_order.order_id, null, '-infinity');
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
           v_order.buyer, v_order.match_key, (select count(*) from order_item where order_id = v_order.order_id),
           v_now, v_now + hold_seconds * interval '1 second'
      from shop where shop_id = v_order.shop_id;
    update cart_item set cart_id = v_cart where cart_id = v_order.cart_id;
    perform hand_places(v_order.order_id, v_cart, (select expires_at from cart where cart_id = v_cart));
    return remember_answer(p, jsonb_build_object('cart', cart_view(v_cart)));
end
$$;

-- Another attempt to pay. The open one is ended first; holds only get longer, and not beyond two payment times from the
-- order's start, so that trying again and again does not keep seats for ever.
create or replace function start_payment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken   record := take_order(p, '{AWAITING_PAYMENT,RESERVED}');
    v_order   orders := v_taken.unpaid;
    v_shop    shop;
    v_payment payment;
    v_until   timestamptz;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    select * into v_shop from shop where shop_id = v_order.shop_id;
    if p ->> 'method' <> all (v_shop.payment_methods) then
        return refused('PAYMENT_METHOD_NOT_AVAILABLE');
    end if;
    if p ? 'returnOrigin' and p ->> 'returnOrigin' <> all (v_shop.return_origins) then
        return refused('RETURN_URL_NOT_ALLOWED');
    end if;
    v_until := greatest(v_order.held_until - interval '2 minutes',
                        least(clock_timestamp() + v_shop.payment_seconds * interval '1 second',
                              v_order.created_at + 2 * v_shop.payment_seconds * interval '1 second'));
    v_until := least(v_until, clock_timestamp() + v_shop.payment_seconds * interval '1 second');
    -- In its last two minutes an order that cannot be held longer has no time left that a buyer could be shown.
    if v_until <= clock_timestamp() or not holds_places(v_order.order_id) then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    perform cancel_payments(v_order.order_id);
    insert into payment (payment_id, order_id, method, amount, currency, state, return_url, expires_at, cancel_due_at)
    values ((p ->> 'paymentId')::uuid, v_order.order_id, p ->> 'method', v_order.total, v_order.currency, 'CREATED',
            p ->> 'returnUrl', v_until, v_until)
    returning * into v_payment;
    perform hold_order(v_order.order_id, v_until + interval '2 minutes');
    perform begin_answer(p, v_payment.payment_id);
    return jsonb_build_object('payment', payment_view(v_payment), 'orderNumber', v_order.order_number::text);
end
$$;

-- Holds an order's seats at least until then.
create or replace function hold_order(p_order_id uuid, p_until timestamptz) returns void
    language plpgsql as $$
begin
    update orders set held_until = greatest(held_until, p_until), version = version + 1 where order_id = p_order_id;
    perform hand_places(p_order_id, p_order_id, (select held_until from orders where order_id = p_order_id));
end
$$;

-- The provider has the attempt: the buyer can pay. Ends the command that began it, if it has not ended yet. What the
-- provider opened is kept in any state: without its name nobody can cancel it there or pay it back. An attempt that was
-- ended meanwhile is cancelled again under that name, as a new try, so that a try without it cannot say it is done.
create or replace function payment_opened(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_payment payment;
begin
    update payment
       set provider_reference = p ->> 'reference', url = p ->> 'url', client_secret = p ->> 'clientSecret',
           state = case when state = 'CREATED' then 'ACTION_REQUIRED' else state end,
           cancel_tries = cancel_tries + case when state = 'CANCELLED' then 1 else 0 end,
           cancel_due_at = case when state = 'CANCELLED' then clock_timestamp() else cancel_due_at end
     where payment_id = (p ->> 'paymentId')::uuid and provider_reference is null;
    perform end_answer(p, jsonb_build_object('paymentId', p ->> 'paymentId'));
    select * into v_payment from payment where payment_id = (p ->> 'paymentId')::uuid;
    return jsonb_build_object('payment', payment_view(v_payment));
end
$$;

-- The provider could not be reached: the command may be repeated at once.
create or replace function payment_not_opened(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform end_answer(p, null);
    return '{}';
end
$$;

-- What a payment's outcome does to its order. Told again, it does nothing; nothing but a success moves what has ended. A
-- success in time confirms; one for an order that has run out takes the same seats if they are still to be had; otherwise
-- people must look at it.
create or replace function settle_payment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_kind    text := p ->> 'kind';
    v_payment payment;
    v_order   orders;
begin
    select * into v_payment from payment where payment_id = (p ->> 'paymentId')::uuid;
    if not found then
        return jsonb_build_object('settled', 'UNKNOWN');
    end if;
    select * into v_order from orders where order_id = v_payment.order_id for update;
    perform lock_credit(v_order);
    select * into v_payment from payment where payment_id = v_payment.payment_id for update;
    if v_payment.state in (v_kind, 'SUCCEEDED')
       or (v_payment.state in ('FAILED', 'CANCELLED') and v_kind <> 'SUCCEEDED') then
        return jsonb_build_object('settled', 'ALREADY');
    end if;
    -- There is nothing to cancel any more: it has ended, or the provider is working on it.
    update payment
       set state = v_kind, cancel_due_at = null,
           held_before = case when v_kind = 'PROCESSING' then v_order.held_until end
     where payment_id = v_payment.payment_id;
    if v_kind = 'SUCCEEDED' then
        return settle_success(v_order, p);
    end if;
    if v_kind = 'PROCESSING' and v_order.held_until > clock_timestamp() then
        perform hold_order(v_order.order_id, clock_timestamp() + interval '24 hours');
    elsif v_payment.state = 'PROCESSING' and v_order.state in ('AWAITING_PAYMENT', 'RESERVED')
          and v_order.held_until > clock_timestamp() then
        perform end_processing(v_order, v_payment.held_before);
    end if;
    return jsonb_build_object('settled', v_kind);
end
$$;

-- While the provider was working the hold was long. The buyer now has the usual time for another attempt, and never less
-- than before it began.
create or replace function end_processing(p_order orders, p_held_before timestamptz) returns void
    language plpgsql as $$
declare
    v_until timestamptz;
begin
    select greatest(p_held_before, clock_timestamp() + payment_seconds * interval '1 second') into v_until
      from shop where shop_id = p_order.shop_id;
    update orders set held_until = v_until, version = version + 1 where order_id = p_order.order_id;
    perform hand_places(p_order.order_id, p_order.order_id, v_until);
end
$$;

create or replace function settle_success(p_order orders, p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_amount bigint := (p ->> 'amount')::bigint;
begin
    if v_amount >= p_order.total and p ->> 'currency' = p_order.currency
       and p_order.state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW', 'EXPIRED')
       and keep_places(p_order.order_id) then
        update orders
           set state = 'CONFIRMED', payment_status = 'PAID', held_until = null, version = version + 1
         where order_id = p_order.order_id;
        perform release_credit(p_order, 'PAID');
        perform cancel_payments(p_order.order_id);
        update case_file set state = 'SETTLED', ended_at = clock_timestamp()
         where order_id = p_order.order_id and state in ('OPEN', 'WAITING_FOR_CUSTOMER') and kind <> 'LATE_PAYMENT';
        if v_amount > p_order.total then
            perform give_to_people(p, v_amount - p_order.total, p_order.order_id);
        end if;
        return jsonb_build_object('settled', 'CONFIRMED');
    end if;
    perform give_to_people(p, v_amount, p_order.order_id);
    return jsonb_build_object('settled', 'CASE');
end
$$;

-- Money that its order cannot use. An order has one case for it, which is opened again if people were done with it; what
-- cannot be added to its amount is noted.
create or replace function give_to_people(p jsonb, p_amount bigint, p_order_id uuid) returns void
    language plpgsql as $$
declare
    v_case case_file;
begin
    select * into v_case from case_file where order_id = p_order_id and kind = 'LATE_PAYMENT' for update;
    if not found then
        insert into case_file (case_number, kind, order_id, amount, currency)
        values (p ->> 'caseNumber', 'LATE_PAYMENT', p_order_id, p_amount, p ->> 'currency');
    elsif v_case.state in ('OPEN', 'WAITING_FOR_CUSTOMER') and v_case.currency = p ->> 'currency' then
        update case_file set amount = amount + p_amount where case_number = v_case.case_number;
    else
        update case_file
           set amount = p_amount, currency = p ->> 'currency', state = 'OPEN', ended_at = null,
               note = concat_ws(E'\n', nullif(note, ''), format('%s %s (%s)', amount, currency, state))
         where case_number = v_case.case_number;
    end if;
end
$$;

-- Locks an order's places, its own and those it has lost, in everybody's order.
create or replace function lock_places(p_order_id uuid) returns void
    language sql volatile as $$
    select from place join order_item item using (performance_id, place_no)
     where item.order_id = p_order_id order by performance_id, place_no for update of place
$$;

-- Whether an order still holds all its places: the deadline may have passed while it waited for their locks.
create or replace function holds_places(p_order_id uuid) returns boolean
    language plpgsql as $$
begin
    perform lock_places(p_order_id);
    return not exists (
        select from order_item item join place using (performance_id, place_no)
         where item.order_id = p_order_id
           and (place.holder is distinct from p_order_id or place.held_until <= clock_timestamp()));
end
$$;

-- Makes an order's places its own for good: those it holds, and those it has lost that nobody has taken. All or none.
create or replace function keep_places(p_order_id uuid) returns boolean
    language plpgsql as $$
declare
    v_wanted bigint;
    v_kept   bigint;
begin
    perform lock_places(p_order_id);
    select count(*), count(*) filter (where place.holder = p_order_id or place.held_until <= clock_timestamp())
      into v_wanted, v_kept
      from order_item item join place using (performance_id, place_no) where item.order_id = p_order_id;
    if v_kept < v_wanted then
        return false;
    end if;
    update place set held_until = 'infinity', holder = p_order_id,
                     fence = fence + case when holder is distinct from p_order_id then 1 else 0 end
      from order_item item
     where item.order_id = p_order_id and item.performance_id = place.performance_id and item.place_no = place.place_no;
    return true;
end
$$;

-- Ends unpaid orders whose deadline has passed; their places are free without it. Several replicas may run it at once: they
-- never get the same orders, but may need the same accounts, so all of them take those in one order.
create or replace function expire_orders(p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_order orders;
    v_count bigint := 0;
begin
    for v_order in
        with due as materialized (
            select * from orders
             where held_until <= clock_timestamp() and state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW')
             order by held_until limit p_limit
               for update skip locked)
        select * from due order by customer_id
    loop
        perform end_order(v_order, 'EXPIRED', 'EXPIRED');
        v_count := v_count + 1;
    end loop;
    return v_count;
end
$$;
