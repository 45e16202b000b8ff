-- Orders at the box office and whoever has them. Each command locks the order first. Whoever has the lease has it as a person,
-- with the fence they were given; every command of theirs renews it.

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

-- The order as a clerk sees it. What own staff have noted is nothing for a partner whose order they have had.
create or replace function desk_view(p jsonb, p_order_id uuid) returns jsonb
    language sql volatile as $$
    select order_view(p_order_id) - 'payment' - 'bankTransfer' || jsonb_strip_nulls(jsonb_build_object(
               'owed', jsonb_build_object('amount', greatest(orders.total - balance_of(p_order_id), 0),
                                          'currency', orders.currency),
               'clientId', orders.client_id, 'cartId', coalesce(desk.cart_id, orders.cart_id),
               'note', case when seen_by(p, desk.note_client) then nullif(desk.note, '') end,
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
        (select jsonb_build_object('order', desk_view(p, order_id)) from orders
          where order_id = (p ->> 'orderId')::uuid and seen_by(p, client_id)),
        refused('ORDER_NOT_FOUND'))
$$;

-- Orders at the box office, newest first: all that whoever asks may see, or those that nobody works on.
create or replace function desk_drafts(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('orders', coalesce(jsonb_agg(desk_view(p, order_id) order by created_at desc, order_id desc), '[]'))
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
    return remember_answer(p, jsonb_build_object('order', desk_view(p, p_order.order_id)));
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
    return remember_answer(p, jsonb_build_object('order', desk_view(p, (v_taken.held).order_id)));
end
$$;

-- A supervisor, or a colleague at the same partner, goes on with an order; whoever had it cannot any more. At a till of the
-- organiser's own a colleague is not enough.
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
       and not (by_partner(p) and coalesce(v_desk.client_id = p -> 'actor' ->> 'client', false)) then
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
        perform end_stray(v_order, v_shop, (p ->> 'defaultLimit')::bigint);
        perform audit('system', 'lease.end', v_order.order_id::text);
    end if;
    return jsonb_build_object('ended', true);
end
$$;

-- A clerk's own order that nobody works on: reserved for a while if there is something to pay, its buyer can be told and may owe
-- it, else cancelled.
create or replace function end_stray(p_order orders, p_shop shop, p_default_limit bigint) returns void
    language plpgsql as $$
declare
    v_until timestamptz := least(clock_timestamp() + p_shop.stray_reservation_seconds * interval '1 second',
                                 last_call(p_order.order_id));
begin
    if reachable(p_order.buyer) and v_until > clock_timestamp() and p_order.total > 0 and not newly_blocked(p_order) then
        if owe_more(p_order, uncounted(p_order), p_default_limit, 'RESERVATION') then
            perform reserve_until(p_order, v_until);
            return;
        end if;
    end if;
    perform end_order(p_order, 'CANCELLED', 'SETTLED');
    perform hand_places(p_order.order_id, null, '-infinity');
    perform note_event('order.cancelled', p_order.order_id);
end
$$;
