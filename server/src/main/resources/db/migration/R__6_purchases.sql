-- Finding purchases: carts and orders alike, by any part of their buyer, by code, number or seat. However much matches, a
-- search reads a bounded number of rows, and each page starts where the one before has stopped.

-- What somebody typed, as patterns: any line of them will do, each with all its words. Each text is looked for as written and
-- with umlauts alike; a phone number by its digits, with and without the code of its country.
create or replace function search_lines(p_texts jsonb) returns jsonb
    language sql immutable as $$
    with typed as (
        select text, text ~ '^[-+0-9 ()/.]+$' as is_phone from jsonb_array_elements_text(p_texts) as text
    ), line as (
        select distinct words
          from typed,
               lateral (values (folded(text)), (umlauts_alike(folded(text)))) as form (form),
               lateral (select case when is_phone then array[trim(form)] else string_to_array(trim(form), ' ') end as words) split
         where length(replace(form, ' ', '')) >= 3
        union
        select array[digits]
          from typed,
               lateral (select phone_digits(text) as digits
                        union
                        select regexp_replace(phone_digits(text),
                                   '^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]'
                                   || '|(2[1-689]|3[578]|42|5[09]|6[789]|8[035789]|9[679])[0-9])', '')
                         where text ~ '^ *(\+|00)') as number
         where is_phone and length(digits) >= 3
    )
    select coalesce(jsonb_agg((select jsonb_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%')
                                 from unnest(words) as word)), '[]')
      from line
$$;

-- The same as a condition on search_text, for patterns that are given as the array $1.
create or replace function search_condition(p_lines jsonb) returns text
    language sql immutable as $$
    select '(' || string_agg(words, ' or ') || ')'
      from (select line, string_agg(format('search_text like $1[%s]', number), ' and ') as words
              from (select line, row_number() over (order by line, word) as number
                      from jsonb_array_elements(p_lines) with ordinality as lines (words, line),
                           jsonb_array_elements_text(words) with ordinality as word (pattern, word)) numbered
             group by line) lines
$$;

create or replace function search_patterns(p_lines jsonb) returns text[]
    language sql immutable as $$
    select array_agg(pattern order by line, word)
      from jsonb_array_elements(p_lines) with ordinality as lines (words, line),
           jsonb_array_elements_text(words) with ordinality as word (pattern, word)
$$;

create or replace function outside_state(p_order orders) returns text
    language sql volatile as $$
    select case when p_order.held_until <= clock_timestamp() then 'EXPIRED' else p_order.state end
$$;

-- Whether an order that was found is asked for.
create or replace function is_wanted(p_order orders, p jsonb) returns boolean
    language sql volatile as $$
    select (not p ? 'states' or p -> 'states' ? outside_state(p_order))
       and (not p ? 'performanceId'
            or exists (select from order_item
                        where order_id = p_order.order_id and performance_id = (p ->> 'performanceId')::uuid))
       and (p_order.created_at, p_order.order_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid)
       and p_order.created_at >= (p ->> 'from')::timestamptz
$$;

-- The same of a cart. What has become an order is found as that; of the others those count that are open, or that ended with
-- something in them and not too long ago.
create or replace function is_wanted(p_cart cart, p jsonb) returns boolean
    language sql volatile as $$
    select p_cart.state in ('OPEN', 'CLOSED')
       and (outside_state(p_cart) = 'OPEN'
            or p_cart.item_count > 0 and p_cart.expires_at > clock_timestamp() - (p ->> 'endedSeconds')::integer * interval '1 second')
       and (not p ? 'states' or p -> 'states' ? outside_state(p_cart))
       and (not p ? 'performanceId'
            or exists (select from cart_item
                        where cart_id = p_cart.cart_id and performance_id = (p ->> 'performanceId')::uuid))
       and (p_cart.created_at, p_cart.cart_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid)
       and p_cart.created_at >= (p ->> 'from')::timestamptz
$$;

-- Orders whose buyer matches. Few of them are found by the index of texts, whatever the planner thinks of it. Where there are
-- many, they are met soon on the way from the newest to older ones; a way that gets too long ends with a STOP, from where the
-- next page goes on. Texts without three letters in a row are in no index.
create or replace function orders_by_text(p jsonb, p_lines jsonb) returns table (kind text, id uuid, at timestamptz)
    language plpgsql set enable_seqscan = off set enable_indexscan = off set jit = off as $$
declare
    v_condition text := search_condition(p_lines);
    v_patterns  text[] := search_patterns(p_lines);
    v_few       uuid[];
    v_count     integer;
begin
    if not exists (select from jsonb_array_elements(p_lines) as words where words::text !~ '[[:alnum:]]{3}') then
        execute format('select array_agg(order_id) from (select order_id from orders where %s limit 5001) found', v_condition)
            into v_few using v_patterns;
        if v_few is null then
            return;
        end if;
    end if;
    set local enable_indexscan = on;
    if cardinality(v_few) <= 5000 then
        return query
            select 'ORDER', order_id, created_at from orders where order_id = any (v_few) and is_wanted(orders, p)
             order by created_at desc, order_id desc limit (p ->> 'limit')::integer + 1;
        return;
    end if;
    return query execute format('
        select ''ORDER'', order_id, created_at
          from (select order_id, created_at, search_text from orders
                 where (created_at, order_id) < ($2, $3) and created_at >= $4
                 order by created_at desc, order_id desc limit 100000) as walked
         where %s and (select is_wanted(orders, $5) from orders where orders.order_id = walked.order_id)
         order by created_at desc, order_id desc limit $6', v_condition)
        using v_patterns, (p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid, (p ->> 'from')::timestamptz, p,
              (p ->> 'limit')::integer + 1;
    get diagnostics v_count = row_count;
    if v_count <= (p ->> 'limit')::integer then
        return query
            select 'STOP', order_id, created_at from orders
             where (created_at, order_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid)
               and created_at >= (p ->> 'from')::timestamptz
             order by created_at desc, order_id desc offset 99999 limit 1;
    end if;
end
$$;

-- Carts that may be asked for by their buyer: few enough to be looked through, of the open and of the ended ones the 50,000
-- that end last. Who has not said yet who is buying is known by their account.
create or replace function recent_carts(p_since timestamptz) returns table (cart_id uuid, search_text text)
    language sql stable as $$
    select recent.cart_id,
           case when recent.search_text is null and customer.customer_id is not null
                then buyer_text(jsonb_build_object('name', customer.name, 'email', email, 'phone', phone))
                else recent.search_text end
      from ((select cart_id, customer_id, search_text from cart
              where state = 'OPEN' and expires_at > p_since order by expires_at desc limit 50000)
            union all
            (select cart_id, customer_id, search_text from cart
              where state = 'CLOSED' and expires_at > p_since order by expires_at desc limit 50000)) as recent
      left join customer using (customer_id)
      left join customer_email on customer_email.customer_id = customer.customer_id and until is null
$$;

create or replace function carts_by_text(p jsonb, p_lines jsonb) returns table (kind text, id uuid, at timestamptz)
    language plpgsql as $$
begin
    return query execute format('
        select ''CART'', cart_id, created_at from cart
         where cart_id in (select cart_id from recent_carts($2) where %s) and is_wanted(cart, $3)
         order by created_at desc, cart_id desc limit $4', search_condition(p_lines))
        using search_patterns(p_lines), clock_timestamp() - (p ->> 'endedSeconds')::integer * interval '1 second', p,
              (p ->> 'limit')::integer + 1;
end
$$;

-- What has or had a seat: carts and orders by their ids.
create or replace function seat_holders(p_performance uuid, p_seat_id text) returns uuid[]
    language sql stable as $$
    with seat as (select * from place where performance_id = p_performance and seat_id = p_seat_id)
    select array_agg(holder)
      from (select holder from seat where holder is not null
            union
            (select change.holder from place_change change join seat using (performance_id, place_no)
              where change.holder is not null order by change.at desc limit 1000)) as holders
$$;

-- What is asked for by its code, number or seat. A code leads to what its cart has become.
create or replace function purchases_by_key(p jsonb) returns table (kind text, id uuid, at timestamptz)
    language plpgsql as $$
declare
    v_carts  uuid[];
    v_orders uuid[];
begin
    if p ? 'seatId' then
        v_carts := seat_holders((p ->> 'performanceId')::uuid, p ->> 'seatId');
        v_orders := v_carts;
    elsif p ? 'pickupCode' then
        v_carts := array(select cart_id from cart where pickup_code = p ->> 'pickupCode' order by created_at desc limit 1000);
        v_orders := array(select order_id from orders where cart_id = any (v_carts));
    else
        v_orders := array(select order_id from orders where order_number = (p ->> 'orderNumber')::bigint);
    end if;
    return query
        select 'CART', cart_id, created_at from cart where cart_id = any (v_carts) and is_wanted(cart, p)
        union all
        select 'ORDER', order_id, created_at from orders where order_id = any (v_orders) and is_wanted(orders, p);
end
$$;

create or replace function purchase_hits(p jsonb) returns table (kind text, id uuid, at timestamptz)
    language plpgsql as $$
declare
    v_lines jsonb := search_lines(p -> 'texts');
begin
    if not p ? 'texts' then
        return query select * from purchases_by_key(p);
    elsif v_lines <> '[]' then
        return query select * from carts_by_text(p, v_lines) union all select * from orders_by_text(p, v_lines);
    end if;
end
$$;

-- What is in a purchase; of one that was given back, what was in it.
create or replace function purchase_places(p_id uuid) returns setof place
    language sql stable as $$
    select place.*
      from (select performance_id, place_no from cart_item where cart_id = p_id
            union all
            select performance_id, place_no from order_item
             where order_id = p_id
               and (cancelled_at is null
                    or not exists (select from order_item left_over
                                    where left_over.order_id = p_id and left_over.cancelled_at is null))) item
      join place using (performance_id, place_no)
$$;

create or replace function contents_view(p_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
        'quantity', (select count(*) from purchase_places(p_id)),
        'seats', (select coalesce(jsonb_agg(seat order by performance_id, place_no), '[]')
                    from (select performance_id, place_no,
                                 jsonb_build_object('seatId', seat_id, 'section', section, 'row', row_label,
                                                    'number', seat_number) as seat
                            from purchase_places(p_id) where seat_id is not null
                           order by performance_id, place_no limit 10) first),
        'performances', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'performanceId', performance_id, 'title', title, 'hall', hall, 'startsAt', starts_at)
                                order by starts_at, performance_id), '[]')
                           from (select * from performance join event using (event_id)
                                  where performance_id in (select performance_id from purchase_places(p_id))
                                  order by starts_at, performance_id limit 10) performance))
$$;

create or replace function cart_hit_view(p_cart cart) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'kind', 'CART', 'cartId', p_cart.cart_id, 'shopId', p_cart.shop_id, 'state', outside_state(p_cart),
               'pickupCode', p_cart.pickup_code, 'customerId', p_cart.customer_id,
               'buyerName', coalesce(p_cart.buyer ->> 'name', account.name),
               'buyerEmail', coalesce(p_cart.buyer ->> 'email', account.email),
               'buyerPhone', coalesce(p_cart.buyer ->> 'phone', account.phone),
               'total', (select jsonb_build_object('amount', sum(amount), 'currency', min(currency))
                           from cart_item join performance using (performance_id)
                          where cart_id = p_cart.cart_id having count(*) > 0),
               'createdAt', p_cart.created_at, 'expiresAt', p_cart.expires_at))
           || contents_view(p_cart.cart_id)
      from (select) one
      left join (select * from customer left join customer_email using (customer_id)
                  where customer_id = p_cart.customer_id and until is null and p_cart.buyer is null) account on true
$$;

-- Who has an order at the box office; nobody has one whose clerk is gone.
create or replace function clerk_of(p_order orders) returns text
    language sql volatile as $$
    select clerk from desk where order_id = p_order.order_id and lease_until > clock_timestamp()
$$;

create or replace function order_hit_view(p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'kind', 'ORDER', 'orderId', p_order.order_id, 'shopId', p_order.shop_id, 'state', outside_state(p_order),
               'orderNumber', p_order.order_number::text, 'paymentStatus', p_order.payment_status,
               'customerId', p_order.customer_id, 'buyerName', p_order.buyer ->> 'name',
               'buyerEmail', p_order.buyer ->> 'email', 'buyerPhone', p_order.buyer ->> 'phone',
               'total', jsonb_build_object('amount', p_order.total, 'currency', p_order.currency),
               'clerk', case when p_order.state = 'AT_BOX_OFFICE' then clerk_of(p_order) end,
               'createdAt', p_order.created_at,
               'expiresAt', case when outside_state(p_order) <> 'EXPIRED' then p_order.held_until end))
           || contents_view(p_order.order_id)
$$;

-- A page of what is asked for, newest first, and where the next one starts. It may hold less than it could, and still be
-- followed by another: where the way was too long.
create or replace function search_purchases(p jsonb) returns jsonb
    language sql volatile as $$
    with hit as materialized (
        select *, row_number() over (order by at desc, id desc) as number
          from purchase_hits(p || jsonb_build_object(
                   'beforeAt', coalesce(least((p ->> 'beforeAt')::timestamptz, (p ->> 'to')::timestamptz), 'infinity'),
                   'beforeId', case when (p ->> 'beforeAt')::timestamptz <= coalesce((p ->> 'to')::timestamptz, 'infinity')
                                    then p ->> 'beforeId' else '00000000-0000-0000-0000-000000000000' end,
                   'from', coalesce((p ->> 'from')::timestamptz, '-infinity')))
         order by at desc, id desc limit (p ->> 'limit')::integer + 1
    ), page as materialized (
        select * from hit
         where number <= (p ->> 'limit')::integer and number < coalesce((select number from hit where kind = 'STOP'), number + 1)
    ), rest as (
        select at, id from hit
         where kind = 'STOP' and number <= (p ->> 'limit')::integer
            or number = (p ->> 'limit')::integer and exists (select from hit where number > (p ->> 'limit')::integer)
         order by number limit 1
    )
    select jsonb_strip_nulls(jsonb_build_object(
        'purchases', (select coalesce(jsonb_agg(case kind when 'CART' then cart_hit_view(cart) else order_hit_view(orders) end
                                                order by number), '[]')
                        from page
                        left join cart on kind = 'CART' and cart_id = id
                        left join orders on kind = 'ORDER' and order_id = id),
        'nextAt', (select at from rest), 'nextId', (select id from rest)))
$$;
