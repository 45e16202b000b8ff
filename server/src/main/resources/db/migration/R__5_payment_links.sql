-- Payment links: one purchase, to be paid by whoever has the secret. The order's row is the lock; a link changes only under
-- it. One that has run out or no longer fits its order is found out when it is used.

-- Why a link cannot be paid under; null when it can. Says no more than whether its order has been paid.
create or replace function link_refusal(p_link payment_link, p_order orders) returns jsonb
    language sql volatile as $$
    select case
        when p_link.state = 'OPEN' and p_link.expires_at > clock_timestamp()
             and p_order.state in ('RESERVED', 'AWAITING_PAYMENT', 'AT_BOX_OFFICE')
             and p_order.held_until > clock_timestamp()
             and p_link.purchase_version = p_order.purchase_version
             and p_link.currency = p_order.currency
             and p_link.amount = p_order.total - balance_of(p_order.order_id) then null
        when p_order.payment_status = 'PAID' then refused('PAYMENT_LINK_PAID')
        else refused('PAYMENT_LINK_GONE')
    end
$$;

-- When a link of this order ends: after the shop's time, but an hour before the first performance at the latest.
create or replace function link_deadline(p_order orders) returns timestamptz
    language sql volatile as $$
    select least(clock_timestamp() + shop.link_seconds * interval '1 second', last_call(p_order.order_id))
      from shop where shop_id = p_order.shop_id
$$;

-- What a customer would owe more by a link: an order that was to be paid at once does not count yet, a reservation does.
create or replace function link_exposure(p_order orders) returns bigint
    language sql volatile as $$
    select case when p_order.customer_id is null then 0 else
        p_order.total - balance_of(p_order.order_id)
        - (select coalesce(sum(delta), 0)::bigint from credit_entry where order_id = p_order.order_id) end
$$;

-- Locks the account of the order's customer. Whether what a link adds passes its limit.
create or replace function link_passes(p_order orders, p_default_limit bigint) returns boolean
    language plpgsql as $$
declare
    v_more    bigint;
    v_account credit_account;
begin
    if p_order.customer_id is null then
        return true;
    end if;
    insert into credit_account (customer_id) values (p_order.customer_id) on conflict do nothing;
    select * into v_account from credit_account where customer_id = p_order.customer_id for update;
    v_more := link_exposure(p_order);
    return v_more <= 0 or fits_limit(v_account, p_order.order_id, v_more, p_default_limit);
end
$$;

-- Makes the one link of a locked order that works from now on, for what it owes, and keeps the seats and the price until the
-- link ends. What was promised longer stays. Its customer owes it from now on.
create or replace function make_link(p_order orders, p_until timestamptz, p jsonb) returns payment_link
    language plpgsql as $$
declare
    v_link      payment_link;
    v_pay_until timestamptz := greatest(coalesce(p_order.pay_until, p_order.held_until), p_until);
begin
    perform end_links(p_order.order_id, 'VOID');
    insert into payment_link (link_id, order_id, purchase_version, amount, currency, token_hash, expires_at, created_by)
    values ((p ->> 'linkId')::uuid, p_order.order_id, p_order.purchase_version,
            p_order.total - balance_of(p_order.order_id), p_order.currency, decode(p ->> 'tokenHash', 'hex'), p_until,
            p ->> 'by')
    returning * into v_link;
    update orders set pay_until = v_pay_until where order_id = p_order.order_id;
    if link_exposure(p_order) > 0 then
        perform book_credit(p_order.customer_id, p_order.order_id, link_exposure(p_order), 'LINK');
    end if;
    perform hold_order(p_order.order_id,
                       greatest(p_until + interval '2 minutes',
                                with_grace(p_order.order_id, p_order.pay_until, p_order.held_until, v_pay_until)));
    if p_order.state = 'RESERVED' then
        perform post_reminder(p_order.order_id);
    end if;
    return v_link;
end
$$;

-- Why there can be no link for an order; null when there can.
create or replace function link_conflict(p_order orders) returns jsonb
    language sql volatile as $$
    select coalesce(
        case when p_order.state = 'UNDER_REVIEW' and p_order.held_until > clock_timestamp()
                  or p_order.state = 'AT_BOX_OFFICE' and under_review(p_order.order_id) then refused('CASE_OPEN') end,
        order_refusal(p_order, '{RESERVED,AWAITING_PAYMENT,AT_BOX_OFFICE}', '{UNPAID,PART_PAID}'),
        case when last_call(p_order.order_id) is null then refused('ORDER_EMPTY')
             when p_order.total = balance_of(p_order.order_id) then refused('ORDER_STATE_CONFLICT') end,
        (select refused('PAYMENT_PAGE_MISSING') from shop
          where shop_id = p_order.shop_id and payment_page_url is null),
        case when link_deadline(p_order) < clock_timestamp() + interval '5 minutes'
             then refused('PAYMENT_LINK_TOO_LATE') end)
$$;

-- A link from the desk sends the order on its way: its clerk is done with it, and what its buyer was promised before stays.
create or replace function send_from_desk(p_order orders) returns orders
    language plpgsql as $$
begin
    update orders
       set state = coalesce(nullif(desk.former_state, 'UNDER_REVIEW'), 'AWAITING_PAYMENT'), pay_until = desk.former_pay_until,
           held_until = greatest(desk.former_held_until, clock_timestamp())
      from desk
     where orders.order_id = p_order.order_id and desk.order_id = p_order.order_id
    returning orders.* into p_order;
    perform end_hijack(p_order.order_id, 'LINK_SENT');
    perform catch_up_reminder(p_order.order_id);
    return p_order;
end
$$;

-- Why a clerk cannot send a link; null when they can. Whoever has the order at the box office sends it.
create or replace function dispatch_refusal(p jsonb, p_order orders) returns jsonb
    language sql volatile as $$
    select case
        when p_order.state = 'AT_BOX_OFFICE' and lease is not null then lease
        when p ->> 'delivery' = 'EMAIL' and p_order.buyer ->> 'email' is null then refused('CONTACT_MISSING')
    end
      from (select lease_refusal(p, p_order, desk) as lease
              from (select p_order.order_id) taken left join desk using (order_id)) held
$$;

create or replace function send_payment_link(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order   orders := lock_desk_order(p);
    v_refusal jsonb;
    v_link    payment_link;
begin
    if v_order.order_id is null then
        return refused('ORDER_NOT_FOUND');
    end if;
    v_refusal := coalesce(earlier_answer(p), dispatch_refusal(p, v_order), link_conflict(v_order),
                          completion_refusal(p, v_order));
    if v_refusal is not null then
        return v_refusal;
    end if;
    if not link_passes(v_order, (p ->> 'defaultLimit')::bigint) then
        return refused('OVER_LIMIT');
    end if;
    if not holds_places(v_order.order_id) then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    if v_order.state = 'AT_BOX_OFFICE' then
        v_order := send_from_desk(v_order);
    end if;
    v_link := make_link(v_order, link_deadline(v_order), p);
    if p ->> 'delivery' = 'EMAIL' then
        perform post_mail('payment-link', v_order.order_id,
                          jsonb_build_object('about', v_link.link_id, 'linkId', v_link.link_id));
    end if;
    perform audit(p ->> 'by', 'payment-link.send', v_order.order_id::text, jsonb_build_object(
        'linkId', v_link.link_id, 'delivery', p -> 'delivery', 'amount', v_link.amount, 'expiresAt', v_link.expires_at));
    return remember_answer(p, jsonb_build_object('link', jsonb_build_object(
        'linkId', v_link.link_id, 'orderId', v_link.order_id, 'delivery', p ->> 'delivery',
        'amount', jsonb_build_object('amount', v_link.amount, 'currency', v_link.currency),
        'expiresAt', v_link.expires_at,
        'page', (select payment_page_url from shop where shop_id = v_order.shop_id))));
end
$$;

-- What whoever is to pay has to know. Nothing of the buyer.
create or replace function payment_link_view(p_link payment_link, p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_build_object(
               'shopName', shop.name, 'orderNumber', p_order.order_number::text,
               'total', jsonb_build_object('amount', p_order.total, 'currency', p_order.currency),
               'amount', jsonb_build_object('amount', p_link.amount, 'currency', p_link.currency),
               'payUntil', p_link.expires_at, 'methods', offered_methods(shop, last_call(p_order.order_id)),
               'paymentInProgress', processing(p_order.order_id),
               'items', (select jsonb_agg(item_view(item.item_id, place, category.name, item.price_type, item.amount,
                                                    p_order.currency)
                                          || jsonb_build_object(
                                              'eventTitle', event.title, 'startsAt', performance.starts_at,
                                              'timeZone', performance.time_zone, 'hall', performance.hall,
                                              'priceTypeName', coalesce(price.name, item.price_type))
                                          order by performance.starts_at, item.performance_id, item.place_no)
                           from order_item item
                           join place using (performance_id, place_no)
                           join performance using (performance_id)
                           join event using (event_id)
                           join performance_category category on category.performance_id = item.performance_id
                                                             and category.category = place.category
                           left join price on price.performance_id = item.performance_id
                                          and price.category = place.category and price.price_type = item.price_type
                          where item.order_id = p_order.order_id and item.cancelled_at is null))
      from shop where shop_id = p_order.shop_id
$$;

-- Changes nothing and locks nothing.
create or replace function find_payment_link(p jsonb) returns jsonb
    language sql volatile as $$
    select coalesce(
        (select coalesce(link_refusal(link, orders), jsonb_build_object('link', payment_link_view(link, orders)))
           from payment_link link join orders using (order_id)
          where link.token_hash = decode(p ->> 'tokenHash', 'hex')),
        refused('PAYMENT_LINK_NOT_FOUND'))
$$;

-- An attempt to pay, the same as the buyer's own, once the amount is confirmed.
create or replace function pay_by_link(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_link  payment_link;
    v_order orders;
begin
    select * into v_link from payment_link where token_hash = decode(p ->> 'tokenHash', 'hex');
    if not found then
        return refused('PAYMENT_LINK_NOT_FOUND');
    end if;
    select * into v_order from orders where order_id = v_link.order_id for update;
    -- The link may have ended while this waited for its order.
    select * into v_link from payment_link where link_id = v_link.link_id;
    return coalesce(
        earlier_answer(p),
        link_refusal(v_link, v_order),
        case when (p -> 'amount' ->> 'amount')::bigint <> v_link.amount or p -> 'amount' ->> 'currency' <> v_link.currency
             then refused('AMOUNT_DIFFERS')
             -- What a provider works on, no clerk can work on: whoever has the order is asked first.
             when v_order.state = 'AT_BOX_OFFICE' then refused('ORDER_STATE_CONFLICT')
             when processing(v_order.order_id) then refused('PAYMENT_IN_PROGRESS') end,
        attempt_payment(v_order, p));
end
$$;
