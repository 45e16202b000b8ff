-- The desk: what clerks do with orders that they have at the box office. Each command locks the order first. Whoever has the
-- lease has it as a person, with the fence they were given; every command of theirs renews it.

-- While an order is at the box office its seats stay until a day after its last performance: its lease says when the clerk's
-- time is up, and what becomes of it then.
create or replace function desk_hold(p_order_id uuid) returns timestamptz
    language sql volatile as $$
    select greatest(clock_timestamp(), max(starts_at)) + interval '1 day'
      from order_item join performance using (performance_id) where order_id = p_order_id and cancelled_at is null
$$;

create or replace function counter_payment_view(p_payment counter_payment, p_currency text) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'counterPaymentId', p_payment.counter_payment_id, 'method', p_payment.method,
        'amount', jsonb_build_object('amount', p_payment.amount, 'currency', p_currency),
        'change', case when p_payment.tendered is not null
                       then jsonb_build_object('amount', p_payment.tendered - p_payment.amount, 'currency', p_currency) end,
        'reference', p_payment.reference, 'at', p_payment.at, 'by', p_payment.clerk))
$$;

-- The order as a clerk sees it.
create or replace function desk_view(p_order_id uuid) returns jsonb
    language sql volatile as $$
    select order_view(p_order_id) - 'payment' - 'bankTransfer' || jsonb_strip_nulls(jsonb_build_object(
               'owed', jsonb_build_object('amount', greatest(orders.total - balance_of(p_order_id), 0),
                                          'currency', orders.currency),
               'clientId', orders.client_id, 'note', nullif(desk.note, ''), 'cartId', coalesce(desk.cart_id, orders.cart_id),
               'formerState', case when orders.state = 'AT_BOX_OFFICE' then desk.former_state end,
               'hijackId', (select hijack_id from hijack where hijack.order_id = p_order_id and state = 'ACTIVE'),
               'lease', case when orders.state = 'AT_BOX_OFFICE' then jsonb_strip_nulls(jsonb_build_object(
                            'clerk', desk.clerk, 'until', desk.lease_until, 'fence', desk.fence)) end,
               'counterPayments', (select coalesce(jsonb_agg(counter_payment_view(paid, orders.currency) order by paid.at), '[]')
                                     from counter_payment paid where paid.order_id = p_order_id)))
      from orders left join desk using (order_id)
     where orders.order_id = p_order_id
$$;

create or replace function find_desk_order(p jsonb) returns jsonb
    language sql volatile as $$
    select coalesce(
        (select jsonb_build_object('order', desk_view(order_id)) from orders
          where order_id = (p ->> 'orderId')::uuid and seen_by(p, client_id)),
        refused('ORDER_NOT_FOUND'))
$$;

-- Orders at the box office, newest first: all that whoever asks may see, or those that nobody works on.
create or replace function desk_drafts(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('orders', coalesce(jsonb_agg(desk_view(order_id) order by created_at desc, order_id desc), '[]'))
      from (select orders.order_id, orders.created_at
              from orders join desk using (order_id)
             where orders.state = 'AT_BOX_OFFICE' and seen_by(p, orders.client_id)
               and (not coalesce((p ->> 'stale')::boolean, false) or desk.lease_until is null or desk.lease_until <= clock_timestamp())
               and (not p ? 'afterId'
                    or (orders.created_at, orders.order_id) < ((p ->> 'afterAt')::timestamptz, (p ->> 'afterId')::uuid))
             order by orders.created_at desc, orders.order_id desc
             limit (p ->> 'limit')::integer) page
$$;

-- Gives an order at the box office to a clerk, in place of whoever had it.
create or replace function give_to_clerk(p jsonb, p_order orders, p_hijack uuid, p_cart uuid) returns void
    language sql volatile as $$
    insert into desk (order_id, clerk, client_id, lease_until, hijack_id, cart_id, former_state, former_held_until,
                      former_pay_until)
    select p_order.order_id, p -> 'actor' ->> 'name', p -> 'actor' ->> 'client',
           clock_timestamp() + lease_seconds * interval '1 second', p_hijack, p_cart,
           former.state, former.held_until, former.pay_until
      from shop
      left join (select p_order.state, p_order.held_until, p_order.pay_until
                  where p_order.state in ('RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW')) former on true
     where shop_id = p_order.shop_id
    on conflict (order_id) do update
       set clerk = excluded.clerk, client_id = excluded.client_id, fence = desk.fence + 1,
           lease_until = excluded.lease_until, hijack_id = excluded.hijack_id, cart_id = excluded.cart_id,
           former_state = excluded.former_state, former_held_until = excluded.former_held_until,
           former_pay_until = excluded.former_pay_until
$$;

create or replace function renew(p_order orders) returns void
    language sql volatile as $$
    update desk set lease_until = clock_timestamp() + lease_seconds * interval '1 second'
      from shop where desk.order_id = p_order.order_id and shop.shop_id = p_order.shop_id
$$;

-- Locks the order that a clerk's command names and says why the command cannot be carried out, or what it has answered before;
-- null when it can. What the provider is working on cannot be changed.
create or replace function take_desk(p jsonb, p_busy_too boolean, out held orders, out work desk, out refusal jsonb)
    language plpgsql as $$
begin
    held := lock_desk_order(p);
    if held.order_id is null then
        refusal := refused('ORDER_NOT_FOUND');
        return;
    end if;
    select * into work from desk where order_id = held.order_id;
    refusal := coalesce(
        earlier_answer(p), lease_refusal(p, held, work),
        case when not p_busy_too and processing(held.order_id) then busy_with_payment() end);
end
$$;

-- Ends a clerk's command that has changed the order or nothing: the lease is renewed, the answer kept.
create or replace function desk_answer(p jsonb, p_order orders, p_action text, p_details jsonb default '{}') returns jsonb
    language plpgsql as $$
begin
    if (select state from orders where order_id = p_order.order_id) = 'AT_BOX_OFFICE' then
        perform renew(p_order);
    end if;
    perform audit(p -> 'actor' ->> 'name', p_action, p_order.order_id::text, p_details);
    return remember_answer(p, jsonb_build_object('order', desk_view(p_order.order_id)));
end
$$;

-- The order has other items or prices: its sum is what they come to, what was bound to them ends, and what counts against a
-- limit is counted anew. False: that passes the limit; the caller undoes what it did.
create or replace function content_changed(p_order orders, p_default_limit bigint) returns boolean
    language plpgsql as $$
declare
    v_more  bigint;
    v_taken bigint;
begin
    perform cancel_payments(p_order.order_id);
    update orders
       set total = (select coalesce(sum(amount), 0) from order_item where order_id = p_order.order_id and cancelled_at is null),
           purchase_version = purchase_version + 1,
           held_until = greatest(held_until, desk_hold(p_order.order_id))
     where order_id = p_order.order_id
    returning * into p_order;
    update place set held_until = p_order.held_until where holder = p_order.order_id and held_until <> p_order.held_until;
    perform end_links(p_order.order_id, 'VOID');
    perform touch_order(p_order.order_id);
    select coalesce(sum(delta), 0) into v_taken from credit_entry where order_id = p_order.order_id;
    v_more := p_order.total - balance_of(p_order.order_id) - v_taken;
    if v_taken = 0 or v_more <= 0 then
        perform release_credit(p_order.order_id, 'CHANGED');
        return true;
    end if;
    return owe_more(p_order, v_more, p_default_limit, 'INCREASE');
end
$$;

-- Books what the order's customer owes more from now on, if their limit lets them. Its account is locked before its places.
create or replace function owe_more(p_order orders, p_more bigint, p_default_limit bigint, p_cause text) returns boolean
    language plpgsql as $$
declare
    v_account credit_account;
begin
    if p_order.customer_id is null or p_more <= 0 then
        return true;
    end if;
    insert into credit_account (customer_id) values (p_order.customer_id) on conflict do nothing;
    select * into v_account from credit_account where customer_id = p_order.customer_id for update;
    if v_account.exposure + p_more > coalesce(v_account.limit_amount, p_default_limit) then
        return false;
    end if;
    perform book_credit(p_order.customer_id, p_order.order_id, p_more, p_cause);
    return true;
end
$$;

-- Gives locked places to an order at their present prices.
create or replace function put_on_order(p_order orders, p_performance uuid, p_places integer[], p_price_type text) returns void
    language sql volatile as $$
    update place set holder = p_order.order_id, held_until = p_order.held_until, fence = fence + 1
     where performance_id = p_performance and place_no = any (p_places);
    insert into order_item (item_id, order_id, performance_id, place_no, price_type, amount)
    select uuidv7(), p_order.order_id, p_performance, place.place_no, price.price_type, price.amount
      from place,
           lateral (select price_type, amount from price
                     where price.performance_id = place.performance_id and price.category = place.category
                       and (p_price_type is null or price.price_type = p_price_type)
                     order by ordinal limit 1) price
     where place.performance_id = p_performance and place.place_no = any (p_places)
     order by place.place_no
$$;

-- What the box office may sell: a partner only what is allotted to it. For everybody else it is not on sale.
create or replace function desk_choice(
    p jsonb, p_shop shop, p_room integer, out refusal jsonb, out performance uuid, out places integer[])
    language plpgsql as $$
begin
    if by_partner(p) and not allotted(p -> 'actor' ->> 'client', (p -> 'selection' ->> 'performanceId')::uuid) then
        refusal := refused('NOT_ON_SALE');
        return;
    end if;
    -- Nobody cancels the performance beside an order that is being made for it.
    perform from performance where performance_id = (p -> 'selection' ->> 'performanceId')::uuid for key share;
    select chosen.refusal, chosen.performance, chosen.places into refusal, performance, places
      from choose_places(p -> 'selection', p_room, p_shop.desk_sales_seconds) chosen;
end
$$;

-- An order for a caller or a walk-in.
create or replace function create_desk_order(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_answer jsonb := earlier_answer(p);
    v_shop   shop;
    v_choice record;
    v_order  orders;
begin
    if v_answer is not null then
        return v_answer;
    end if;
    select * into v_shop from shop where shop_id = p ->> 'shopId';
    if not found then
        return refused('SHOP_NOT_FOUND');
    end if;
    v_choice := desk_choice(p, v_shop, v_shop.desk_max_seats);
    if v_choice.refusal is not null then
        return v_choice.refusal;
    end if;
    insert into orders (order_id, order_number, shop_id, token_hash, state, payment_status, total, currency, buyer, match_key,
                        held_until, language, client_id, created_at)
    select (p ->> 'orderId')::uuid, nextval('order_number_seq'), v_shop.shop_id, decode(p ->> 'orderTokenHash', 'hex'),
           'AT_BOX_OFFICE', 'UNPAID', 0, currency, coalesce(p -> 'buyer', '{}'), decode(p ->> 'matchKey', 'hex'),
           greatest(clock_timestamp(), starts_at) + interval '1 day', coalesce(p ->> 'language', 'de'),
           p -> 'actor' ->> 'client', clock_timestamp()
      from performance where performance_id = v_choice.performance
    returning * into v_order;
    perform put_on_order(v_order, v_choice.performance, v_choice.places, p -> 'selection' ->> 'priceType');
    perform give_to_clerk(p, v_order, null, null);
    update desk set note = coalesce(p ->> 'note', '') where order_id = v_order.order_id;
    perform content_changed(v_order, 0);
    return desk_answer(p, v_order, 'order.create');
end
$$;

create or replace function add_desk_items(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken  record := take_desk(p, false);
    v_order  orders := v_taken.held;
    v_shop   shop;
    v_choice record;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    perform lock_credit(v_order);
    select * into v_shop from shop where shop_id = v_order.shop_id;
    v_choice := desk_choice(p, v_shop, v_shop.desk_max_seats - (
        select count(*)::integer from order_item where order_id = v_order.order_id and cancelled_at is null));
    if v_choice.refusal is not null then
        return v_choice.refusal;
    end if;
    begin
        perform put_on_order(v_order, v_choice.performance, v_choice.places, p -> 'selection' ->> 'priceType');
        if not content_changed(v_order, (p ->> 'defaultLimit')::bigint) then
            raise exception using errcode = 'AK002', message = 'over the limit';
        end if;
    exception when sqlstate 'AK002' then
        return refused('OVER_LIMIT');
    end;
    return desk_answer(p, v_order, 'order.add-items');
end
$$;

create or replace function change_desk_item(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, false);
    v_order orders := v_taken.held;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if not exists (select from order_item
                    where order_id = v_order.order_id and item_id = (p ->> 'itemId')::uuid and cancelled_at is null) then
        return refused('ITEM_NOT_FOUND');
    end if;
    perform lock_credit(v_order);
    begin
        update order_item item set price_type = price.price_type, amount = price.amount
          from place, price
         where item.order_id = v_order.order_id and item.item_id = (p ->> 'itemId')::uuid
           and place.performance_id = item.performance_id and place.place_no = item.place_no
           and price.performance_id = place.performance_id and price.category = place.category
           and price.price_type = p ->> 'priceType';
        if not found then
            return refused('UNKNOWN_PRICE_TYPE');
        end if;
        if not content_changed(v_order, (p ->> 'defaultLimit')::bigint) then
            raise exception using errcode = 'AK002', message = 'over the limit';
        end if;
        if overpaid(v_order.order_id) then
            raise exception using errcode = 'AK003', message = 'more has been paid than it would cost';
        end if;
    exception
        when sqlstate 'AK002' then
            return refused('OVER_LIMIT');
        when sqlstate 'AK003' then
            return refused('HAS_PAYMENTS');
    end;
    return desk_answer(p, v_order, 'order.change-item');
end
$$;

create or replace function overpaid(p_order_id uuid) returns boolean
    language sql volatile as $$
    select balance_of(p_order_id) > total from orders where order_id = p_order_id
$$;

-- Removing is always allowed, unless more has been paid than the rest costs: then somebody has to give that back first.
create or replace function remove_desk_item(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, false);
    v_order orders := v_taken.held;
    v_item  order_item;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    select * into v_item from order_item
     where order_id = v_order.order_id and item_id = (p ->> 'itemId')::uuid and cancelled_at is null;
    if not found then
        return refused('ITEM_NOT_FOUND');
    end if;
    if balance_of(v_order.order_id) > v_order.total - v_item.amount then
        return refused('HAS_PAYMENTS');
    end if;
    perform lock_credit(v_order);
    delete from order_item where order_id = v_order.order_id and item_id = v_item.item_id;
    update place set holder = null, held_until = '-infinity', fence = fence + 1
     where performance_id = v_item.performance_id and place_no = v_item.place_no and holder = v_order.order_id;
    perform content_changed(v_order, 0);
    return desk_answer(p, v_order, 'order.remove-item');
end
$$;

create or replace function set_desk_buyer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, true);
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    update orders set buyer = p -> 'buyer', match_key = decode(p ->> 'matchKey', 'hex'), version = version + 1
     where order_id = (v_taken.held).order_id;
    return desk_answer(p, v_taken.held, 'order.set-buyer');
end
$$;

create or replace function set_desk_note(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, true);
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    update desk set note = p ->> 'note' where order_id = (v_taken.held).order_id;
    update orders set version = version + 1 where order_id = (v_taken.held).order_id;
    return desk_answer(p, v_taken.held, 'order.set-note');
end
$$;

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
begin
    update orders
       set state = 'RESERVED', payment_method = coalesce(payment_method, 'PAY_LATER'), pay_until = p_until,
           -- A transfer has its grace beyond what the buyer was told.
           held_until = greatest(p_until, case state when 'RESERVED' then held_until
                                                     else (select former_held_until from desk
                                                            where desk.order_id = orders.order_id) end),
           version = version + 1
     where order_id = p_order.order_id
    returning * into p_order;
    perform hand_places(p_order.order_id, p_order.order_id, p_order.held_until);
    perform end_hijack(p_order.order_id, 'RESERVED');
    perform post_mail('order-reserved', p_order.order_id, jsonb_build_object('about', p_order.version));
    perform post_reminder(p_order.order_id);
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
    v_refusal := coalesce(v_taken.refusal, counter_refusal(v_order, p));
    if v_refusal is not null then
        return v_refusal;
    end if;
    perform lock_credit(v_order);
    insert into counter_payment (counter_payment_id, order_id, method, amount, tendered, reference, clerk)
    values ((p ->> 'counterPaymentId')::uuid, v_order.order_id, p ->> 'method', v_amount, (p ->> 'tendered')::bigint,
            p ->> 'reference', p -> 'actor' ->> 'name')
    on conflict (order_id, method, reference) do nothing
    returning * into v_paid;
    if not found then
        return refused('ALREADY_EXISTS');
    end if;
    perform cancel_payments(v_order.order_id);
    if v_amount > 0 then
        perform book_money(v_order, 'COUNTER', v_amount, v_order.currency, 'counter:' || v_paid.counter_payment_id, null,
                           null, current_date);
    elsif keep_places(v_order.order_id) then
        perform confirm_order(v_order.order_id);
    end if;
    v_result := jsonb_build_object('counterPayment', counter_payment_view(v_paid, v_order.currency));
    perform audit(p -> 'actor' ->> 'name', 'order.take-payment', v_order.order_id::text, v_result);
    if (select state from orders where order_id = v_order.order_id) = 'AT_BOX_OFFICE' then
        perform renew(v_order);
    end if;
    return remember_answer(p, v_result || jsonb_build_object('order', desk_view(v_order.order_id)));
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
        'handedBack', case when v_desk.cart_id is not null then 'CART' else 'ORDER' end, 'order', desk_view(v_order.order_id)));
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
       set state = 'OPEN', ended_at = null, amount = excluded.amount, deadline = excluded.deadline, note = excluded.note;
    perform end_hijack(v_order.order_id, 'RESERVED');
    perform tell_of_order(v_order.order_id, 'UNDER_REVIEW');
    return desk_answer(p, v_order, 'order.open-case');
end
$$;

create or replace function renew_lease(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_desk(p, true);
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    perform renew(v_taken.held);
    return remember_answer(p, jsonb_build_object('order', desk_view((v_taken.held).order_id)));
end
$$;

-- A supervisor, or a colleague at the same partner, goes on with an order; whoever had it cannot any more.
create or replace function take_over_order(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order orders := lock_desk_order(p);
    v_desk  desk;
    v_seen  jsonb;
begin
    if v_order.order_id is null then
        return refused('ORDER_NOT_FOUND');
    end if;
    v_seen := earlier_answer(p);
    if v_seen is not null then
        return v_seen;
    end if;
    if v_order.state <> 'AT_BOX_OFFICE' then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    select * into v_desk from desk where order_id = v_order.order_id;
    if not (p -> 'actor' ->> 'supervisor')::boolean
       and v_desk.clerk <> p -> 'actor' ->> 'name'
       and v_desk.client_id is distinct from coalesce(p -> 'actor' ->> 'client', '') then
        return refused('HELD_BY_CLERK', holder_name(p, v_desk));
    end if;
    update desk set clerk = p -> 'actor' ->> 'name', client_id = p -> 'actor' ->> 'client', fence = fence + 1
     where order_id = v_order.order_id;
    update orders set version = version + 1 where order_id = v_order.order_id;
    return desk_answer(p, v_order, 'order.take-over',
                       jsonb_build_object('from', v_desk.clerk, 'reason', p ->> 'reason'));
end
$$;

-- Does what is to be done with one order whose clerk's time is up; {"ended": false} when there is none. Several replicas may run
-- it at once. What has money on it waits for a supervisor, what the provider is working on for the provider.
create or replace function end_lease(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order orders;
    v_desk  desk;
    v_shop  shop;
begin
    select orders.* into v_order from orders join desk using (order_id)
     where desk.lease_until <= clock_timestamp()
     order by desk.lease_until limit 1
       for update of orders skip locked;
    if not found then
        return jsonb_build_object('ended', false);
    end if;
    select * into v_desk from desk where order_id = v_order.order_id;
    select * into v_shop from shop where shop_id = v_order.shop_id;
    -- The clerk may have been quicker.
    if coalesce(v_desk.lease_until > clock_timestamp(), true) then
        return jsonb_build_object('ended', true);
    end if;
    if processing(v_order.order_id) then
        update desk set lease_until = clock_timestamp() + interval '1 minute' where order_id = v_order.order_id;
    elsif v_shop.lease_end = 'KEEP' or exists (select from money_entry where order_id = v_order.order_id) then
        update desk set lease_until = null where order_id = v_order.order_id;
    elsif v_desk.cart_id is not null or v_desk.former_state is not null and last_call(v_order.order_id) is not null then
        perform give_back_purchase(v_order, v_desk, p ->> 'pickupCode');
        perform audit('system', 'lease.end', v_order.order_id::text);
    else
        perform end_stray(v_order, v_shop);
        perform audit('system', 'lease.end', v_order.order_id::text);
    end if;
    return jsonb_build_object('ended', true);
end
$$;

-- A clerk's own order that nobody works on: reserved for a while if there is something to pay and its buyer can be told, else
-- cancelled.
create or replace function end_stray(p_order orders, p_shop shop) returns void
    language plpgsql as $$
declare
    v_until timestamptz := least(clock_timestamp() + p_shop.stray_reservation_seconds * interval '1 second',
                                 last_call(p_order.order_id));
begin
    if reachable(p_order.buyer) and v_until > clock_timestamp() and p_order.customer_id is null and p_order.total > 0 then
        perform reserve_until(p_order, v_until);
    else
        perform end_order(p_order, 'CANCELLED', 'SETTLED');
        perform hand_places(p_order.order_id, null, '-infinity');
        perform note_event('order.cancelled', p_order.order_id);
    end if;
end
$$;
