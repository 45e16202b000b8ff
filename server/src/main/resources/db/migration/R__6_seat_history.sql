-- Who has held a seat, and why it is not free.

-- Whether a clerk has made this order of this cart.
create or replace function taken_over(p_cart_id uuid, p_order_id uuid) returns boolean
    language sql stable as $$
    select exists (select from hijack where cart_id = p_cart_id and order_id = p_order_id)
           or exists (select from desk where cart_id = p_cart_id and order_id = p_order_id)
$$;

-- Why a holder had to let a place go before its time, and to whom; null: nobody.
create or replace function hold_end(p_place place, p_from uuid, p_to uuid, p_returned boolean) returns text
    language sql stable as $$
    select case
        when exists (select from cart where cart_id = p_from) then case
            when p_to is not null then case when taken_over(p_from, p_to) then 'TAKEN_OVER' else 'ORDERED' end
            -- Who takes it again later had taken it out, and so had who has ended without it.
            when p_returned or not exists (select from cart_item
                                            where cart_id = p_from and performance_id = p_place.performance_id
                                              and place_no = p_place.place_no) then 'REMOVED'
            else 'CLOSED' end
        when p_to is not null then case when taken_over(p_to, p_from) then 'HANDED_BACK' else 'RELEASED' end
        else coalesce(
            (select case when orders.state in ('CANCELLED', 'EXPIRED') then orders.state
                         when orders.state in ('CONFIRMED', 'REFUNDED') then 'REFUNDED'
                         else 'REMOVED' end
               from orders join order_item using (order_id)
              where order_id = p_from and performance_id = p_place.performance_id and place_no = p_place.place_no),
            'REMOVED') end
$$;

-- What a seat map shows, why, and until when. Partners are told why only of what they have sold.
create or replace function seat_now(p_place place, p_client_id text) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'state', case when p_place.held_until = 'infinity' then 'SOLD' when held then 'HELD' else 'AVAILABLE' end,
        'reason', case
            when held and (p_client_id is null or orders.client_id = p_client_id)
                then case when orders.order_id is null then 'IN_CART'
                          when orders.state in ('AT_BOX_OFFICE', 'RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW') then orders.state
                          else 'SOLD' end
            when performance.state = 'CANCELLED' then 'PERFORMANCE_CANCELLED'
            when clock_timestamp() not between performance.sales_start and performance.sales_end then 'NOT_ON_SALE' end,
        'heldUntil', case when held and p_place.held_until < 'infinity'
                               and (p_client_id is null or orders.client_id = p_client_id) then p_place.held_until end))
      from (select coalesce(p_place.held_until > clock_timestamp(), false) as held) hold
      join performance on performance.performance_id = p_place.performance_id
      left join orders on orders.order_id = p_place.holder
$$;

-- Who has held a place, since when, and what came next; the newest first. Partners see what they have sold.
create or replace function place_holds(p_place place, p jsonb)
    returns table (fence bigint, holder uuid, at timestamptz, next_at timestamptz, next_holder uuid, until timestamptz,
                   returned boolean)
    language sql volatile as $$
    select change.fence, change.holder, change.at, change.next_at, change.next_holder,
           least(change.next_at, change.hold_until), change.returned
      from (select place_change.*, lead(place_change.at) over following as next_at,
                   lead(place_change.holder) over following as next_holder,
                   coalesce(lead(former_until) over following, p_place.held_until) as hold_until,
                   count(*) over (partition by place_change.holder order by place_change.fence, place_change.at
                                  rows between 1 following and unbounded following) > 0 as returned
              from place_change
             where performance_id = p_place.performance_id and place_no = p_place.place_no
            window following as (order by place_change.fence, place_change.at)) change
     where change.holder is not null
       and (not p ? 'beforeAt' or (change.at, change.fence) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeFence')::bigint))
       and (not p ? 'clientId' or exists (select from orders where order_id = change.holder and client_id = p ->> 'clientId'))
     order by change.at desc, change.fence desc
     limit (p ->> 'limit')::integer + 1
$$;

-- One more hold than the page has, if there is one more. What a partner may not sell is not there for it.
create or replace function seat_history(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_place place;
begin
    if p ? 'clientId' and not allotted(p ->> 'clientId', (p ->> 'performanceId')::uuid) then
        return refused('PERFORMANCE_NOT_FOUND');
    end if;
    select * into v_place from place
     where performance_id = (p ->> 'performanceId')::uuid and seat_id = p ->> 'seatId';
    if not found then
        return refused(case when exists (select from performance where performance_id = (p ->> 'performanceId')::uuid)
                            then 'SEAT_NOT_FOUND' else 'PERFORMANCE_NOT_FOUND' end);
    end if;
    return jsonb_build_object(
        'now', seat_now(v_place, p ->> 'clientId'),
        'holds', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                             'fence', hold.fence, 'kind', case when orders.order_id is null then 'CART' else 'ORDER' end,
                             'cartId', cart.cart_id, 'pickupCode', cart.pickup_code,
                             'orderId', orders.order_id, 'orderNumber', orders.order_number::text,
                             'buyerName', coalesce(orders.buyer, cart.buyer) ->> 'name',
                             'from', hold.at, 'until', case when hold.until < 'infinity' then hold.until end,
                             'end', case
                                 when hold.until <= least(hold.next_at, clock_timestamp()) and hold.until is distinct from hold.next_at
                                     then 'EXPIRED'
                                 when hold.next_at is not null
                                     then hold_end(v_place, hold.holder, hold.next_holder, hold.returned) end))
                             order by hold.at desc, hold.fence desc), '[]')
                    from place_holds(v_place, p) hold
                    left join orders on orders.order_id = hold.holder
                    left join cart on cart.cart_id = hold.holder));
end
$$;
