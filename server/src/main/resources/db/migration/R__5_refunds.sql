-- Tickets that are given back, by their buyer, by staff, or because a performance does not take place.

create or replace function refund_view(p_refund refund) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'refundId', p_refund.refund_id, 'orderId', p_refund.order_id, 'reason', p_refund.reason, 'state', p_refund.state,
        'amount', jsonb_build_object('amount', p_refund.amount, 'currency', p_refund.currency),
        'createdAt', p_refund.created_at, 'endedAt', p_refund.ended_at))
$$;

create or replace function refunds_of(p_order_id uuid, p_cause text default null) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(refund_view(refund) order by created_at, refund_id), '[]')
      from refund where order_id = p_order_id and (p_cause is null or cause = p_cause)
$$;

-- What each item that an order still has is worth: its price less its part of what staff have let off. The parts are rounded on
-- their running sum, so that together they are what was let off, to the cent.
create or replace function item_worths(p_order orders) returns table (item_id uuid, worth bigint)
    language sql stable as $$
    select item_id, amount - coalesce(round(through * share) - round((through - amount) * share), 0)::bigint
      from (select item.item_id, item.amount, sum(item.amount) over (order by item.item_id) as through,
                   sum(item.amount) over () as all_of
              from order_item item where item.order_id = p_order.order_id and item.cancelled_at is null) item,
           lateral (select least(p_order.discount, all_of) / nullif(all_of, 0) as share) proportion
$$;

-- Which items of an order its buyer can give back at this instant, until when, and what is kept of the price. For a postponed
-- performance nothing is kept, until the date that the organiser has set, and nothing for one that is cancelled: whoever asks
-- before its refunds have got to them has the same. A ticket that has let somebody in stays.
create or replace function returnable_items(p_order orders) returns table (item_id uuid, until timestamptz, fee bigint, refund bigint)
    language sql stable as $$
    select item.item_id, terms.until, terms.fee, worth - terms.fee
      from order_item item
      join item_worths(p_order) using (item_id)
      join performance using (performance_id)
      join shop on shop.shop_id = p_order.shop_id,
           lateral (select case performance.state when 'CANCELLED' then performance.starts_at
                                                  when 'POSTPONED' then performance.refund_until end as free_until) change,
           lateral (select case when free_until > clock_timestamp() then free_until
                                else performance.starts_at - shop.refund_seconds_before * interval '1 second' end as until,
                           case when free_until > clock_timestamp() then 0 else least(shop.refund_fee, worth) end
                               as fee) terms
     where item.order_id = p_order.order_id and item.cancelled_at is null and terms.until > clock_timestamp()
       and p_order.state = 'CONFIRMED' and p_order.payment_status <> 'DISPUTED'
       and not exists (select from ticket
                        where ticket.order_id = item.order_id and ticket.item_id = item.item_id and admitted_at is not null)
$$;

create or replace function refund_terms(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order orders;
begin
    select * into v_order from orders
     where order_id = (p ->> 'orderId')::uuid
       and (token_hash = decode(p ->> 'tokenHash', 'hex') or customer_id = (p ->> 'customerId')::uuid);
    if not found then
        return refused('ORDER_NOT_FOUND');
    end if;
    return jsonb_build_object(
        'refunds', refunds_of(v_order.order_id),
        'items', (select coalesce(jsonb_agg(jsonb_build_object(
                             'itemId', item_id, 'until', until,
                             'fee', jsonb_build_object('amount', fee, 'currency', v_order.currency),
                             'refund', jsonb_build_object('amount', refund, 'currency', v_order.currency))), '[]')
                    from returnable_items(v_order)));
end
$$;

-- The items that a command names, or all that are left; null when one of them is not there any more.
create or replace function items_named(p jsonb, p_order_id uuid) returns uuid[]
    language sql stable as $$
    select case when not p ? 'itemIds' or count(*) = jsonb_array_length(p -> 'itemIds') then array_agg(item_id) end
      from order_item
     where order_id = p_order_id and cancelled_at is null
       and (not p ? 'itemIds' or p -> 'itemIds' ? item_id::text)
$$;

-- By the buyer, within the shop's terms.
create or replace function return_tickets(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  orders := lock_order(p);
    v_answer jsonb;
    v_items  uuid[];
    v_terms  record;
begin
    if v_order.order_id is null then
        return refused('ORDER_NOT_FOUND');
    end if;
    v_answer := earlier_answer(p);
    if v_answer is not null then
        return v_answer;
    end if;
    if v_order.state <> 'CONFIRMED' or v_order.payment_status = 'DISPUTED' then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    v_items := items_named(p, v_order.order_id);
    if v_items is null then
        return refused('ITEM_NOT_FOUND');
    end if;
    -- A gate may be admitting one of them just now.
    perform from ticket where order_id = v_order.order_id order by ticket_id for update;
    select count(*) as allowed, sum(fee)::bigint as fee into v_terms from returnable_items(v_order) where item_id = any (v_items);
    if v_terms.allowed < cardinality(v_items) then
        return refused('REFUND_NOT_ALLOWED');
    end if;
    perform give_back(v_order, v_items, v_terms.fee, return_reason(v_items, v_order.order_id), p ->> 'cause', 'buyer');
    -- What was to be paid on account and never was brings no refund.
    if v_order.payment_status = 'UNPAID' then
        perform note_late_cancellation(v_order, v_items);
    end if;
    return remember_answer(p, refund_result(v_order.order_id, p ->> 'cause'));
end
$$;

-- Only what the buyer wanted for its own sake counts as their wish.
create or replace function return_reason(p_items uuid[], p_order_id uuid) returns text
    language sql stable as $$
    select case when bool_and(performance.state = 'CANCELLED') then 'PERFORMANCE_CANCELLED'
                when bool_and(performance.state <> 'SCHEDULED') then 'PERFORMANCE_POSTPONED'
                else 'BUYER_REQUEST' end
      from order_item join performance using (performance_id)
     where order_id = p_order_id and item_id = any (p_items)
$$;

-- By staff, whatever the terms: tickets, or only money.
create or replace function refund_order(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  orders;
    v_answer jsonb;
    v_items  uuid[];
begin
    select * into v_order from orders where order_id = (p ->> 'orderId')::uuid for update;
    if not found then
        return refused('ORDER_NOT_FOUND');
    end if;
    v_answer := earlier_answer(p);
    if v_answer is not null then
        return v_answer;
    end if;
    if v_order.state <> 'CONFIRMED' or v_order.payment_status = 'DISPUTED' then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    if coalesce(p ->> 'currency', v_order.currency) <> v_order.currency then
        return refused('REFUND_TOO_HIGH');
    end if;
    if p ? 'amount' then
        if (p ->> 'amount')::bigint > least(balance_of(v_order.order_id), v_order.total) then
            return refused('REFUND_TOO_HIGH');
        end if;
        perform give_discount(v_order, (p ->> 'amount')::bigint, p);
    else
        v_items := items_named(p, v_order.order_id);
        if v_items is null then
            return refused('ITEM_NOT_FOUND');
        end if;
        if (p ->> 'fee')::bigint > (select sum(worth) from item_worths(v_order) where item_id = any (v_items)) then
            return refused('REFUND_TOO_HIGH');
        end if;
        perform give_back(v_order, v_items, coalesce((p ->> 'fee')::bigint, 0), p ->> 'reason', p ->> 'cause', p ->> 'by',
                          p ->> 'note');
    end if;
    perform audit(p ->> 'by', 'order.refund', v_order.order_id::text, p - 'by' - 'repeat' - 'orderId');
    return remember_answer(p, refund_result(v_order.order_id, p ->> 'cause'));
end
$$;

create or replace function refund_result(p_order_id uuid, p_cause text) returns jsonb
    language sql stable as $$
    select jsonb_build_object('order', order_view(p_order_id), 'refunds', refunds_of(p_order_id, p_cause))
$$;

-- The tickets stay, the order costs less.
create or replace function give_discount(p_order orders, p_amount bigint, p jsonb) returns void
    language plpgsql as $$
begin
    update orders set total = total - p_amount, discount = discount + p_amount, purchase_version = purchase_version + 1
     where order_id = p_order.order_id;
    perform correct_invoice(p_order.order_id, p_amount, p ->> 'cause');
    perform refund_money(p_order, p_amount, p ->> 'reason', p ->> 'cause', p ->> 'by', null, p ->> 'note');
    perform note_event('order.refunded', p_order.order_id);
end
$$;

-- Takes items of a locked, confirmed order back: their tickets are void, their places free, and what was paid for them, less
-- what is kept, goes back. The order ends with its last item.
create or replace function give_back(
    p_order orders, p_items uuid[], p_kept bigint, p_reason text, p_cause text, p_by text, p_note text default '')
    returns void
    language plpgsql as $$
declare
    v_order  orders;
    v_back   bigint;
    v_amount bigint;
    v_worth  bigint;
begin
    perform lock_credit(p_order);
    select sum(amount), sum(worth) into v_amount, v_worth
      from item_worths(p_order) join order_item item using (item_id)
     where item.order_id = p_order.order_id and item_id = any (p_items);
    perform free_items(p_order.order_id, p_items);
    perform revoke_tickets(p_order.order_id, case when p_reason = 'PERFORMANCE_CANCELLED' then 'CANCELLED' else 'REFUNDED' end,
                           p_items);
    update orders
       -- Staff may have let off more than the items cost: fees that were kept as well.
       set total = least(total, greatest(total - v_worth, 0) + p_kept),
           discount = greatest(discount - (v_amount - v_worth), 0),
           purchase_version = purchase_version + 1,
           state = case when exists (select from order_item where order_id = p_order.order_id and cancelled_at is null)
                        then state
                        when balance_of(p_order.order_id) > 0 then 'REFUNDED'
                        else 'CANCELLED' end
     where order_id = p_order.order_id
    returning * into v_order;
    perform correct_invoice(p_order.order_id, p_order.total - v_order.total, p_cause, p_items);
    v_back := balance_of(p_order.order_id) - v_order.total;
    if v_back > 0 then
        perform refund_money(v_order, v_back, p_reason, p_cause, p_by, null, p_note);
    elsif not by_change(p_cause) then
        perform post_mail('order-cancelled', p_order.order_id, jsonb_build_object('about', p_cause));
    end if;
    perform release_credit(p_order.order_id, 'RETURNED');
    perform restore_paid(p_order.order_id);
    perform touch_order(p_order.order_id);
    perform note_event(case v_order.state when 'CANCELLED' then 'order.cancelled' else 'order.refunded' end, p_order.order_id);
end
$$;

-- Gives places of an order back to everybody; locked in everybody's order.
create or replace function free_items(p_order_id uuid, p_items uuid[]) returns void
    language plpgsql as $$
begin
    perform from place join order_item item using (performance_id, place_no)
      where item.order_id = p_order_id and item.item_id = any (p_items)
      order by performance_id, place_no for update of place;
    update place set holder = null, held_until = '-infinity', fence = fence + 1
      from order_item item
     where item.order_id = p_order_id and item.item_id = any (p_items) and item.cancelled_at is null
       and item.performance_id = place.performance_id and item.place_no = place.place_no and place.holder = p_order_id;
    update order_item set cancelled_at = clock_timestamp() where order_id = p_order_id and item_id = any (p_items);
end
$$;

-- Somebody has handed the money over.
create or replace function confirm_refund(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_refund refund;
begin
    select * into v_refund from refund where refund_id = (p ->> 'refundId')::uuid for update;
    if not found then
        return refused('REFUND_NOT_FOUND');
    end if;
    if v_refund.state = 'PENDING' then
        return refused('REFUND_IN_PROGRESS');
    end if;
    update refund
       set state = 'SUCCEEDED', ended_at = clock_timestamp(), handed_by = p ->> 'by',
           note = concat_ws(E'\n', nullif(note, ''), format('%s: %s', p ->> 'by', p ->> 'note'))
     where refund_id = v_refund.refund_id and state = 'BY_HAND';
    if found then
        perform audit(p ->> 'by', 'refund.confirm', v_refund.refund_id::text,
                      jsonb_build_object('orderId', v_refund.order_id, 'note', p -> 'note'));
    end if;
    select * into v_refund from refund where refund_id = v_refund.refund_id;
    return jsonb_build_object('refund', refund_view(v_refund));
end
$$;
