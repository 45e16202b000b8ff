-- What partners may sell.

-- Whether this performance is allotted to this program.
create or replace function allotted(p_client_id text, p_performance_id uuid) returns boolean
    language sql stable as $$
    select exists (select from api_client where client_id = p_client_id and allotted_all)
        or exists (select from api_client_allotment
                    where client_id = p_client_id and performance_id = p_performance_id)
        or exists (select from api_client_allotment allotment
                     join performance using (event_id)
                    where allotment.client_id = p_client_id and performance.performance_id = p_performance_id)
$$;

create or replace function allotment_view(p_client api_client) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
        'version', p_client.version, 'everything', p_client.allotted_all,
        'eventIds', coalesce(jsonb_agg(event_id order by event_id) filter (where event_id is not null), '[]'),
        'performanceIds',
        coalesce(jsonb_agg(performance_id order by performance_id) filter (where performance_id is not null), '[]'))
      from api_client_allotment
     where client_id = p_client.client_id
$$;

-- The first of the events or performances named that there is not, counted from 0, and where it stands.
create or replace function unknown_allotment(p jsonb) returns jsonb
    language sql stable as $$
    select jsonb_build_object('list', list, 'index', index)
      from (select 'eventIds' as list, ordinality - 1 as index
              from jsonb_array_elements_text(p -> 'eventIds') with ordinality as named(id, ordinality)
             where not exists (select from event where event_id = id::uuid)
             union all
            select 'performanceIds', ordinality - 1
              from jsonb_array_elements_text(p -> 'performanceIds') with ordinality as named(id, ordinality)
             where not exists (select from performance where performance_id = id::uuid)) unknown
     order by list, index
     limit 1
$$;

create or replace function set_allotment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_client  api_client;
    v_unknown jsonb := unknown_allotment(p);
begin
    select * into v_client from api_client where client_id = p ->> 'clientId' for update;
    if not found then
        return refused('API_CLIENT_NOT_FOUND');
    end if;
    if v_client.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    if v_unknown is not null then
        return refused('INVALID_REQUEST', v_unknown);
    end if;
    delete from api_client_allotment where client_id = v_client.client_id;
    insert into api_client_allotment (client_id, event_id)
    select v_client.client_id, id::uuid from jsonb_array_elements_text(p -> 'eventIds') id;
    insert into api_client_allotment (client_id, performance_id)
    select v_client.client_id, id::uuid from jsonb_array_elements_text(p -> 'performanceIds') id;
    update api_client set allotted_all = (p ->> 'everything')::boolean, version = version + 1
     where client_id = v_client.client_id
    returning * into v_client;
    perform api_client_done(p, 'api-client.allot', v_client);
    return jsonb_build_object('allotment', allotment_view(v_client));
end
$$;
