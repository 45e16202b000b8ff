-- Orders as a list for their customer, in the state in which getOrder shows them.

create or replace function own_order_view(p_order orders, p_state text) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'orderId', p_order.order_id, 'orderNumber', p_order.order_number::text, 'shopId', p_order.shop_id, 'state', p_state,
        'paymentStatus', p_order.payment_status, 'paymentMethod', p_order.payment_method,
        'total', jsonb_build_object('amount', p_order.total, 'currency', p_order.currency),
        'quantity', (select count(*) from order_item
                      where order_item.order_id = p_order.order_id and cancelled_at is null),
        'showings', (select coalesce(jsonb_agg(jsonb_build_object(
                                'performanceId', performance_id, 'title', title, 'hall', hall, 'startsAt', starts_at,
                                'quantity', places) order by starts_at, performance_id), '[]')
                       from (select performance_id, count(*) as places from purchase_places(p_order.order_id)
                              group by performance_id) wanted
                       join performance using (performance_id)
                       join event using (event_id)),
        'createdAt', p_order.created_at,
        'heldUntil', case when p_state not in ('EXPIRED', 'AT_BOX_OFFICE') then p_order.held_until end,
        'payUntil', case when p_state not in ('EXPIRED', 'AT_BOX_OFFICE') then coalesce(p_order.pay_until, p_order.held_until) end))
$$;

-- One more order than the page has, if there is one more, the newest first.
create or replace function own_orders(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('orders', coalesce(jsonb_agg(own_order_view(page.found, page.state)
                                                           order by (page.found).created_at desc, (page.found).order_id desc), '[]'))
      from (select orders as found, outside.state
              from orders,
                   lateral (select case when held_until <= clock_timestamp() and orders.state <> 'AT_BOX_OFFICE' then 'EXPIRED'
                                        else orders.state end as state) outside
             where customer_id = (p ->> 'customerId')::uuid
               and (created_at, order_id) < (coalesce((p ->> 'beforeAt')::timestamptz, 'infinity'),
                                             coalesce(p ->> 'beforeId', 'ffffffff-ffff-ffff-ffff-ffffffffffff')::uuid)
               and (not p ? 'state' or outside.state = p ->> 'state')
             order by created_at desc, order_id desc
             limit (p ->> 'limit')::integer) page
$$;
