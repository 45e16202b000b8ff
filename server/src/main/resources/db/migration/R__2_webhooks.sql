-- Telling others what happens.

-- Tells every endpoint that wants to hear of it. Without one this costs one look at an index, which is all that most
-- checkouts pay.
create or replace function note_event(p_type text, p_order_id uuid) returns void
    language plpgsql as $$
declare
    v_endpoints uuid[];
begin
    select array_agg(endpoint_id) into v_endpoints
      from webhook_endpoint
     where active and events @> array[p_type]
       and (client_id is null or client_id = (select orders.client_id from orders where order_id = p_order_id));
    if v_endpoints is not null then
        perform post_webhooks(v_endpoints, p_type, order_webhook_data(p_order_id));
    end if;
end
$$;

-- The programme concerns every partner.
create or replace function note_performance_event(p_type text, p_performance_id uuid) returns void
    language plpgsql as $$
declare
    v_endpoints uuid[];
begin
    select array_agg(endpoint_id) into v_endpoints from webhook_endpoint where active and events @> array[p_type];
    if v_endpoints is not null then
        perform post_webhooks(v_endpoints, p_type, performance_webhook_data(p_performance_id));
    end if;
end
$$;

-- A named part of the order, so that nothing that is added to the view, and nothing about persons, goes out unasked.
create or replace function order_webhook_data(p_order_id uuid) returns jsonb
    language plpgsql stable as $$
begin
    return (select jsonb_build_object('items', '[]'::jsonb) || jsonb_object_agg(key, value)
              from jsonb_each(order_view(p_order_id))
             where key in ('orderId', 'orderNumber', 'shopId', 'state', 'paymentStatus', 'version', 'items', 'total'));
end
$$;

create or replace function performance_webhook_data(p_performance_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object('performanceId', performance_id, 'eventId', event_id, 'startsAt', starts_at,
                              'timeZone', time_zone, 'state', state, 'version', version)
      from performance where performance_id = p_performance_id
$$;

-- One message for each endpoint, so that none waits for another; says what the last one is called.
create or replace function post_webhooks(p_endpoints uuid[], p_type text, p_data jsonb) returns uuid
    language plpgsql as $$
declare
    v_delivery uuid;
    v_last     uuid;
begin
    for v_delivery in
        insert into webhook_delivery (endpoint_id, event_type, data)
        select endpoint_id, p_type, p_data from unnest(p_endpoints) endpoint_id
        returning delivery_id
    loop
        v_last := v_delivery;
        perform post_message('WEBHOOK', v_delivery::text, '{}');
    end loop;
    return v_last;
end
$$;
