-- Carts: what buyers do with them. Every function locks the cart first and places after it.

create or replace function item_view(
    p_item_id uuid, p_place place, p_category_name text, p_price_type text, p_amount bigint, p_currency text) returns jsonb
    language sql immutable as $$
    select jsonb_build_object(
               'itemId', p_item_id, 'performanceId', p_place.performance_id, 'category', p_place.category,
               'categoryName', p_category_name, 'priceType', p_price_type,
               'price', jsonb_build_object('amount', p_amount, 'currency', p_currency))
           || case when p_place.seat_id is null then '{}'::jsonb else jsonb_build_object(
               'seat', jsonb_build_object('seatId', p_place.seat_id, 'section', p_place.section,
                                          'row', p_place.row_label, 'number', p_place.seat_number)) end
$$;

create or replace function items_view(p_cart_id uuid) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(item_view(item.item_id, place, category.name, item.price_type, item.amount,
                                        performance.currency)
                              order by performance.starts_at, item.performance_id, item.place_no), '[]')
      from cart_item item
      join place using (performance_id, place_no)
      join performance_category category on category.performance_id = place.performance_id
                                        and category.category = place.category
      join performance on performance.performance_id = place.performance_id
     where item.cart_id = p_cart_id
$$;

-- What the outside is told of a cart's state: one whose time has passed is CLOSED, swept or not.
create or replace function outside_state(p_cart cart) returns text
    language sql volatile as $$
    select case when p_cart.state = 'OPEN' and p_cart.expires_at <= clock_timestamp() then 'CLOSED' else p_cart.state end
$$;

-- The cart as the outside sees it; only an open one shows items.
create or replace function cart_view(p_cart_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
               'cartId', cart.cart_id, 'shopId', cart.shop_id, 'state', outside.state, 'version', cart.version,
               'pickupCode', cart.pickup_code, 'expiresAt', cart.expires_at, 'buyer', cart.buyer,
               'items', case when outside.state = 'OPEN' then items_view(cart.cart_id) else '[]'::jsonb end)
      from cart,
           lateral (select outside_state(cart) as state) outside
     where cart.cart_id = p_cart_id
$$;

-- Locks the cart that the command names, if its token is right; otherwise a row of nulls.
create or replace function lock_cart(p jsonb) returns cart
    language sql volatile as $$
    select * from cart
     where cart_id = (p ->> 'cartId')::uuid and token_hash = decode(p ->> 'tokenHash', 'hex')
       for update
$$;

-- Why the buyer may not change this cart; null when they may.
create or replace function cart_refusal(p_cart cart, p_version text) returns jsonb
    language sql volatile as $$
    select case
        when p_cart.state = 'HIJACKED' then refused('CART_HIJACKED')
        when p_cart.state = 'CHECKED_OUT' then refused('CART_CHECKED_OUT')
        when p_version is not null and p_cart.version <> p_version::bigint
            then refused('CART_CHANGED', jsonb_build_object('cart', cart_view(p_cart.cart_id)))
        when p_cart.state = 'CLOSED' or p_cart.expires_at <= clock_timestamp() then refused('CART_CLOSED')
    end
$$;

-- Locks the cart that a command names and says why the command cannot be carried out, or what it has answered before; null
-- when it can. Some commands also take a closed cart.
create or replace function take_cart(p jsonb, p_closed_too boolean, out cart cart, out refusal jsonb)
    language plpgsql as $$
begin
    cart := lock_cart(p);
    if cart.cart_id is null then
        refusal := refused('CART_NOT_FOUND');
        return;
    end if;
    refusal := coalesce(earlier_answer(p), cart_refusal(cart, p ->> 'version'));
    if p_closed_too and refusal ->> 'refused' = 'CART_CLOSED' then
        refusal := null;
    end if;
end
$$;

-- Gives locked places to a cart and prices them; all holds of the cart end together.
create or replace function assign_places(
    p_cart_id uuid, p_performance uuid, p_places integer[], p_price_type text, p_until timestamptz) returns void
    language plpgsql as $$
begin
    update place set holder = p_cart_id, held_until = p_until, fence = fence + 1
     where performance_id = p_performance and place_no = any (p_places);
    update place set held_until = p_until
     where holder = p_cart_id and held_until <> p_until;
    insert into cart_item (cart_id, performance_id, place_no, price_type, amount)
    select p_cart_id, p_performance, place.place_no, price.price_type, price.amount
      from place,
           lateral (select price_type, amount from price
                     where price.performance_id = place.performance_id and price.category = place.category
                       and (p_price_type is null or price.price_type = p_price_type)
                     order by ordinal limit 1) price
     where place.performance_id = p_performance and place.place_no = any (p_places)
     order by place.place_no;
end
$$;

create or replace function create_cart(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_answer      jsonb := earlier_answer(p);
    v_cart        uuid := (p ->> 'cartId')::uuid;
    v_shop        shop;
    v_performance uuid;
    v_places      integer[];
    v_now         timestamptz;
    v_until       timestamptz;
begin
    if v_answer is not null then
        return v_answer;
    end if;
    select * into v_shop from shop where shop_id = p ->> 'shopId';
    if not found then
        return refused('SHOP_NOT_FOUND');
    end if;
    -- A token outlives its account for a few minutes.
    if p ? 'customerId' and not customer_stands((p ->> 'customerId')::uuid) then
        return refused('UNAUTHORIZED');
    end if;
    if p ? 'selection' then
        select refusal, performance, places into v_answer, v_performance, v_places
          from choose_places(p -> 'selection', v_shop.max_seats);
        if v_answer is not null then
            return v_answer;
        end if;
    end if;
    v_now := clock_timestamp();
    v_until := v_now + v_shop.hold_seconds * interval '1 second';
    insert into cart (cart_id, shop_id, customer_id, token_hash, pickup_code, buyer, buyer_match_key, item_count,
                      first_hold_at, expires_at)
    values (v_cart, v_shop.shop_id, (p ->> 'customerId')::uuid, decode(p ->> 'tokenHash', 'hex'), p ->> 'pickupCode',
            p -> 'buyer', decode(p ->> 'matchKey', 'hex'), coalesce(cardinality(v_places), 0),
            case when v_places is not null then v_now end, v_until);
    if v_places is not null then
        perform assign_places(v_cart, v_performance, v_places, p -> 'selection' ->> 'priceType', v_until);
    end if;
    return remember_answer(p, jsonb_build_object('cart', cart_view(v_cart)));
end
$$;

-- Holds more. Only a success extends, and never beyond the cap counted from the first hold.
create or replace function add_items(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken  record := take_cart(p, false);
    v_cart   cart := v_taken.cart;
    v_shop   shop;
    v_choice record;
    v_until  timestamptz;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    select * into v_shop from shop where shop_id = v_cart.shop_id;
    select * into v_choice from choose_places(p -> 'selection', v_shop.max_seats - v_cart.item_count);
    if v_choice.refusal is not null then
        return v_choice.refusal;
    end if;
    if v_cart.expires_at <= clock_timestamp() then
        return refused('CART_CLOSED');
    end if;
    v_until := case when v_cart.first_hold_at is null
                    then clock_timestamp() + v_shop.hold_seconds * interval '1 second'
                    else least(v_cart.expires_at + v_shop.extension_seconds * interval '1 second',
                               v_cart.first_hold_at + v_shop.hold_cap_seconds * interval '1 second') end;
    update cart
       set version = version + 1, item_count = item_count + cardinality(v_choice.places),
           first_hold_at = coalesce(first_hold_at, clock_timestamp()), expires_at = greatest(expires_at, v_until)
     where cart_id = v_cart.cart_id
    returning expires_at into v_until;
    perform assign_places(v_cart.cart_id, v_choice.performance, v_choice.places, p -> 'selection' ->> 'priceType', v_until);
    return remember_answer(p, jsonb_build_object('cart', cart_view(v_cart.cart_id)));
end
$$;

create or replace function change_item(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_cart(p, false);
    v_cart  cart := v_taken.cart;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if not exists (select from cart_item where cart_id = v_cart.cart_id and item_id = (p ->> 'itemId')::uuid) then
        return refused('ITEM_NOT_FOUND');
    end if;
    update cart_item item set price_type = price.price_type, amount = price.amount
      from place, price
     where item.cart_id = v_cart.cart_id and item.item_id = (p ->> 'itemId')::uuid
       and place.performance_id = item.performance_id and place.place_no = item.place_no
       and price.performance_id = place.performance_id and price.category = place.category
       and price.price_type = p ->> 'priceType';
    if not found then
        return refused('UNKNOWN_PRICE_TYPE');
    end if;
    update cart set version = version + 1 where cart_id = v_cart.cart_id;
    return jsonb_build_object('cart', cart_view(v_cart.cart_id));
end
$$;

-- Takes an item out: always allowed while the cart is the buyer's, also after its time. Only a place that this cart still
-- holds is freed.
create or replace function remove_item(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_cart(p, true);
    v_cart  cart := v_taken.cart;
    v_item  cart_item;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    delete from cart_item where cart_id = v_cart.cart_id and item_id = (p ->> 'itemId')::uuid returning * into v_item;
    if not found then
        return refused('ITEM_NOT_FOUND');
    end if;
    update place set holder = null, held_until = '-infinity', fence = fence + 1
     where performance_id = v_item.performance_id and place_no = v_item.place_no and holder = v_cart.cart_id;
    update cart set version = version + 1, item_count = item_count - 1 where cart_id = v_cart.cart_id;
    return jsonb_build_object('cart', cart_view(v_cart.cart_id));
end
$$;

create or replace function set_buyer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_cart(p, false);
    v_cart  cart := v_taken.cart;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    update cart set buyer = p -> 'buyer', buyer_match_key = decode(p ->> 'matchKey', 'hex'), version = version + 1 where cart_id = v_cart.cart_id;
    return jsonb_build_object('cart', cart_view(v_cart.cart_id));
end
$$;

-- Closes a cart and frees what it still holds. Closing changes nothing else that can be seen, whatever the reason.
create or replace function close_cart(p_cart_id uuid) returns void
    language plpgsql as $$
begin
    update cart set state = 'CLOSED' where cart_id = p_cart_id and state = 'OPEN';
    if found then
        perform note_carts(array[p_cart_id], 'CLOSED');
    end if;
    -- Others may be taking over what has run out: the same order as theirs.
    perform from place where holder = p_cart_id order by performance_id, place_no for update;
    update place set holder = null, held_until = '-infinity', fence = fence + 1 where holder = p_cart_id;
end
$$;

create or replace function abandon_cart(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_cart(p, true);
    v_cart  cart := v_taken.cart;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    perform close_cart(v_cart.cart_id);
    return jsonb_build_object('cart', cart_view(v_cart.cart_id));
end
$$;

-- Tidies carts whose time has passed; their places are free without it. Several replicas may run it at once.
create or replace function sweep_carts(p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_carts uuid[];
begin
    with due as (
        select cart_id from cart
         where state = 'OPEN' and expires_at <= clock_timestamp()
         order by expires_at limit p_limit
           for update skip locked
    ), closed as (
        update cart set state = 'CLOSED' from due where cart.cart_id = due.cart_id returning cart.cart_id
    )
    select array_agg(cart_id) into v_carts from closed;
    perform note_carts(v_carts, 'CLOSED');
    perform note_lapse(v_carts);
    return coalesce(cardinality(v_carts), 0);
end
$$;
