-- What clerks make of an order: its items, its prices, its buyer, by the shop's own rules.

-- The order has other items or prices: its sum is what they come to, what was bound to them ends, and what counts against a
-- limit is counted anew. What was a reservation counts all the time that it is at the box office, also while it costs nothing.
-- False: that passes the limit; the caller undoes what it did.
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
    if v_more <= 0 or v_taken = 0 and not was_reserved(p_order.order_id) then
        perform release_credit(p_order.order_id, 'CHANGED');
        return true;
    end if;
    return owe_more(p_order, v_more, p_default_limit, 'INCREASE');
end
$$;

create or replace function was_reserved(p_order_id uuid) returns boolean
    language sql volatile as $$
    select exists (select from desk where order_id = p_order_id and former_state = 'RESERVED')
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
    if not fits_limit(v_account, p_order.order_id, p_more, p_default_limit) then
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
    update desk set note = coalesce(p ->> 'note', ''), note_client = client_id where order_id = v_order.order_id;
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
    update desk set note = p ->> 'note', note_client = client_id where order_id = (v_taken.held).order_id;
    update orders set version = version + 1 where order_id = (v_taken.held).order_id;
    return desk_answer(p, v_taken.held, 'order.set-note');
end
$$;
