-- What a letter about an order can speak of, as things are now and not as they were when it was posted.

create or replace function letter_place(p_place_no integer, p_price_type text, p_amount bigint, p_performance performance)
    returns jsonb language sql stable as $$
    select jsonb_build_object(
               'category', category.name, 'section', nullif(place.section, ''), 'row', nullif(place.row_label, ''),
               'seat', nullif(place.seat_number, ''), 'priceType', coalesce(price.name, p_price_type),
               'price', jsonb_build_object('amount', p_amount, 'currency', p_performance.currency))
      from place
      join performance_category category using (performance_id, category)
      left join price on price.performance_id = place.performance_id and price.category = place.category
                     and price.price_type = p_price_type
     where place.performance_id = p_performance.performance_id and place.place_no = p_place_no
$$;

-- What the buyer has places for; when nothing is left of it, what they had places for.
create or replace function letter_showings(p_order_id uuid) returns jsonb
    language sql stable as $$
    with item as (
        select * from order_item
         where order_id = p_order_id
           and (cancelled_at is null
                or not exists (select from order_item other where other.order_id = p_order_id and other.cancelled_at is null))
    ), showing as (
        select performance.performance_id, event.title, performance.hall, performance.starts_at, performance.time_zone,
               jsonb_agg(letter_place(item.place_no, item.price_type, item.amount, performance) order by item.place_no)
                   as places
          from item
          join performance using (performance_id)
          join event using (event_id)
         group by performance.performance_id, event.event_id
    )
    select jsonb_agg(jsonb_build_object('title', title, 'hall', hall, 'startsAt', starts_at, 'timeZone', time_zone,
                                        'places', places)
                     order by starts_at, performance_id)
      from showing
$$;

-- The case that is named, else the latest one that people decide.
create or replace function letter_matter(p_order_id uuid, p jsonb) returns jsonb
    language sql stable as $$
    select jsonb_build_object('number', case_number, 'kind', kind, 'state', state)
      from case_file
     where order_id = p_order_id
       and case when p ? 'caseNumber' then case_number = p ->> 'caseNumber'
                else kind not in ('LATE_PAYMENT', 'DISPUTE') end
     order by created_at desc limit 1
$$;

create or replace function letter_link(p_order_id uuid, p_link_id uuid) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('linkId', link_id, 'open', state = 'OPEN' and expires_at > clock_timestamp(),
                              'expiresAt', expires_at,
                              'amount', jsonb_build_object('amount', amount, 'currency', currency))
      from payment_link
     where link_id = p_link_id and order_id = p_order_id
$$;

-- All that went back for the cause that is named, by itself, by one of its refunds, or as the change of a performance: it may
-- have come by several payments.
create or replace function letter_refund(p_order_id uuid, p jsonb) returns jsonb
    language sql stable as $$
    select jsonb_build_object('amount', jsonb_build_object('amount', sum(amount), 'currency', min(currency)),
                              'reason', min(reason), 'byHand', bool_or(state = 'BY_HAND'))
      from refund
     where order_id = p_order_id
       and cause = coalesce((select cause from refund named where named.refund_id = (p ->> 'refundId')::uuid),
                            'change:' || (p ->> 'changeId'), p ->> 'about')
    having count(*) > 0
$$;

create or replace function letter_change(p_order_id uuid, p_change_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
               'kind', change.kind, 'title', event.title, 'hall', performance.hall, 'timeZone', performance.time_zone,
               'startsBefore', change.starts_before, 'startsAfter', change.starts_after,
               'refundUntil', change.refund_until,
               'concerned', exists (select from order_item
                                     where order_id = p_order_id and performance_id = change.performance_id
                                       and cancelled_at is null),
               'latest', not exists (select from performance_change later
                                      where later.performance_id = change.performance_id
                                        and (later.created_at, later.change_id) > (change.created_at, change.change_id)))
      from performance_change change
      join performance using (performance_id)
      join event using (event_id)
     where change_id = p_change_id
$$;

create or replace function letter_facts(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'now', clock_timestamp(),
               'order', order_view(orders.order_id),
               'language', orders.language,
               'remindedOf', p -> 'payUntil',
               'sender', coalesce(setting('organiser') ->> 'name', shop.name),
               'email', coalesce(current.email, orders.buyer ->> 'email'),
               'received', exists (select from money_entry
                                    where money_entry.order_id = orders.order_id
                                      and kind in ('PAYMENT', 'TRANSFER', 'COUNTER')),
               'returned', exists (select from order_item item
                                    where item.order_id = orders.order_id and item.cancelled_at is not null),
               'showings', letter_showings(orders.order_id),
               'matter', letter_matter(orders.order_id, p),
               'link', letter_link(orders.order_id, (p ->> 'linkId')::uuid),
               'refund', letter_refund(orders.order_id, p),
               'change', letter_change(orders.order_id, (p ->> 'changeId')::uuid)))
      from orders
      join shop using (shop_id)
      left join customer_email current on current.customer_id = orders.customer_id and current.until is null
     where orders.order_id = (p ->> 'orderId')::uuid
$$;
