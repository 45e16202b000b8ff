-- How orders leave a clerk's hands: reserved, paid, cancelled, under review, or back with the customer.

-- What an order owes beyond what counts against its customer's limit already.
create or replace function uncounted(p_order orders) returns bigint
    language sql volatile as $$
    select p_order.total - balance_of(p_order.order_id)
           - (select coalesce(sum(delta), 0)::bigint from credit_entry where order_id = p_order.order_id)
$$;

-- Why an order cannot be reserved until then; null when it can. What the buyer was promised is never shortened.
create or replace function reservation_refusal(p_order orders, p_desk desk, p_until timestamptz) returns jsonb
    language sql volatile as $$
    select case
        when under_review(p_order.order_id) then refused('CASE_OPEN')
        when processing(p_order.order_id) then busy_with_payment()
        when last_call(p_order.order_id) is null then refused('ORDER_EMPTY')
        -- Nobody has to wait for nothing: taking it as paid confirms the order.
        when p_order.total <= balance_of(p_order.order_id) then refused('ORDER_STATE_CONFLICT')
        when not reachable(p_order.buyer) and p_order.buyer ->> 'name' is null then refused('CONTACT_MISSING')
        when p_until not between clock_timestamp() and last_call(p_order.order_id) then refused('PAY_UNTIL_INVALID')
        when p_until < case p_order.state when 'RESERVED' then coalesce(p_order.pay_until, p_order.held_until)
                                          else coalesce(p_desk.former_pay_until, p_desk.former_held_until) end
            then refused('DEADLINE_SHORTENED')
    end
$$;

-- Reserves an order of the box office until its buyer has paid, or lets a reservation last longer.
create or replace function reserve_at_desk(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order   orders := lock_desk_order(p);
    v_desk    desk;
    v_refusal jsonb;
    v_until   timestamptz;
begin
    if v_order.order_id is null then
        return refused('ORDER_NOT_FOUND');
    end if;
    select * into v_desk from desk where order_id = v_order.order_id;
    v_until := coalesce((p ->> 'payUntil')::timestamptz, default_pay_until(v_order, v_desk));
    v_refusal := coalesce(
        earlier_answer(p),
        case when v_order.state <> 'RESERVED' or v_order.held_until <= clock_timestamp()
             then lease_refusal(p, v_order, v_desk) end,
        reservation_refusal(v_order, v_desk, v_until));
    v_refusal := coalesce(v_refusal, completion_refusal(p, v_order));
    if v_refusal is not null then
        return v_refusal;
    end if;
    if not owe_more(v_order, uncounted(v_order), (p ->> 'defaultLimit')::bigint, 'RESERVATION') then
        return refused('OVER_LIMIT');
    end if;
    if not holds_places(v_order.order_id) then
        raise exception 'order % at the box office has lost its seats', v_order.order_id;
    end if;
    perform reserve_until(v_order, v_until);
    return desk_answer(p, v_order, 'order.reserve', jsonb_build_object('payUntil', v_until));
end
$$;

-- The shop's time for reservations, within the bounds, and never less than was promised.
create or replace function default_pay_until(p_order orders, p_desk desk) returns timestamptz
    language sql volatile as $$
    select greatest(least(clock_timestamp() + reservation_seconds * interval '1 second', last_call(p_order.order_id)),
                    case p_order.state when 'RESERVED' then coalesce(p_order.pay_until, p_order.held_until)
                                       else coalesce(p_desk.former_pay_until, p_desk.former_held_until) end)
      from shop where shop_id = p_order.shop_id
$$;

create or replace function reserve_until(p_order orders, p_until timestamptz) returns void
    language plpgsql as $$
declare
    v_from_desk boolean     := p_order.state = 'AT_BOX_OFFICE';
    v_desk      desk;
    v_paid      timestamptz := p_order.pay_until;
    v_held      timestamptz := p_order.held_until;
begin
    if p_order.state <> 'RESERVED' then
        select * into v_desk from desk where order_id = p_order.order_id;
        v_paid := v_desk.former_pay_until;
        v_held := v_desk.former_held_until;
    end if;
    update orders
       set state = 'RESERVED', payment_method = coalesce(payment_method, 'PAY_LATER'), pay_until = p_until,
           held_until = greatest(v_held, with_grace(order_id, v_paid, v_held, p_until)), version = version + 1
     where order_id = p_order.order_id
    returning * into p_order;
    perform hand_places(p_order.order_id, p_order.order_id, p_order.held_until);
    perform end_hijack(p_order.order_id, 'RESERVED');
    perform post_mail('order-reserved', p_order.order_id, jsonb_build_object('about', p_order.version));
    perform post_reminder(p_order.order_id);
    if v_from_desk then
        perform catch_up_reminder(p_order.order_id);
    end if;
    perform note_event('order.reserved', p_order.order_id);
end
$$;

-- Money over the counter. Enough of it confirms the order; less is booked and the order stays with its clerk.
create or replace function take_payment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken   record := take_desk(p, false);
    v_order   orders := v_taken.held;
    v_amount  bigint := (p -> 'amount' ->> 'amount')::bigint;
    v_refusal jsonb;
    v_paid    counter_payment;
    v_result  jsonb;
begin
    v_refusal := coalesce(v_taken.refusal, counter_refusal(v_order, p), reference_refusal(v_order, p),
                          completion_refusal(p, v_order));
    if v_refusal is not null then
        return v_refusal;
    end if;
    perform lock_credit(v_order);
    insert into counter_payment (counter_payment_id, order_id, method, amount, tendered, reference, clerk)
    values ((p ->> 'counterPaymentId')::uuid, v_order.order_id, p ->> 'method', v_amount, (p ->> 'tendered')::bigint,
            p ->> 'reference', p -> 'actor' ->> 'name')
    returning * into v_paid;
    perform cancel_payments(v_order.order_id);
    if v_amount > 0 then
        perform book_money(v_order, 'COUNTER', v_amount, v_order.currency, 'counter:' || v_paid.counter_payment_id,
                           p ->> 'caseNumber', null, current_date);
    elsif keep_places(v_order.order_id) then
        perform confirm_order(v_order.order_id);
    end if;
    v_result := jsonb_build_object('counterPayment', counter_payment_view(v_paid, v_order.currency));
    perform audit(p -> 'actor' ->> 'name', 'order.take-payment', v_order.order_id::text, v_result);
    if (select state from orders where order_id = v_order.order_id) = 'AT_BOX_OFFICE' then
        perform renew(v_order);
    end if;
    return remember_answer(p, v_result || jsonb_build_object('order', desk_view(p, v_order.order_id)));
end
$$;

-- Why what the clerk has been given pays nothing; null when it does. A receipt or a voucher pays once; whoever books the same one
-- at the same time is waited for. It is good again when the order that it paid has ended, and terminals begin to count anew.
create or replace function reference_refusal(p_order orders, p jsonb) returns jsonb
    language plpgsql as $$
begin
    if p ->> 'reference' is null then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(':', 'counter', p ->> 'method', p ->> 'reference'), 0));
    return case when exists (
        select from counter_payment paid join orders using (order_id)
         where paid.method = p ->> 'method' and paid.reference = p ->> 'reference'
           and (paid.order_id = p_order.order_id
                or orders.state not in ('CANCELLED', 'EXPIRED', 'REFUNDED')
                   and (p ->> 'method' = 'VOUCHER' or paid.at > clock_timestamp() - interval '1 day')))
        then refused('ALREADY_EXISTS') end;
end
$$;

-- Why money cannot be taken over the counter; null when it can. Nothing that is owed is nothing to pay, but it ends the order's
-- business all the same.
create or replace function counter_refusal(p_order orders, p jsonb) returns jsonb
    language sql volatile as $$
    select case
        when last_call(p_order.order_id) is null then refused('ORDER_EMPTY')
        when not all_take_place(p_order.order_id) then refused('PERFORMANCE_CANCELLED')
        when p -> 'amount' ->> 'currency' <> p_order.currency or amount > owed or (amount = 0 and owed > 0)
            then refused('AMOUNT_DIFFERS')
        when (p ->> 'tendered')::bigint < amount then refused('TENDERED_TOO_LOW')
    end
      from (select (p -> 'amount' ->> 'amount')::bigint as amount,
                   p_order.total - balance_of(p_order.order_id) as owed) money
$$;

create or replace function cancel_at_desk(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, false);
    v_order orders := v_taken.held;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if balance_of(v_order.order_id) > 0 and not p ? 'refundReason' then
        return refused('HAS_PAYMENTS');
    end if;
    perform lock_credit(v_order);
    perform end_order(v_order, 'CANCELLED', 'SETTLED', p_reason => p ->> 'refundReason');
    perform hand_places(v_order.order_id, null, '-infinity');
    if (v_taken.work).former_state is not null then
        perform post_mail('order-cancelled', v_order.order_id);
    end if;
    perform note_event('order.cancelled', v_order.order_id);
    return desk_answer(p, v_order, 'order.cancel');
end
$$;

-- The customer gets the purchase back: the same cart, open again with what the clerk has made of it and a full hold, or the
-- order as it was.
create or replace function hand_back(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, false);
    v_desk  desk := v_taken.work;
    v_order orders := v_taken.held;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if exists (select from money_entry where order_id = v_order.order_id) then
        return refused('HAS_PAYMENTS');
    end if;
    if v_desk.cart_id is null and v_desk.former_state is null then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    if v_desk.cart_id is null and last_call(v_order.order_id) is null then
        return refused('ORDER_EMPTY');
    end if;
    perform give_back_purchase(v_order, v_desk, p ->> 'pickupCode');
    perform audit(p -> 'actor' ->> 'name', 'order.hand-back', v_order.order_id::text);
    return remember_answer(p, jsonb_build_object(
        'handedBack', case when v_desk.cart_id is not null then 'CART' else 'ORDER' end,
        'order', desk_view(p, v_order.order_id)));
end
$$;

create or replace function give_back_purchase(p_order orders, p_desk desk, p_pickup_code text) returns void
    language plpgsql as $$
begin
    perform lock_credit(p_order);
    if p_desk.cart_id is not null then
        perform give_back_cart(p_order, p_desk.cart_id, p_pickup_code);
    else
        perform give_back_order(p_order, p_desk);
    end if;
    perform end_hijack(p_order.order_id, 'HANDED_BACK');
end
$$;

create or replace function give_back_cart(p_order orders, p_cart_id uuid, p_pickup_code text) returns void
    language plpgsql as $$
declare
    v_until timestamptz;
begin
    perform from cart where cart_id = p_cart_id for update;
    perform lock_credit(p_order);
    perform cancel_payments(p_order.order_id);
    perform end_links(p_order.order_id, 'VOID');
    perform from place where holder = p_order.order_id order by performance_id, place_no for update;
    delete from cart_item where cart_id = p_cart_id;
    insert into cart_item (item_id, cart_id, performance_id, place_no, price_type, amount)
    select item_id, p_cart_id, performance_id, place_no, price_type, amount
      from order_item where order_id = p_order.order_id and cancelled_at is null;
    update cart
       set state = 'OPEN', version = cart.version + 1,
           -- What the clerk knows of the buyer need not be enough for a cart.
           buyer = case when p_order.buyer ?& '{email,name}' then p_order.buyer else cart.buyer end,
           buyer_match_key = case when p_order.buyer ?& '{email,name}' then p_order.match_key else cart.buyer_match_key end,
           item_count = (select count(*) from cart_item where cart_item.cart_id = p_cart_id),
           first_hold_at = clock_timestamp(), expires_at = clock_timestamp() + hold_seconds * interval '1 second',
           -- Somebody else may have been given the code meanwhile.
           pickup_code = case when exists (select from cart other
                                            where other.pickup_code = cart.pickup_code and other.state = 'OPEN'
                                              and other.cart_id <> p_cart_id)
                              then p_pickup_code else cart.pickup_code end
      from shop
     where cart_id = p_cart_id and shop.shop_id = cart.shop_id
    returning expires_at into v_until;
    update orders set state = 'CANCELLED', cart_id = null, held_until = null, pay_until = null, version = version + 1
     where order_id = p_order.order_id;
    perform release_credit(p_order.order_id, 'HANDED_BACK');
    perform hand_places(p_order.order_id, p_cart_id, v_until);
    perform note_carts(array[p_cart_id], 'HANDED_BACK');
end
$$;

-- Its time is never shorter than before, and not less than a quarter of an hour. What costs nothing any more waits for nothing.
create or replace function give_back_order(p_order orders, p_desk desk) returns void
    language plpgsql as $$
begin
    if p_order.total = 0 and keep_places(p_order.order_id) then
        perform confirm_order(p_order.order_id);
        return;
    end if;
    if p_desk.former_state = 'UNDER_REVIEW' and not under_review(p_order.order_id) then
        perform complete_given_back(p_order, p_desk);
        return;
    end if;
    update orders
       set state = p_desk.former_state, version = version + 1,
           held_until = greatest(p_desk.former_held_until, clock_timestamp() + interval '15 minutes'),
           pay_until = greatest(p_desk.former_pay_until, clock_timestamp() + interval '15 minutes')
     where order_id = p_order.order_id
    returning * into p_order;
    if p_desk.former_pay_until is null then
        update orders set pay_until = null where order_id = p_order.order_id;
    end if;
    -- A link that the clerk's changes have ended does not count any more.
    perform release_credit(p_order.order_id, 'HANDED_BACK');
    perform hand_places(p_order.order_id, p_order.order_id, p_order.held_until);
    update case_file set amount = p_order.total, deadline = greatest(deadline, p_order.held_until)
     where order_id = p_order.order_id and kind in ('CREDIT_LIMIT', 'TECHNICAL')
       and state in ('OPEN', 'WAITING_FOR_CUSTOMER');
    if p_order.state = 'RESERVED' then
        perform post_reminder(p_order.order_id);
        perform catch_up_reminder(p_order.order_id);
    end if;
end
$$;

-- Asks the back office: the order waits for its decision with its seats held, as if its checkout had passed the limit.
create or replace function open_desk_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, false);
    v_order orders := v_taken.held;
    v_until timestamptz;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    v_until := greatest(review_deadline(v_order.order_id, (p ->> 'seconds')::bigint), (v_taken.work).former_held_until);
    if last_call(v_order.order_id) is null then
        return refused('ORDER_EMPTY');
    end if;
    if under_review(v_order.order_id) then
        return refused('CASE_OPEN');
    end if;
    if v_order.customer_id is null or v_until <= clock_timestamp() or v_order.total <= balance_of(v_order.order_id) then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    update orders set state = 'UNDER_REVIEW', held_until = v_until, pay_until = null, version = version + 1
     where order_id = v_order.order_id;
    perform end_links(v_order.order_id, 'VOID');
    perform release_credit(v_order.order_id, 'UNDER_REVIEW');
    perform hand_places(v_order.order_id, v_order.order_id, v_until);
    insert into case_file (case_number, kind, order_id, amount, currency, deadline, note)
    select number, 'CREDIT_LIMIT', v_order.order_id, v_order.total, v_order.currency, v_until, coalesce(p ->> 'note', '')
      from jsonb_array_elements_text(p -> 'caseNumbers') with ordinality offered (number, ordinal)
     where not exists (select from case_file where case_number = number)
     order by ordinal limit 1
    on conflict (order_id, kind) do update
       set state = 'OPEN', ended_at = null, amount = excluded.amount,
           deadline = excluded.deadline, note = excluded.note, attention = excluded.attention, findings = excluded.findings,
           limit_then = excluded.limit_then, exposure_then = excluded.exposure_then;
    perform end_hijack(v_order.order_id, 'RESERVED');
    perform tell_of_order(v_order.order_id, 'UNDER_REVIEW');
    return desk_answer(p, v_order, 'order.open-case');
end
$$;
