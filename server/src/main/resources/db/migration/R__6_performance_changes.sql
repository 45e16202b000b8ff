-- Cancelling and postponing a performance: the change itself in one step, everything that follows from it in batches that can
-- be cut off and gone on with.

create or replace function performance_change_view(p_change performance_change) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'changeId', p_change.change_id, 'performanceId', p_change.performance_id, 'kind', p_change.kind,
        'state', p_change.state, 'createdAt', p_change.created_at, 'endedAt', p_change.ended_at,
        'carts', coalesce((p_change.counts ->> 'carts')::integer, 0),
        'orders', coalesce((p_change.counts ->> 'orders')::integer, 0),
        'refunds', coalesce((p_change.counts ->> 'refunds')::integer, 0)))
$$;

-- Orders that have something left of a performance.
create or replace function orders_with(p_performance uuid) returns setof orders
    language sql stable as $$
    select * from orders
     where state in ('AT_BOX_OFFICE', 'RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW', 'CONFIRMED')
       and exists (select from order_item item
                    where item.order_id = orders.order_id and item.performance_id = p_performance and cancelled_at is null)
$$;

create or replace function carts_with(p_performance uuid) returns setof cart
    language sql stable as $$
    select * from cart
     where state = 'OPEN' and expires_at > clock_timestamp()
       and exists (select from cart_item where cart_item.cart_id = cart.cart_id and performance_id = p_performance)
$$;

create or replace function performance_impact(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_id       uuid := (p ->> 'performanceId')::uuid;
    v_currency text;
begin
    select currency into v_currency from performance where performance_id = v_id;
    if not found then
        return refused('PERFORMANCE_NOT_FOUND');
    end if;
    return (
        with hit as (
            select orders.*, balance_of(order_id) as balance,
                   (select sum(worth) from item_worths(orders) join order_item item using (item_id)
                     where item.order_id = orders.order_id and performance_id = v_id) as share,
                   (select coalesce(sum(amount), 0) from money_entry entry
                     where entry.order_id = orders.order_id and payment_id is null) as in_hand
              from orders_with(v_id) orders
        ), money as (
            select *, greatest(least(share, balance - (total - share)), 0) as back from hit
        )
        select jsonb_build_object(
                   'openCarts', (select count(*) from carts_with(v_id)),
                   'unpaidOrders', count(*) filter (where state in ('AT_BOX_OFFICE', 'RESERVED', 'AWAITING_PAYMENT')),
                   'underReview', count(*) filter (where state = 'UNDER_REVIEW'),
                   'confirmed', count(*) filter (where state = 'CONFIRMED'),
                   'tickets', (select count(*) from ticket where performance_id = v_id and revoked_at is null),
                   'links', (select count(*) from payment_link join hit using (order_id) where payment_link.state = 'OPEN'),
                   'refund', jsonb_build_object('amount', coalesce(sum(back), 0), 'currency', v_currency),
                   'byHand', jsonb_build_object('amount', coalesce(sum(least(back, in_hand)), 0), 'currency', v_currency))
          from money);
end
$$;

-- Changes the performance at once and has the rest follow. Whoever is just confirming an order for it holds its row, so every
-- order is decided before or after this, never beside it.
create or replace function change_performance(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_performance performance;
    v_answer      jsonb;
    v_change      performance_change;
    v_cancel      boolean := p ->> 'kind' = 'CANCELLATION';
begin
    select * into v_performance from performance where performance_id = (p ->> 'performanceId')::uuid for update;
    if not found then
        return refused('PERFORMANCE_NOT_FOUND');
    end if;
    v_answer := earlier_answer(p);
    if v_answer is not null then
        return v_answer;
    end if;
    if v_performance.state = 'CANCELLED' and not (v_cancel and was_stopped(v_performance.performance_id)) then
        return refused('PERFORMANCE_CANCELLED');
    end if;
    if exists (select from performance_change where performance_id = v_performance.performance_id and state = 'RUNNING') then
        return refused('CHANGE_IN_PROGRESS');
    end if;
    if not v_cancel and least((p ->> 'startsAt')::timestamptz, (p ->> 'refundUntil')::timestamptz) <= clock_timestamp() then
        return refused('INVALID_REQUEST', jsonb_build_object('fault', 'PAST'));
    end if;
    -- Reservations, links and payments that have been promised time would outlast an earlier start.
    if not v_cancel and (p ->> 'startsAt')::timestamptz <= v_performance.starts_at then
        return refused('INVALID_REQUEST', jsonb_build_object('fault', 'NOT_LATER'));
    end if;
    if v_cancel then
        update performance set state = 'CANCELLED', refund_until = null, version = version + 1
         where performance_id = v_performance.performance_id;
    else
        -- Sales end as long before the new start as before the old one.
        update performance
           set state = 'POSTPONED', starts_at = (p ->> 'startsAt')::timestamptz,
               refund_until = (p ->> 'refundUntil')::timestamptz, version = version + 1,
               sales_end = greatest(sales_end + ((p ->> 'startsAt')::timestamptz - starts_at),
                                    sales_start + interval '1 microsecond')
         where performance_id = v_performance.performance_id;
    end if;
    insert into performance_change (performance_id, kind, starts_before, starts_after, refund_until, reason, ordered_by)
    values (v_performance.performance_id, p ->> 'kind', v_performance.starts_at, (p ->> 'startsAt')::timestamptz,
            (p ->> 'refundUntil')::timestamptz, p ->> 'reason', p ->> 'by')
    returning * into v_change;
    perform post_message('PERFORMANCE_CHANGE', v_change.change_id::text, '{}');
    perform note_performance_event(case when v_cancel then 'performance.cancelled' else 'performance.postponed' end,
                                   v_performance.performance_id);
    perform audit(p ->> 'by', case when v_cancel then 'performance.cancel' else 'performance.postpone' end,
                  v_performance.performance_id::text, performance_change_view(v_change));
    return remember_answer(p, jsonb_build_object('change', performance_change_view(v_change)));
end
$$;

-- Whether staff have given up carrying the latest change out.
create or replace function was_stopped(p_performance uuid) returns boolean
    language sql stable as $$
    select state = 'STOPPED' from performance_change
     where performance_id = p_performance order by created_at desc, change_id desc limit 1
$$;

-- Staff no longer wait for a change to be carried out. What is left of it is theirs, and another one can begin.
create or replace function stop_performance_change(p_change_id uuid) returns void
    language sql volatile as $$
    update performance_change set state = 'STOPPED', ended_at = clock_timestamp()
     where change_id = p_change_id and state = 'RUNNING'
$$;

-- Goes on with a change for as many carts and orders as there are case numbers; {"done": true} when nothing is left. One
-- replica at a time works on a change; the others are told that it is busy. {"stuck": true} when only orders are left that
-- could not be changed: they are tried again by the next call.
create or replace function advance_performance_change(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_change  performance_change;
    v_skipped jsonb;
    v_carts   integer := 0;
    v_orders  integer;
    v_step    jsonb;
    v_refunds bigint;
    v_done    boolean;
begin
    select * into v_change from performance_change
     where change_id = (p ->> 'changeId')::uuid for update skip locked;
    if not found then
        return jsonb_build_object('busy', true);
    end if;
    if v_change.state <> 'RUNNING' then
        return jsonb_build_object('done', true);
    end if;
    v_skipped := coalesce(v_change.counts -> 'skipped', '[]');
    if v_change.kind = 'CANCELLATION' then
        v_carts := close_carts_of(v_change.performance_id, jsonb_array_length(p -> 'caseNumbers'));
        v_step := cancel_orders_of(v_change, p -> 'caseNumbers', v_skipped);
    else
        v_step := jsonb_build_object('orders', mail_postponement(v_change, jsonb_array_length(p -> 'caseNumbers')),
                                     'failed', '[]'::jsonb);
    end if;
    v_orders := (v_step ->> 'orders')::integer;
    v_done := v_carts + v_orders + jsonb_array_length(v_step -> 'failed') = 0;
    select count(*) into v_refunds from refund
     where cause = 'change:' || v_change.change_id;
    update performance_change
       set counts = counts || jsonb_build_object(
               'carts', coalesce((counts ->> 'carts')::integer, 0) + v_carts,
               'orders', coalesce((counts ->> 'orders')::integer, 0) + v_orders, 'refunds', v_refunds,
               'skipped', case when v_done then '[]'
                               else v_skipped || jsonb_path_query_array(v_step, '$.failed[*].orderId') end),
           state = case when v_done and v_skipped = '[]' then 'DONE' else state end,
           ended_at = case when v_done and v_skipped = '[]' then clock_timestamp() end
     where change_id = v_change.change_id;
    return jsonb_build_object('done', v_done and v_skipped = '[]', 'stuck', v_done and v_skipped <> '[]',
                              'failed', v_step -> 'failed');
end
$$;

create or replace function close_carts_of(p_performance uuid, p_limit integer) returns integer
    language plpgsql as $$
declare
    v_cart  uuid;
    v_count integer := 0;
begin
    for v_cart in select cart_id from carts_with(p_performance) order by cart_id limit p_limit loop
        perform from cart where cart_id = v_cart and state = 'OPEN' for update;
        if found then
            perform close_cart(v_cart);
        end if;
        v_count := v_count + 1;
    end loop;
    return v_count;
end
$$;

-- Orders of a cancelled performance, some at a time. All of them are locked before the first account is, in one order. One that
-- cannot be cancelled stays as it is, is named, and holds up no other: it is tried again when no other is left.
create or replace function cancel_orders_of(p_change performance_change, p_case_numbers jsonb, p_skipped jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  orders;
    v_items  uuid[];
    v_count  integer := 0;
    v_failed jsonb := '[]';
begin
    for v_order in
        with hit as materialized (
            select * from orders
             where order_id in (select order_id from orders_with(p_change.performance_id)
                                 where not p_skipped ? order_id::text
                                 order by order_id limit jsonb_array_length(p_case_numbers))
             order by order_id for update)
        select * from hit order by customer_id, order_id
    loop
        select array_agg(item_id) into v_items from order_item
         where order_id = v_order.order_id and performance_id = p_change.performance_id and cancelled_at is null
           and v_order.state in ('AT_BOX_OFFICE', 'RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW', 'CONFIRMED');
        begin
            if v_items is not null then
                perform cancel_items(v_order, v_items, p_change, p_case_numbers ->> v_count);
            end if;
            v_count := v_count + 1;
        exception when others then
            v_failed := v_failed || failure(v_order.order_id, sqlstate, sqlerrm);
        end;
    end loop;
    return jsonb_build_object('orders', v_count, 'failed', v_failed);
end
$$;

create or replace function cancel_items(
    p_order orders, p_items uuid[], p_change performance_change, p_case_number text) returns void
    language plpgsql as $$
declare
    v_cause text    := 'change:' || p_change.change_id;
    v_all   boolean := not exists (select from order_item
                                    where order_id = p_order.order_id and cancelled_at is null and item_id <> all (p_items));
begin
    if p_order.state = 'CONFIRMED' then
        perform give_back(p_order, p_items, 0, 'PERFORMANCE_CANCELLED', v_cause, 'system');
    elsif v_all then
        perform end_order(p_order, 'CANCELLED', 'SETTLED', p_case_number, 'PERFORMANCE_CANCELLED', v_cause);
        perform free_items(p_order.order_id, p_items);
        perform note_event('order.cancelled', p_order.order_id);
    else
        perform shrink_order(p_order, p_items, v_cause);
    end if;
    perform post_mail('performance-cancelled', p_order.order_id,
                      jsonb_build_object('about', p_change.change_id, 'changeId', p_change.change_id));
end
$$;

create or replace function waits_in_time(p_order orders) returns boolean
    language sql volatile as $$
    select p_order.state in ('RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW') and p_order.held_until > clock_timestamp()
$$;

-- Takes items out of an order that is not paid: the rest stays as it is, at the price it has. An attempt to pay more than that
-- is ended. A part of the money that is enough for the rest confirms it, and what is left of it goes back; a rest that costs
-- nothing waits for nothing.
create or replace function shrink_order(p_order orders, p_items uuid[], p_cause text) returns void
    language plpgsql as $$
declare
    v_order orders;
    v_paid  bigint := balance_of(p_order.order_id);
begin
    perform lock_credit(p_order);
    perform cancel_payments(p_order.order_id);
    perform lock_places(p_order.order_id);
    perform free_items(p_order.order_id, p_items);
    update orders
       set total = total - (select sum(amount) from order_item where order_id = p_order.order_id and item_id = any (p_items)),
           purchase_version = purchase_version + 1
     where order_id = p_order.order_id
    returning * into v_order;
    perform end_links(p_order.order_id, 'VOID');
    perform release_credit(p_order.order_id, 'RETURNED');
    if v_paid >= v_order.total and (v_paid > 0 or waits_in_time(p_order)) and keep_places(p_order.order_id) then
        perform confirm_order(p_order.order_id);
        if v_paid > v_order.total then
            perform refund_money(v_order, v_paid - v_order.total, 'PERFORMANCE_CANCELLED', p_cause, 'system');
        end if;
    end if;
    perform touch_order(p_order.order_id);
end
$$;

-- Holds the places of an order at the box office until a day after what they are for now. One that is just coming there is
-- waited for.
create or replace function hold_at_desk(p_order_id uuid) returns void
    language plpgsql as $$
begin
    perform from orders where order_id = p_order_id for update;
    if exists (select from orders
                where order_id = p_order_id and state = 'AT_BOX_OFFICE' and held_until < desk_hold(p_order_id)) then
        perform hold_order(p_order_id, desk_hold(p_order_id));
    end if;
end
$$;

-- Locks the orders at the box office for a performance, before the performance itself is locked.
create or replace function lock_desk_orders(p_performance uuid) returns void
    language sql volatile as $$
    select from orders
     where state = 'AT_BOX_OFFICE'
       and exists (select from order_item item
                    where item.order_id = orders.order_id and item.performance_id = p_performance and cancelled_at is null)
     order by order_id for update
$$;

-- Whoever changes the date of a performance without a word to anyone.
create or replace function hold_desk_orders(p_performance uuid) returns void
    language sql volatile as $$
    select hold_at_desk(order_id) from (
        select order_id from orders_with(p_performance) where state = 'AT_BOX_OFFICE' order by order_id) at_desk
$$;

-- Tells the holders of tickets and whoever is about to be one, some at a time in the order of their ids.
create or replace function mail_postponement(p_change performance_change, p_limit integer) returns integer
    language plpgsql as $$
declare
    v_after uuid := coalesce(p_change.counts ->> 'after', '00000000-0000-0000-0000-000000000000')::uuid;
    v_last  uuid;
    v_count integer := 0;
begin
    for v_last in
        select order_id from orders_with(p_change.performance_id)
         where order_id > v_after order by order_id limit p_limit
    loop
        perform hold_at_desk(v_last);
        perform post_mail('performance-postponed', v_last,
                          jsonb_build_object('about', p_change.change_id, 'changeId', p_change.change_id));
        v_count := v_count + 1;
    end loop;
    update performance_change set counts = counts || jsonb_build_object('after', coalesce(v_last, v_after))
     where change_id = p_change.change_id;
    return v_count;
end
$$;
