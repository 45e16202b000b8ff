-- Checkout in two statements: lock and read all facts; carry the decision out.

-- How many orders with this address wait because a service could not be reached.
create or replace function technical_cases(p_match_key bytea) returns bigint
    language sql volatile as $$
    select count(*) from orders join case_file using (order_id)
     where match_key = p_match_key and orders.state = 'UNDER_REVIEW' and held_until > clock_timestamp()
       and case_file.kind = 'TECHNICAL'
$$;

create or replace function checkout_facts(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken    record := take_cart(p, true);
    v_cart     cart := v_taken.cart;
    v_customer uuid;
    v_match    bytea;
    v_keys     bytea[];
    v_credit   credit_account;
    v_places   jsonb;
    v_down     boolean := exists (select from incident where upstream = 'payment' and back_at is null);
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    -- Only who is signed in now buys on the account; the cart's owner is known all the same.
    v_customer := (p ->> 'customerId')::uuid;
    v_match := coalesce(decode(p ->> 'matchKey', 'hex'), v_cart.buyer_match_key);
    v_keys := person_keys(v_match, v_customer) || person_keys(null, v_cart.customer_id);
    perform lock_person(v_keys);
    if v_customer is not null and not customer_stands(v_customer) then
        return refused('UNAUTHORIZED');
    end if;
    if v_customer is not null then
        insert into credit_account (customer_id) values (v_customer) on conflict do nothing;
        select * into v_credit from credit_account where customer_id = v_customer for update;
    end if;
    -- Nobody cancels a performance beside an order that is being made for it.
    perform from performance
      where performance_id in (select performance_id from cart_item where cart_id = v_cart.cart_id)
      order by performance_id for key share;
    perform from place where holder = v_cart.cart_id order by performance_id, place_no for update;
    select jsonb_build_object(
               'held', count(*) filter (where place.holder = v_cart.cart_id and place.held_until > clock_timestamp()
                                          and performance.state <> 'CANCELLED'),
               'items', count(*), 'total', coalesce(sum(item.amount), 0), 'currency', min(performance.currency),
               'firstStart', min(performance.starts_at))
      into v_places
      from cart_item item
      join place using (performance_id, place_no)
      join performance on performance.performance_id = item.performance_id
     where item.cart_id = v_cart.cart_id;
    return jsonb_strip_nulls(jsonb_build_object(
        'blacklisted', blacklisted(v_keys),
        'customerId', v_customer, 'matchKey', encode(v_match, 'hex'), 'buyer', v_cart.buyer,
        'creditLimit', v_credit.limit_amount, 'exposure', v_credit.exposure,
        'shop', (select jsonb_build_object(
                     'overviewUrl', overview_url, 'returnOrigins', to_jsonb(return_origins),
                     'paymentMethods', offered_methods(shop, (v_places ->> 'firstStart')::timestamptz - interval '1 hour'),
                     'paymentSeconds', payment_seconds,
                     'reservationSeconds', reservation_seconds, 'transferSeconds', transfer_seconds,
                     'transferGraceSeconds', transfer_grace_seconds,
                     'reservations', case when v_customer is null then guest_reservations else customer_reservations end,
                     'reservationAmount', case when v_customer is null then guest_reservation_amount
                                               else customer_reservation_amount end)
                   from shop where shop_id = v_cart.shop_id),
        'reservations', (select jsonb_build_object('count', count(*), 'amount', coalesce(sum(total), 0)) from orders
                          where (customer_id = v_customer
                                 or v_customer is null and customer_id is null and match_key = v_match)
                            and state = 'RESERVED' and held_until > clock_timestamp()),
        'openCases', (select count(*) from orders
                       where match_key = v_match and state = 'UNDER_REVIEW' and held_until > clock_timestamp()),
        'paymentDown', v_down, 'technicalCases', case when v_down then technical_cases(v_match) else 0 end,
        'places', v_places,
        'open', v_cart.state = 'OPEN' and v_cart.expires_at > clock_timestamp(),
        'now', clock_timestamp()));
end
$$;

-- Turns the cart into an order as decided. Its time and its places are looked at once more, by the clock of this
-- statement; {"late": true} when they have run out, and then nothing has happened.
create or replace function complete_checkout(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  uuid := (p ->> 'orderId')::uuid;
    v_terms  jsonb := p -> 'terms';
    v_until  timestamptz := (v_terms ->> 'heldUntil')::timestamptz;
    v_now    timestamptz := clock_timestamp();
    v_cart   cart;
    v_result jsonb;
begin
    update cart set state = 'CHECKED_OUT', version = version + 1
     where cart_id = (p ->> 'cartId')::uuid and state = 'OPEN' and version = (p ->> 'version')::bigint
       and expires_at > v_now
    returning * into v_cart;
    if not found then
        return jsonb_build_object('late', true);
    end if;
    perform note_carts(array[v_cart.cart_id], 'CHECKED_OUT');
    if hand_places(v_cart.cart_id, v_order, coalesce(v_until, 'infinity')) <> v_cart.item_count then
        raise exception 'cart % does not hold its % places', v_cart.cart_id, v_cart.item_count;
    end if;
    insert into orders (order_id, order_number, cart_id, shop_id, customer_id, token_hash, state, payment_status,
                        payment_method, total, currency, buyer, match_key, held_until, pay_until, language, created_at)
    values (v_order, nextval('order_number_seq'), v_cart.cart_id, v_cart.shop_id, (p ->> 'customerId')::uuid,
            decode(p ->> 'orderTokenHash', 'hex'), v_terms ->> 'state', v_terms ->> 'paymentStatus',
            p ->> 'paymentMethod', (p ->> 'total')::bigint, p ->> 'currency', p -> 'buyer',
            decode(p ->> 'matchKey', 'hex'), v_until, (v_terms ->> 'payUntil')::timestamptz,
            coalesce(p ->> 'language', 'de'), v_now);
    insert into order_item (item_id, order_id, performance_id, place_no, price_type, amount)
    select item_id, v_order, performance_id, place_no, price_type, amount from cart_item where cart_id = v_cart.cart_id;
    if v_terms ? 'creditCause' then
        perform book_credit((p ->> 'customerId')::uuid, v_order, (p ->> 'total')::bigint, v_terms ->> 'creditCause');
    end if;
    if v_terms ->> 'creditCause' = 'INVOICE' then
        perform issue_invoice(v_order);
    end if;
    if v_terms ? 'newCase' then
        perform open_case(v_terms -> 'newCase', v_order, v_until);
    end if;
    if v_terms ? 'paymentId' then
        -- The provider is to end it when the buyer sees it end; the hold outlives that by two minutes.
        perform new_payment((v_terms ->> 'paymentId')::uuid, v_order, p ->> 'paymentMethod', (p ->> 'total')::bigint,
                            p ->> 'currency', v_terms ->> 'returnUrl', v_until - interval '2 minutes');
        perform begin_answer(p, (v_terms ->> 'paymentId')::uuid);
    end if;
    perform tell_of_order(v_order, v_terms ->> 'state');
    v_result := jsonb_build_object('outcome', v_terms ->> 'outcome', 'order', order_view(v_order));
    return case when v_terms ? 'paymentId' then v_result else remember_answer(p, v_result) end;
end
$$;

-- What a new order brings with it, by the state it starts in.
create or replace function tell_of_order(p_order_id uuid, p_state text) returns void
    language plpgsql as $$
begin
    if p_state = 'CONFIRMED' then
        perform issue_tickets(p_order_id);
        perform post_mail('order-confirmed', p_order_id);
        perform note_event('order.confirmed', p_order_id);
    elsif p_state = 'RESERVED' then
        perform post_mail('order-reserved', p_order_id);
        perform post_reminder(p_order_id);
        perform note_event('order.reserved', p_order_id);
    elsif p_state = 'UNDER_REVIEW' then
        perform post_mail('order-under-review', p_order_id);
    end if;
end
$$;

-- Opens the case of an order, under the first of the offered numbers that is free.
create or replace function open_case(p_case jsonb, p_order_id uuid, p_deadline timestamptz) returns void
    language sql volatile as $$
    insert into case_file (case_number, kind, order_id, amount, currency, deadline, incident_id)
    select number, p_case ->> 'kind', p_order_id, orders.total, orders.currency, p_deadline, (p_case ->> 'incidentId')::uuid
      from orders, jsonb_array_elements_text(p_case -> 'numbers') with ordinality offered (number, ordinal)
     where orders.order_id = p_order_id and not exists (select from case_file where case_number = number)
     order by ordinal limit 1
    on conflict (order_id, kind) do nothing
$$;

-- Notes for staff who attempted what, in one write whatever the reason: what only some reasons need is read for all of them. Who
-- tries one cart again and again is noted twenty times. A plan that was made while the table was small is not to read all of it later.
create or replace function note_redirect(p jsonb) returns void
    language sql volatile set enable_seqscan = off as $$
    insert into redirected_checkout (cart_id, shop_id, customer_id, owner_id, match_key, person_keys, email, performance_ids,
                                     quantity, amount, currency, reason)
    select cart.cart_id, cart.shop_id, (p ->> 'customerId')::uuid, cart.customer_id, decode(p ->> 'matchKey', 'hex'),
           array(select distinct unnest(person_keys(decode(p ->> 'matchKey', 'hex'), (p ->> 'customerId')::uuid)
                                        || person_keys(null, cart.customer_id))),
           p ->> 'email', wanted.performance_ids, wanted.quantity, wanted.amount, wanted.currency,
           case when p ->> 'reason' = 'BLACKLISTED' then 'BLACKLISTED'
                when wanted.cancelled then 'PERFORMANCE_CANCELLED'
                when p ->> 'reason' = 'CLOSED' and cart.expires_at <= clock_timestamp() then 'EXPIRED'
                else p ->> 'reason' end
      from cart,
           lateral (select coalesce(array_agg(distinct performance_id), '{}') as performance_ids, count(*) as quantity,
                           sum(amount) as amount, min(currency) as currency, bool_or(state = 'CANCELLED') as cancelled
                      from cart_item join performance using (performance_id)
                     where cart_item.cart_id = cart.cart_id) wanted
     where cart.cart_id = (p ->> 'cartId')::uuid
       and (select count(*) from redirected_checkout noted where noted.cart_id = cart.cart_id) < 20
$$;

-- Closes a cart, with as much to write for one that is closed already or has lost its places as for one that has them all: what is
-- missing is written beside it, to rows of its own, and undone. How long it takes then says nothing of what was left to close.
create or replace function close_alike(p_cart_id uuid) returns void
    language plpgsql as $$
declare
    v_closed boolean := (select state <> 'OPEN' from cart where cart_id = p_cart_id);
    v_gone   integer := (select count(*) from cart_item where cart_id = p_cart_id)
                        - (select count(*) from place where holder = p_cart_id);
begin
    perform close_cart(p_cart_id);
    begin
        if v_closed then
            update cart set expires_at = expires_at + interval '1 second' where cart_id = p_cart_id;
            perform note_carts(array[p_cart_id], 'CLOSED');
        end if;
        if v_gone > 0 then
            update cart_item set item_id = uuidv7()
             where item_id in (select item_id from cart_item where cart_id = p_cart_id limit v_gone);
            perform note_carts(array[p_cart_id], 'CLOSED');
            insert into place_change (performance_id, place_no, fence, former_until)
            select performance_id, place_no, 0, '-infinity' from cart_item where cart_id = p_cart_id limit v_gone;
        end if;
        raise exception using errcode = 'AK005';
    exception when sqlstate 'AK005' then
        null;
    end;
end
$$;

-- The same for everybody who is sent to the overview: the cart is closed, the attempt noted for staff, the answer kept.
create or replace function redirect_checkout(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform close_alike((p ->> 'cartId')::uuid);
    perform note_redirect(p);
    return remember_answer(p, jsonb_build_object('outcome', 'REDIRECT', 'location', p ->> 'location'));
end
$$;

-- The provider cannot be reached, or refuses: the order goes to people and keeps its seats. Too much of one address at once: nothing
-- changes, and the command may be repeated.
create or replace function review_payment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  orders;
    v_result jsonb;
begin
    select orders.* into v_order from orders join payment using (order_id)
     where payment_id = (p ->> 'paymentId')::uuid for update of orders;
    perform lock_person(array[v_order.match_key]);
    if v_order.state <> 'AWAITING_PAYMENT' or v_order.held_until <= clock_timestamp() then
        perform end_answer(p, null);
        return refused('ORDER_STATE_CONFLICT');
    end if;
    if technical_cases(v_order.match_key) > 0
       or (select count(*) from order_item where order_id = v_order.order_id and cancelled_at is null)
          > (p ->> 'seats')::integer then
        perform end_answer(p, null);
        return refused('UNAVAILABLE');
    end if;
    perform cancel_payments(v_order.order_id);
    update orders set state = 'UNDER_REVIEW' where order_id = v_order.order_id;
    perform hold_order(v_order.order_id, review_deadline(v_order.order_id, (p ->> 'seconds')::bigint));
    perform open_case(p -> 'newCase' || case when p ? 'upstream'
                                             then jsonb_build_object('incidentId', join_incident(p ->> 'upstream'))
                                             else '{}' end,
                      v_order.order_id, (select held_until from orders where order_id = v_order.order_id));
    perform tell_of_order(v_order.order_id, 'UNDER_REVIEW');
    v_result := jsonb_build_object('outcome', 'UNDER_REVIEW', 'order', order_view(v_order.order_id));
    perform end_answer(p, v_result);
    return v_result;
end
$$;

-- So many seconds from now, but not later than an hour before the first performance of the order.
create or replace function review_deadline(p_order_id uuid, p_seconds bigint) returns timestamptz
    language sql volatile as $$
    select least(clock_timestamp() + p_seconds * interval '1 second', min(starts_at) - interval '1 hour')
      from order_item join performance using (performance_id) where order_id = p_order_id
$$;
