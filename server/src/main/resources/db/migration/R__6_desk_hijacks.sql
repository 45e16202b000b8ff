-- Taking a purchase over: a warning first, then everything in one transaction. The purchase's row is the lock: of customer,
-- clerks, sweepers and provider exactly one is first, and the others see what has become of it.

-- Every key that whoever made this purchase is known by.
create or replace function purchase_keys(p_cart cart, p_order orders) returns bytea[]
    language sql volatile as $$
    select coalesce(person_keys(coalesce(p_order.match_key, p_cart.buyer_match_key),
                                coalesce(p_order.customer_id, p_cart.customer_id)), '{}')
$$;

-- Whether the clerk must say why: there is a case about the order, or a notice about its buyer that own staff can read.
create or replace function reason_required(p jsonb, p_cart cart, p_order orders) returns boolean
    language sql volatile as $$
    select coalesce(p_order.state = 'UNDER_REVIEW', false)
           or not by_partner(p) and blacklisted(purchase_keys(p_cart, p_order))
$$;

-- A partner reaches what is allotted to it and nothing else.
create or replace function beyond_allotment(p jsonb, p_cart_id uuid) returns boolean
    language sql volatile as $$
    select by_partner(p) and exists (
        select from cart_item where cart_id = p_cart_id and not allotted(p -> 'actor' ->> 'client', performance_id))
$$;

create or replace function hijack_view(p jsonb, p_hijack hijack) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'hijackId', p_hijack.hijack_id,
               'state', case when lapsed then 'LAPSED' else p_hijack.state end,
               'kind', case when p_hijack.cart_id is not null then 'CART' else 'ORDER' end,
               'clerk', p_hijack.clerk, 'createdAt', p_hijack.created_at, 'warnedUntil', p_hijack.warned_until,
               'confirmedAt', p_hijack.confirmed_at, 'endedAt', p_hijack.ended_at,
               'version', coalesce(orders.version, cart.version),
               'reasonRequired', warned and reason_required(p, cart, orders),
               'cart', case when warned and p_hijack.cart_id is not null and not beyond_allotment(p, p_hijack.cart_id)
                            then cart_view(p_hijack.cart_id) end,
               'order', case when p_hijack.order_id is not null then desk_view(p, p_hijack.order_id) end))
      from (select p_hijack.state = 'WARNED' and p_hijack.warned_until <= clock_timestamp() as lapsed,
                   p_hijack.state = 'WARNED' and p_hijack.warned_until > clock_timestamp() as warned) word
      left join cart on cart.cart_id = p_hijack.cart_id
      left join orders on orders.order_id = p_hijack.order_id
$$;

-- A warning tells own staff whether there is something to know about its buyer: reading it is entered.
create or replace function find_hijack(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_hijack hijack;
begin
    select * into v_hijack from hijack where hijack_id = (p ->> 'hijackId')::uuid and seen_by(p, client_id);
    if not found then
        return refused('HIJACK_NOT_FOUND');
    end if;
    if not by_partner(p) and v_hijack.state = 'WARNED' then
        perform audit(p -> 'actor' ->> 'name', 'hijack.read', v_hijack.hijack_id::text);
    end if;
    return jsonb_build_object('hijack', hijack_view(p, v_hijack));
end
$$;

-- Why a clerk of one's own must say why: the case that is open about a purchase, and the blocks on its buyer.
create or replace function purchase_notice(p_cart cart, p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'caseNumber', order_view(p_order.order_id) -> 'caseNumber',
        'blocks', (select coalesce(jsonb_agg(blacklist_entry_view(entry) order by created_at desc), '[]')
                     from active_blocks(purchase_keys(p_cart, p_order)) entry)))
$$;

-- What own staff should know before they go on: why they must say why. Reading it is entered.
create or replace function hijack_notice(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_hijack hijack;
begin
    select * into v_hijack from hijack where hijack_id = (p ->> 'hijackId')::uuid and seen_by(p, client_id);
    if not found then
        return refused('HIJACK_NOT_FOUND');
    end if;
    perform audit(p -> 'actor' ->> 'name', 'hijack.read-notice', v_hijack.hijack_id::text);
    return jsonb_build_object('notice', jsonb_build_object('hijackId', v_hijack.hijack_id) || purchase_notice(
        (select cart from cart where cart_id = v_hijack.cart_id),
        (select orders from orders where order_id = v_hijack.order_id)));
end
$$;

-- The same before what has run out is had back, when there is no hijack.
create or replace function cart_notice(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_cart cart;
begin
    select * into v_cart from cart where cart_id = (p ->> 'cartId')::uuid;
    if not found then
        return refused('CART_NOT_FOUND');
    end if;
    perform audit(p -> 'actor' ->> 'name', 'cart.read-notice', v_cart.cart_id::text);
    return jsonb_build_object('notice', purchase_notice(v_cart, null));
end
$$;

create or replace function order_notice(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order orders;
begin
    select * into v_order from orders where order_id = (p ->> 'orderId')::uuid;
    if not found then
        return refused('ORDER_NOT_FOUND');
    end if;
    perform audit(p -> 'actor' ->> 'name', 'order.read-notice', v_order.order_id::text);
    return jsonb_build_object('notice', purchase_notice(null, v_order));
end
$$;

-- What the code leads to: the cart that has it now or, if none has, the one that had it last. Codes are given again, so those of
-- long ago do not count.
create or replace function cart_of_code(p_code text) returns uuid
    language sql volatile as $$
    select cart_id from cart
     where pickup_code = p_code and created_at > clock_timestamp() - interval '7 days'
     order by state = 'OPEN' desc, created_at desc limit 1
$$;

-- Own staff are told what they can have back.
create or replace function cart_closed(p jsonb, p_cart cart) returns jsonb
    language sql immutable as $$
    select refused('CART_CLOSED', case when by_partner(p) then '{}' else jsonb_build_object('cartId', p_cart.cart_id) end)
$$;

-- A partner who wants a blocked person's cart finds it closed, and so does its customer: as at checkout it is closed now, its
-- seats are free, and staff can look it up. The cart as it is then.
create or replace function close_to_partner(p jsonb, p_cart cart) returns cart
    language plpgsql as $$
begin
    if by_partner(p) and p_cart.state = 'OPEN' and blacklisted(purchase_keys(p_cart, null)) then
        perform close_cart(p_cart.cart_id);
        perform note_redirect(jsonb_build_object(
            'cartId', p_cart.cart_id, 'matchKey', encode(p_cart.buyer_match_key, 'hex'), 'email', p_cart.buyer ->> 'email',
            'reason', 'BLACKLISTED'));
        select * into p_cart from cart where cart_id = p_cart.cart_id;
    end if;
    return p_cart;
end
$$;

-- Why a cart cannot be taken over; null when it can. A closed one can be had back; what the customer has made of it is an order.
create or replace function cart_hijack_refusal(p jsonb, p_cart cart) returns jsonb
    language plpgsql as $$
declare
    v_order orders;
    v_desk  desk;
begin
    if p_cart.state in ('HIJACKED', 'CHECKED_OUT') then
        select * into v_order from orders where cart_id = p_cart.cart_id;
        select * into v_desk from desk where order_id = v_order.order_id;
        return refused(case when v_order.state = 'AT_BOX_OFFICE' then 'HELD_BY_CLERK' else 'ALREADY_DECIDED' end,
                       case when seen_by(p, v_order.client_id)
                            then jsonb_build_object('orderId', v_order.order_id) else '{}' end
                       || case when v_order.state = 'AT_BOX_OFFICE' then holder_name(p, v_desk) else '{}' end);
    end if;
    if p_cart.state = 'CLOSED' or p_cart.expires_at <= clock_timestamp() then
        return cart_closed(p, p_cart);
    end if;
    return case when p_cart.item_count = 0 then refused('CART_EMPTY') end;
end
$$;

-- Why an order cannot be taken over; null when it can. A partner takes over what it has sold, whoever it is for: blocks are
-- looked at when the order is to become binding.
create or replace function order_hijack_refusal(p jsonb, p_order orders) returns jsonb
    language plpgsql as $$
declare
    v_desk desk;
begin
    if p_order.state = 'AT_BOX_OFFICE' then
        select * into v_desk from desk where order_id = p_order.order_id;
        return refused('HELD_BY_CLERK', holder_name(p, v_desk));
    end if;
    return case
        when p_order.state not in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW') or p_order.held_until <= clock_timestamp()
            then already_decided(p, p_order)
        when processing(p_order.order_id) then busy_with_payment()
    end;
end
$$;

create or replace function already_decided(p jsonb, p_order orders) returns jsonb
    language sql volatile as $$
    select refused('ALREADY_DECIDED', jsonb_build_object('order', desk_view(p, p_order.order_id)))
$$;

-- Warns the clerk of what they are about to do, and the customer. The purchase is held at least five minutes from now, once, and
-- a cart not beyond its cap.
create or replace function create_hijack(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_cart    cart;
    v_order   orders;
    v_refusal jsonb := earlier_answer(p);
    v_hijack  hijack;
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    if p ? 'orderId' then
        v_order := lock_desk_order(p);
        v_refusal := case when v_order.order_id is null then refused('ORDER_NOT_FOUND')
                          else order_hijack_refusal(p, v_order) end;
    else
        select * into v_cart from cart
         where cart_id = case when p ? 'pickupCode' then cart_of_code(p ->> 'pickupCode')
                              when not by_partner(p) then (p ->> 'cartId')::uuid end
           for update;
        if v_cart.cart_id is null or beyond_allotment(p, v_cart.cart_id) then
            return refused('CART_NOT_FOUND');
        end if;
        v_cart := close_to_partner(p, v_cart);
        v_refusal := cart_hijack_refusal(p, v_cart);
    end if;
    v_refusal := coalesce(v_refusal, hold_for_warning(p, v_cart, v_order));
    if v_refusal is not null then
        return v_refusal;
    end if;
    insert into hijack (hijack_id, cart_id, order_id, clerk, client_id, warned_until)
    select (p ->> 'hijackId')::uuid, v_cart.cart_id, v_order.order_id, p -> 'actor' ->> 'name', p -> 'actor' ->> 'client',
           clock_timestamp() + warning_seconds * interval '1 second'
      from shop where shop_id = coalesce(v_cart.shop_id, v_order.shop_id)
    returning * into v_hijack;
    if v_cart.cart_id is not null then
        perform note_carts(array[v_cart.cart_id], 'HIJACK_WARNED');
    end if;
    perform audit(v_hijack.clerk, 'hijack.create', v_hijack.hijack_id::text,
                  jsonb_build_object('cartId', v_cart.cart_id, 'orderId', v_order.order_id,
                                     'reasonRequired', reason_required(p, v_cart, v_order)));
    return remember_answer(p, jsonb_build_object('hijack', hijack_view(p, v_hijack)));
end
$$;

-- Holds what a clerk is warned about. Null if that is done; the time may have run out while this waited for the places.
create or replace function hold_for_warning(p jsonb, p_cart cart, p_order orders) returns jsonb
    language plpgsql as $$
declare
    v_until timestamptz;
begin
    if exists (select from hijack where cart_id = p_cart.cart_id or order_id = p_order.order_id) then
        return null;
    end if;
    if p_cart.cart_id is null then
        if not holds_places(p_order.order_id) then
            return already_decided(p, p_order);
        end if;
        perform hold_order(p_order.order_id, clock_timestamp() + interval '5 minutes');
        return null;
    end if;
    if not holds_all(p_cart) then
        return cart_closed(p, p_cart);
    end if;
    update cart
       set expires_at = greatest(expires_at, least(clock_timestamp() + interval '5 minutes',
                                                   first_hold_at + hold_cap_seconds * interval '1 second'))
      from shop
     where cart_id = p_cart.cart_id and shop.shop_id = cart.shop_id
    returning expires_at into v_until;
    if v_until > p_cart.expires_at then
        perform hand_places(p_cart.cart_id, p_cart.cart_id, v_until);
    end if;
    return null;
end
$$;

-- Whether a locked cart still holds all its places, which are locked now.
create or replace function holds_all(p_cart cart) returns boolean
    language plpgsql as $$
begin
    perform from place where holder = p_cart.cart_id order by performance_id, place_no for update;
    return p_cart.expires_at > clock_timestamp()
       and (select count(*) from place where holder = p_cart.cart_id and held_until > clock_timestamp()) = p_cart.item_count;
end
$$;

-- Locks what a hijack is about, then the hijack itself. A row of nulls if whoever asks may not see it.
create or replace function take_hijack(p jsonb, out warning hijack, out basket cart, out target orders)
    language plpgsql as $$
begin
    select * into warning from hijack where hijack_id = (p ->> 'hijackId')::uuid and seen_by(p, client_id);
    if warning.cart_id is not null then
        select * into basket from cart where cart_id = warning.cart_id for update;
    else
        select * into target from orders where order_id = warning.order_id for update;
    end if;
    select * into warning from hijack where hijack_id = warning.hijack_id for update;
end
$$;

-- Only whoever was warned may go on, and only while the warning stands.
create or replace function warning_refusal(p jsonb, p_hijack hijack) returns jsonb
    language sql volatile as $$
    select case
        when p_hijack.hijack_id is null then refused('HIJACK_NOT_FOUND')
        when p_hijack.clerk <> p -> 'actor' ->> 'name' then refused('HELD_BY_CLERK', jsonb_build_object('clerk', p_hijack.clerk))
        when p_hijack.state = 'LAPSED' or p_hijack.state = 'WARNED' and p_hijack.warned_until <= clock_timestamp()
            then refused('HIJACK_LAPSED')
        when p_hijack.state <> 'WARNED' then refused('ALREADY_DECIDED', jsonb_build_object('orderId', p_hijack.order_id))
    end
$$;

create or replace function withdraw_hijack(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken   record := take_hijack(p);
    v_hijack  hijack := v_taken.warning;
    v_refusal jsonb := coalesce(earlier_answer(p), warning_refusal(p, v_taken.warning));
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    perform lapse_hijack(v_hijack);
    perform audit(v_hijack.clerk, 'hijack.withdraw', v_hijack.hijack_id::text);
    select * into v_hijack from hijack where hijack_id = v_hijack.hijack_id;
    return remember_answer(p, jsonb_build_object('hijack', hijack_view(p, v_hijack)));
end
$$;

-- The customer hears of it unless somebody else is about to take the cart, or nobody can any more.
create or replace function lapse_hijack(p_hijack hijack) returns void
    language plpgsql as $$
begin
    update hijack set state = 'LAPSED', ended_at = clock_timestamp() where hijack_id = p_hijack.hijack_id;
    if exists (select from cart where cart_id = p_hijack.cart_id and state = 'OPEN')
       and not exists (select from hijack other
                        where other.cart_id = p_hijack.cart_id and other.state = 'WARNED'
                          and other.warned_until > clock_timestamp()) then
        perform note_carts(array[p_hijack.cart_id], 'HIJACK_WITHDRAWN');
    end if;
end
$$;

-- Warnings that nobody has followed. Several replicas may run it at once.
create or replace function lapse_hijacks(p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_hijack hijack;
    v_count  bigint := 0;
begin
    for v_hijack in
        select * from hijack where state = 'WARNED' and warned_until <= clock_timestamp()
         order by warned_until limit p_limit for update skip locked
    loop
        perform lapse_hijack(v_hijack);
        v_count := v_count + 1;
    end loop;
    return v_count;
end
$$;

-- Carries it out: the seats change hands and are never free in between, the customer's cart is empty, nothing runs out any more.
create or replace function confirm_hijack(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken   record := take_hijack(p);
    v_hijack  hijack := v_taken.warning;
    v_cart    cart := v_taken.basket;
    v_order   orders := v_taken.target;
    v_refusal jsonb := coalesce(earlier_answer(p), warning_refusal(p, v_taken.warning));
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    -- The customer may have added what is not allotted to this partner.
    if beyond_allotment(p, v_hijack.cart_id) then
        return refused('CART_NOT_FOUND');
    end if;
    -- Whoever blocks this person at the same time is first or second, not beside. What holds then is looked at after the wait.
    perform lock_person(purchase_keys(v_cart, v_order));
    if v_hijack.cart_id is not null then
        v_cart := close_to_partner(p, v_cart);
        v_refusal := cart_hijack_refusal(p, v_cart);
    else
        v_refusal := order_hijack_refusal(p, v_order);
    end if;
    v_refusal := coalesce(
        v_refusal,
        content_refusal(p, v_cart, v_order),
        case when reason_required(p, v_cart, v_order) and coalesce(p ->> 'reason', '') = ''
             then refused('REASON_REQUIRED')
             when v_hijack.cart_id is null and not holds_places(v_order.order_id) then already_decided(p, v_order) end);
    if v_refusal is not null then
        return v_refusal;
    end if;
    if v_hijack.cart_id is not null then
        v_order := order_of_cart(p, v_cart);
        if v_order.order_id is null then
            return cart_closed(p, v_cart);
        end if;
    end if;
    perform take_to_desk(p, v_hijack, v_order);
    perform note_override(p, v_order.order_id);
    select * into v_hijack from hijack where hijack_id = v_hijack.hijack_id;
    return remember_answer(p, jsonb_build_object('hijack', hijack_view(p, v_hijack)));
end
$$;

create or replace function content_refusal(p jsonb, p_cart cart, p_order orders) returns jsonb
    language sql volatile as $$
    select case
        when p_cart.version <> (p ->> 'version')::bigint
            then refused('PURCHASE_CHANGED', jsonb_build_object('cart', cart_view(p_cart.cart_id)))
        when p_order.version <> (p ->> 'version')::bigint
            then refused('PURCHASE_CHANGED', jsonb_build_object('order', desk_view(p, p_order.order_id)))
    end
$$;

-- Makes the clerk's order of a locked cart. A row of nulls: its time ran out while this waited for the places.
create or replace function order_of_cart(p jsonb, p_cart cart) returns orders
    language plpgsql as $$
declare
    v_order orders;
begin
    perform from performance
      where performance_id in (select performance_id from cart_item where cart_id = p_cart.cart_id)
      order by performance_id for key share;
    perform from place where holder = p_cart.cart_id order by performance_id, place_no for update;
    if p_cart.expires_at <= clock_timestamp() then
        return null;
    end if;
    update cart set state = 'HIJACKED', version = version + 1 where cart_id = p_cart.cart_id;
    perform note_carts(array[p_cart.cart_id], 'HIJACKED');
    v_order := new_desk_order(p, p_cart);
    if hand_places(p_cart.cart_id, v_order.order_id, v_order.held_until) <> p_cart.item_count then
        raise exception 'cart % does not hold its % places', p_cart.cart_id, p_cart.item_count;
    end if;
    return v_order;
end
$$;

-- The order that a cart becomes in a clerk's hands, with the cart's items at their prices.
create or replace function new_desk_order(p jsonb, p_cart cart) returns orders
    language plpgsql as $$
declare
    v_order orders;
begin
    insert into orders (order_id, order_number, cart_id, shop_id, customer_id, token_hash, state, payment_status, total,
                        currency, buyer, match_key, held_until, language, client_id, created_at)
    select (p ->> 'orderId')::uuid, nextval('order_number_seq'), p_cart.cart_id, p_cart.shop_id, p_cart.customer_id,
           decode(p ->> 'orderTokenHash', 'hex'), 'AT_BOX_OFFICE',
           case sum(amount) when 0 then 'PAID' else 'UNPAID' end, sum(amount), min(currency),
           coalesce(p_cart.buyer, '{}'), p_cart.buyer_match_key,
           greatest(clock_timestamp(), max(starts_at)) + interval '1 day', coalesce(p ->> 'language', 'de'),
           p -> 'actor' ->> 'client', clock_timestamp()
      from cart_item join performance using (performance_id) where cart_id = p_cart.cart_id
    returning * into v_order;
    insert into order_item (item_id, order_id, performance_id, place_no, price_type, amount)
    select item_id, v_order.order_id, performance_id, place_no, price_type, amount
      from cart_item where cart_id = p_cart.cart_id;
    return v_order;
end
$$;

-- The order is the clerk's now. Attempts to pay that the provider is not working on yet are ended there after commit.
create or replace function take_to_desk(p jsonb, p_hijack hijack, p_order orders) returns void
    language plpgsql as $$
begin
    perform give_to_clerk(p, p_order, p_hijack.hijack_id, p_hijack.cart_id);
    if p_hijack.cart_id is null then
        perform cancel_payments(p_order.order_id);
        update orders set state = 'AT_BOX_OFFICE', held_until = greatest(held_until, desk_hold(order_id)), version = version + 1
         where order_id = p_order.order_id
        returning * into p_order;
        perform hand_places(p_order.order_id, p_order.order_id, p_order.held_until);
    end if;
    update hijack
       set state = 'ACTIVE', order_id = p_order.order_id, confirmed_at = clock_timestamp(),
           reason = coalesce(p ->> 'reason', '')
     where hijack_id = p_hijack.hijack_id;
    perform audit(p_hijack.clerk, 'hijack.confirm', p_order.order_id::text,
                  jsonb_build_object('hijackId', p_hijack.hijack_id, 'reason', p ->> 'reason'));
end
$$;
