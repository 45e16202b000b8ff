-- Incidents: times during which a service that checkout needs could not be reached, and the cases that came of them. The row of an
-- incident is locked after everything else, or alone; what it means for holds is carried out order by order.

-- The incident that a case is of which is opened now: the present one, one that was over for so short a time that it is the same, or
-- a new one.
create or replace function join_incident(p_upstream text) returns uuid
    language plpgsql as $$
declare
    v_relapse  interval := coalesce((setting('incidents') ->> 'relapseSeconds')::bigint, 900) * interval '1 second';
    v_incident uuid;
begin
    loop
        select incident_id into v_incident from incident where upstream = p_upstream and back_at is null;
        exit when found;
        begin
            update incident set back_at = null
             where incident_id = (select incident_id from incident
                                   where upstream = p_upstream and back_at > clock_timestamp() - v_relapse
                                   order by back_at desc limit 1)
               and back_at is not null
            returning incident_id into v_incident;
            exit when found;
            insert into incident (upstream) values (p_upstream)
            on conflict (upstream) where back_at is null do nothing
            returning incident_id into v_incident;
            exit when found;
        exception when unique_violation then
            null; -- Somebody else has opened one meanwhile; it is found at the next turn.
        end;
    end loop;
    return v_incident;
end
$$;

-- The service answers again. While it still turns people away it is not back, whatever it answers: then nothing happens.
create or replace function upstream_back(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_steady   interval := coalesce((setting('incidents') ->> 'steadySeconds')::double precision, 0) * interval '1 second';
    v_incident uuid;
begin
    update incident set back_at = clock_timestamp()
     where upstream = p ->> 'upstream' and back_at is null
       and not exists (select from case_file
                        where case_file.incident_id = incident.incident_id
                          and created_at > clock_timestamp() - v_steady)
    returning incident_id into v_incident;
    return jsonb_strip_nulls(jsonb_build_object('incidentId', v_incident));
end
$$;

-- Until when an order is held that waits because of an incident: for a while after the service is back, and as long as its case was
-- given when it is not. Nobody loses in the last quarter of an hour what they have.
create or replace function incident_hold(p_incident incident, p_case case_file, p_order orders, p_hold interval)
    returns timestamptz
    language sql volatile as $$
    select case when p_incident.back_at is null
                then greatest(p_order.held_until, least(p_case.deadline, last_call(p_order.order_id)))
                else least(p_order.held_until,
                           greatest(p_incident.back_at + p_hold, clock_timestamp() + interval '15 minutes')) end
$$;

-- Moves the holds of orders whose incident is over, or is not over after all. A few at a time; says how many. One that somebody
-- else is at is left for the next time.
create or replace function hold_for_incidents(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_hold  interval := coalesce((setting('incidents') ->> 'holdSeconds')::bigint, 7200) * interval '1 second';
    v_due   record;
    v_moved integer := 0;
begin
    for v_due in
        select orders.order_id, incident_hold(incident, case_file, orders, v_hold) as until
          from case_file
          join incident using (incident_id)
          join orders on orders.order_id = case_file.order_id
         where case_file.state in ('OPEN', 'WAITING_FOR_CUSTOMER') and case_file.kind = 'TECHNICAL'
           and orders.state = 'UNDER_REVIEW' and orders.held_until > clock_timestamp()
           and case when back_at is null then orders.held_until < case_file.deadline
                    else orders.held_until > back_at + v_hold end
           and orders.held_until <> incident_hold(incident, case_file, orders, v_hold)
         order by orders.order_id limit (p ->> 'most')::integer
           for update of orders skip locked
    loop
        update orders set held_until = v_due.until, version = version + 1 where order_id = v_due.order_id;
        perform hand_places(v_due.order_id, v_due.order_id, v_due.until);
        v_moved := v_moved + 1;
    end loop;
    return jsonb_build_object('moved', v_moved);
end
$$;

create or replace function incident_view(p_incident incident) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'incidentId', p_incident.incident_id, 'upstream', p_incident.upstream, 'beganAt', p_incident.began_at,
               'backAt', p_incident.back_at, 'cases', count(*) filter (where case_file.case_number is not null),
               'openCases', count(*) filter (where case_state(case_file, orders) in ('OPEN', 'WAITING_FOR_CUSTOMER'))))
      from (select p_incident.incident_id) asked
      left join case_file using (incident_id)
      left join orders on orders.order_id = case_file.order_id
$$;

-- What there is to decide of an incident, the oldest first, or what was answered before. Changes nothing.
create or replace function incident_to_settle(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_incident incident;
    v_seen     jsonb;
begin
    select * into v_incident from incident where incident_id = (p ->> 'incidentId')::uuid;
    if not found then
        return refused('INCIDENT_NOT_FOUND');
    end if;
    v_seen := earlier_answer(p);
    if v_seen is not null then
        return v_seen;
    end if;
    if v_incident.back_at is null then
        return refused('INCIDENT_NOT_OVER');
    end if;
    return jsonb_build_object('cases', (
        select coalesce(jsonb_agg(jsonb_build_object('caseNumber', case_number, 'version', version)
                                  order by created_at, case_number), '[]')
          from (select case_file.case_number, case_file.version, case_file.created_at
                  from case_file
                  left join orders on orders.order_id = case_file.order_id
                 where incident_id = v_incident.incident_id
                   and case_state(case_file, orders) in ('OPEN', 'WAITING_FOR_CUSTOMER')
                 order by created_at, case_number limit (p ->> 'most')::integer) waiting));
end
$$;

-- Keeps what became of them.
create or replace function incident_settled(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_incident incident;
begin
    select * into strict v_incident from incident where incident_id = (p ->> 'incidentId')::uuid;
    perform audit(actor_name(p), 'incident.settle', v_incident.incident_id::text, jsonb_build_object(
        'reason', p ->> 'reason', 'approved', p -> 'approved', 'failed', jsonb_array_length(p -> 'failures')));
    return remember_answer(p, jsonb_build_object(
        'approved', p -> 'approved', 'failures', p -> 'failures',
        'left', incident_view(v_incident) -> 'openCases'));
end
$$;
