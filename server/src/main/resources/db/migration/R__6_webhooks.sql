-- Endpoints as staff see and change them, and what becomes of what they are told.

create or replace function webhook_endpoint_view(p_endpoint webhook_endpoint) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'endpointId', p_endpoint.endpoint_id, 'version', p_endpoint.version, 'url', p_endpoint.url,
        'description', p_endpoint.description, 'events', to_jsonb(p_endpoint.events), 'clientId', p_endpoint.client_id,
        'active', p_endpoint.active, 'gone', p_endpoint.gone_at is not null, 'failures', p_endpoint.failures,
        'failingSince', p_endpoint.failing_since, 'deliveredAt', p_endpoint.delivered_at,
        'oldSecretUntil', case when p_endpoint.old_secret_until > clock_timestamp() then p_endpoint.old_secret_until end,
        'createdAt', p_endpoint.created_at))
$$;

-- Its state is that of its message, which the outbox forgets in the end.
create or replace function webhook_delivery_state(p_delivery webhook_delivery, p_message outbox_message) returns text
    language sql immutable as $$
    select case when p_message.state = 'WAITING' then 'WAITING'
                when p_delivery.delivered_at is not null then 'DELIVERED'
                when p_message.state = 'DEAD' then 'FAILED'
                else 'DROPPED' end
$$;

create or replace function webhook_delivery_view(p_delivery webhook_delivery, p_message outbox_message) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'deliveryId', p_delivery.delivery_id, 'type', p_delivery.event_type, 'orderId', p_delivery.data -> 'orderId',
        'performanceId', p_delivery.data -> 'performanceId',
        'state', webhook_delivery_state(p_delivery, p_message), 'tries', coalesce(p_message.tries, 0),
        'occurredAt', p_delivery.occurred_at, 'triedAt', p_delivery.tried_at, 'deliveredAt', p_delivery.delivered_at,
        'nextTryAt', case when p_message.state = 'WAITING' then p_message.due_at end,
        'status', p_delivery.status, 'error', p_delivery.error))
$$;

-- The new secret comes encrypted. A partner's program must exist.
create or replace function add_webhook_endpoint(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint webhook_endpoint;
begin
    if p ? 'clientId' and not exists (
        select from api_client where client_id = p ->> 'clientId' and 'partner' = any (scopes)) then
        return refused('INVALID_REQUEST');
    end if;
    insert into webhook_endpoint (url, description, events, client_id, secret)
    values (p ->> 'url', p ->> 'description', array(select jsonb_array_elements_text(p -> 'events')), p ->> 'clientId',
            decode(p ->> 'secret', 'hex'))
    returning * into v_endpoint;
    return jsonb_build_object('endpoint', webhook_endpoint_view(v_endpoint));
end
$$;

-- A new address, and being made active again, start with a clean slate.
create or replace function change_webhook_endpoint(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint webhook_endpoint;
    v_active   boolean := (p ->> 'active')::boolean;
    v_anew     boolean;
begin
    select * into v_endpoint from webhook_endpoint where endpoint_id = (p ->> 'endpointId')::uuid for update;
    if not found then
        return refused('WEBHOOK_NOT_FOUND');
    end if;
    if v_endpoint.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    v_anew := v_endpoint.url <> p ->> 'url' or (v_active and not v_endpoint.active);
    update webhook_endpoint
       set url = p ->> 'url', description = p ->> 'description', active = v_active,
           events = array(select jsonb_array_elements_text(p -> 'events')), version = version + 1,
           gone_at = case when not v_active then gone_at end,
           failures = case when v_anew then 0 else failures end,
           failing_since = case when v_anew then null else failing_since end,
           delivered_at = case when v_anew then null else delivered_at end
     where endpoint_id = v_endpoint.endpoint_id
    returning * into v_endpoint;
    return jsonb_build_object('endpoint', webhook_endpoint_view(v_endpoint));
end
$$;

-- What is still on its way finds nothing to send.
create or replace function delete_webhook_endpoint(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint webhook_endpoint;
begin
    delete from webhook_endpoint where endpoint_id = (p ->> 'endpointId')::uuid returning * into v_endpoint;
    if not found then
        return refused('WEBHOOK_NOT_FOUND');
    end if;
    delete from webhook_delivery where endpoint_id = v_endpoint.endpoint_id;
    return jsonb_build_object('endpoint', webhook_endpoint_view(v_endpoint));
end
$$;

-- Why nothing can be sent to an endpoint now; null when it can, and then it is not removed meanwhile.
create or replace function webhook_refusal(p_endpoint_id uuid) returns jsonb
    language plpgsql as $$
declare
    v_active boolean;
begin
    select active into v_active from webhook_endpoint where endpoint_id = p_endpoint_id for key share;
    return case when v_active is null then refused('WEBHOOK_NOT_FOUND')
                when not v_active then refused('WEBHOOK_INACTIVE') end;
end
$$;

create or replace function find_webhook_delivery(p_delivery_id uuid) returns jsonb
    language sql stable as $$
    select webhook_delivery_view(delivery, message)
      from webhook_delivery delivery
      left join outbox_message message on message.kind = 'WEBHOOK' and message.key = delivery.delivery_id::text
     where delivery_id = p_delivery_id
$$;

create or replace function test_webhook(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint uuid := (p ->> 'endpointId')::uuid;
    v_refusal  jsonb := webhook_refusal(v_endpoint);
    v_delivery uuid;
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    v_delivery := post_webhooks(array[v_endpoint], 'webhook.test', jsonb_build_object('webhookId', v_endpoint));
    return jsonb_build_object('delivery', find_webhook_delivery(v_delivery));
end
$$;

-- Sent again under its own id, by which the endpoint knows what it has had.
create or replace function resend_webhook(p_delivery_id uuid) returns void
    language plpgsql as $$
begin
    update webhook_delivery set delivered_at = null where delivery_id = p_delivery_id;
    perform repost_message('WEBHOOK', p_delivery_id::text, '{}');
end
$$;

create or replace function replay_webhook(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint uuid := (p ->> 'endpointId')::uuid;
    v_delivery uuid := (p ->> 'deliveryId')::uuid;
    v_refusal  jsonb := webhook_refusal(v_endpoint);
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    if not exists (select from webhook_delivery where delivery_id = v_delivery and endpoint_id = v_endpoint) then
        return refused('WEBHOOK_DELIVERY_NOT_FOUND');
    end if;
    perform resend_webhook(v_delivery);
    return jsonb_build_object('delivery', find_webhook_delivery(v_delivery));
end
$$;

create or replace function replay_webhooks(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint uuid := (p ->> 'endpointId')::uuid;
    v_refusal  jsonb := webhook_refusal(v_endpoint);
    v_one      webhook_delivery;
    v_count    integer := 0;
    v_through  timestamptz;
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    for v_one in
        select * from webhook_delivery
         where endpoint_id = v_endpoint and occurred_at >= (p ->> 'since')::timestamptz
           and (delivered_at is null or (p ->> 'delivered')::boolean)
         order by occurred_at, delivery_id limit (p ->> 'limit')::integer
    loop
        perform resend_webhook(v_one.delivery_id);
        v_count := v_count + 1;
        v_through := v_one.occurred_at;
    end loop;
    return jsonb_strip_nulls(jsonb_build_object('replayed', v_count, 'through', v_through));
end
$$;

-- What became of a try. Staff may have changed the endpoint meanwhile: then it says nothing about the endpoint as it is now.
create or replace function note_webhook_try(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_endpoint uuid := (p ->> 'endpointId')::uuid;
    v_version  bigint := (p ->> 'version')::bigint;
    v_outcome  text := p ->> 'outcome';
    v_now      timestamptz := clock_timestamp();
begin
    if v_outcome = 'DELIVERED' then
        update webhook_endpoint set failures = 0, failing_since = null, delivered_at = date_trunc('minute', v_now)
         where endpoint_id = v_endpoint and version = v_version
           and (failures > 0 or delivered_at is distinct from date_trunc('minute', v_now));
    else
        update webhook_endpoint
           set failures = failures + 1, failing_since = coalesce(failing_since, v_now), active = v_outcome <> 'GONE',
               gone_at = case when v_outcome = 'GONE' then v_now end,
               version = version + case when v_outcome = 'GONE' then 1 else 0 end
         where endpoint_id = v_endpoint and version = v_version and active;
    end if;
    update webhook_delivery
       set tried_at = v_now, status = (p ->> 'status')::integer, error = p ->> 'error',
           delivered_at = case when v_outcome = 'DELIVERED' then v_now else delivered_at end
     where delivery_id = (p ->> 'deliveryId')::uuid;
    return '{}';
end
$$;

-- Forgets what is too old to be sent again.
create or replace function forget_webhooks(p_before timestamptz, p_limit integer) returns integer
    language plpgsql as $$
declare
    v_count integer;
begin
    delete from webhook_delivery
     where delivery_id in (select delivery_id from webhook_delivery where occurred_at < p_before
                            order by occurred_at limit p_limit for update skip locked);
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
