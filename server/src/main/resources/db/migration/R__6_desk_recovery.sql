-- Having back what has run out: the same seats if nobody has taken them, or it is said which are gone.

-- The places of what has run out, locked in everybody's order, that somebody else has taken.
create or replace function seats_gone(p_items jsonb, p_holder uuid) returns jsonb
    language sql volatile as $$
    select jsonb_agg(seat_id order by performance_id, place_no)
      from (select * from place
             where holder = p_holder
                or seat_id is not null
                   and (performance_id, place_no) in (
                       select performance_id, place_no
                         from jsonb_to_recordset(p_items) as item (performance_id uuid, place_no integer))
             order by performance_id, place_no for update) locked
     where held_until > clock_timestamp() and holder is distinct from p_holder
$$;

-- What has run out has its name on its places until somebody takes them. Of general admission it gets others: the name goes, or
-- it would hold them as well.
create or replace function leave_places(p_holder uuid) returns void
    language sql volatile as $$
    update place set holder = null, held_until = '-infinity', fence = fence + 1 where holder = p_holder
$$;

-- Why what has run out cannot be had back at all; null when its seats decide. Partners have back what they have sold, whoever it
-- is for: blocks are looked at when it is to become binding.
create or replace function recovery_refusal(p jsonb, p_items jsonb, p_shop_id text, p_keys bytea[]) returns jsonb
    language sql volatile as $$
    select case
        when p_items is null then refused('ORDER_EMPTY')
        when exists (
            select from jsonb_to_recordset(p_items) as item (performance_id uuid)
              join performance using (performance_id), shop
             where shop_id = p_shop_id
               and (performance.state = 'CANCELLED'
                    or clock_timestamp() not between sales_start and sales_end(performance, desk_sales_seconds)
                    or by_partner(p) and not allotted(p -> 'actor' ->> 'client', performance_id)))
            then refused('NOT_ON_SALE')
        when not by_partner(p) and blacklisted(p_keys) and coalesce(p ->> 'reason', '') = ''
            then refused('REASON_REQUIRED')
    end
$$;

-- Nobody changes or cancels a performance beside an order that is being made for it.
create or replace function keep_performances(p_items jsonb) returns void
    language sql volatile as $$
    select from performance
     where performance_id in (select performance_id from jsonb_to_recordset(p_items) as item (performance_id uuid))
     order by performance_id for key share
$$;

-- Takes the same seats, and as many of each general-admission category as there were: which places, item by item. Null places:
-- what is missing stands in the refusal, and nothing was taken.
create or replace function take_again(p_items jsonb, p_holder uuid, out refusal jsonb, out items jsonb)
    language plpgsql as $$
declare
    v_gone  jsonb := seats_gone(p_items, p_holder);
    v_group record;
    v_found integer[];
begin
    if v_gone is not null then
        refusal := refused('SEATS_TAKEN', jsonb_build_object('seatIds', v_gone));
        return;
    end if;
    select coalesce(jsonb_agg(to_jsonb(item)), '[]') into items
      from jsonb_to_recordset(p_items) as item (item_id uuid, performance_id uuid, place_no integer, price_type text)
      join place using (performance_id, place_no)
     where place.seat_id is not null;
    for v_group in
        select item.performance_id, place.category, array_agg(item.item_id) as ids, array_agg(item.price_type) as types
          from jsonb_to_recordset(p_items) as item (item_id uuid, performance_id uuid, place_no integer, price_type text)
          join place using (performance_id, place_no)
         where place.seat_id is null
         group by item.performance_id, place.category order by 1, 2
    loop
        v_found := lock_best_places(v_group.performance_id, v_group.category, cardinality(v_group.ids));
        if v_found is null or v_found = '{}' then
            refusal := refused(case when v_found is null then 'NOT_ENOUGH_SEATS' else 'UNAVAILABLE' end);
            return;
        end if;
        select items || jsonb_agg(jsonb_build_object('item_id', v_group.ids[i], 'performance_id', v_group.performance_id,
                                                     'place_no', v_found[i], 'price_type', v_group.types[i]))
          into items from generate_subscripts(v_found, 1) i;
    end loop;
end
$$;

-- Puts places on an order as they were, at today's prices: what was promised has run out.
create or replace function put_again(p_order orders, p_items jsonb) returns void
    language sql volatile as $$
    update place set holder = p_order.order_id, held_until = p_order.held_until, fence = fence + 1
      from jsonb_to_recordset(p_items) as item (performance_id uuid, place_no integer)
     where place.performance_id = item.performance_id and place.place_no = item.place_no;
    delete from order_item where order_id = p_order.order_id;
    insert into order_item (item_id, order_id, performance_id, place_no, price_type, amount)
    select item.item_id, p_order.order_id, item.performance_id, item.place_no, price.price_type, price.amount
      from jsonb_to_recordset(p_items) as item (item_id uuid, performance_id uuid, place_no integer, price_type text)
      join place using (performance_id, place_no),
           lateral (select price_type, amount from price
                     where price.performance_id = place.performance_id and price.category = place.category
                     order by price.price_type = item.price_type desc, ordinal limit 1) price
$$;

-- For own staff. A partner would learn from it whether a cart that it finds closed was closed for it alone.
create or replace function recover_cart(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_cart    cart;
    v_items   jsonb;
    v_keys    bytea[];
    v_again   record;
    v_order   orders;
    v_refusal jsonb;
begin
    select * into v_cart from cart where cart_id = (p ->> 'cartId')::uuid for update;
    if not found then
        return refused('CART_NOT_FOUND');
    end if;
    v_keys := purchase_keys(v_cart, null);
    select jsonb_agg(to_jsonb(cart_item) order by performance_id, place_no) into v_items
      from cart_item where cart_id = v_cart.cart_id;
    v_refusal := coalesce(earlier_answer(p), cart_recovery_refusal(p, v_cart));
    if v_refusal is not null then
        return v_refusal;
    end if;
    perform lock_person(v_keys);
    perform keep_performances(v_items);
    v_refusal := recovery_refusal(p, v_items, v_cart.shop_id, v_keys);
    if v_refusal is not null then
        return v_refusal;
    end if;
    perform from credit_account where customer_id = v_cart.customer_id for update;
    v_again := take_again(v_items, v_cart.cart_id);
    if v_again.refusal is not null then
        return v_again.refusal;
    end if;
    perform leave_places(v_cart.cart_id);
    update cart set state = 'HIJACKED', version = version + 1 where cart_id = v_cart.cart_id;
    perform note_carts(array[v_cart.cart_id], 'HIJACKED');
    v_order := new_desk_order(p, v_cart);
    perform put_again(v_order, v_again.items);
    -- Whoever is blocked does not get it back by itself when the clerk's time is up.
    perform give_to_clerk(p, v_order, null, case when not blacklisted(v_keys) then v_cart.cart_id end);
    perform content_changed(v_order, 0);
    perform note_override(p, v_order.order_id);
    return desk_answer(p, v_order, 'cart.recover', jsonb_build_object('cartId', v_cart.cart_id, 'reason', p ->> 'reason'));
end
$$;

create or replace function cart_recovery_refusal(p jsonb, p_cart cart) returns jsonb
    language sql volatile as $$
    select case
        when p_cart.state in ('HIJACKED', 'CHECKED_OUT') then cart_hijack_refusal(p, p_cart)
        when outside_state(p_cart) = 'OPEN' then refused('CART_OPEN')
    end
$$;

create or replace function recover_order(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order   orders := lock_desk_order(p);
    v_items   jsonb;
    v_keys    bytea[];
    v_again   record;
    v_refusal jsonb;
begin
    if v_order.order_id is null then
        return refused('ORDER_NOT_FOUND');
    end if;
    v_refusal := earlier_answer(p);
    if v_refusal is not null then
        return v_refusal;
    end if;
    v_keys := purchase_keys(null, v_order);
    perform lock_person(v_keys);
    perform lock_credit(v_order);
    -- What has run out has ended, whether or not anything has swept it.
    if v_order.state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW') and v_order.held_until <= clock_timestamp() then
        perform expire_order(v_order, p ->> 'caseNumber');
        select * into v_order from orders where order_id = v_order.order_id;
    end if;
    if v_order.state <> 'EXPIRED' then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    select jsonb_agg(to_jsonb(order_item) order by performance_id, place_no) into v_items
      from order_item where order_id = v_order.order_id and cancelled_at is null;
    perform keep_performances(v_items);
    v_refusal := recovery_refusal(p, v_items, v_order.shop_id, v_keys);
    if v_refusal is not null then
        return v_refusal;
    end if;
    v_again := take_again(v_items, v_order.order_id);
    if v_again.refusal is not null then
        return v_again.refusal;
    end if;
    perform leave_places(v_order.order_id);
    update orders set state = 'AT_BOX_OFFICE', pay_until = null, held_until = desk_hold(order_id)
     where order_id = v_order.order_id
    returning * into v_order;
    perform put_again(v_order, v_again.items);
    perform give_to_clerk(p, v_order, null, null);
    perform content_changed(v_order, 0);
    perform note_override(p, v_order.order_id);
    return desk_answer(p, v_order, 'order.recover', jsonb_build_object('reason', p ->> 'reason'));
end
$$;
