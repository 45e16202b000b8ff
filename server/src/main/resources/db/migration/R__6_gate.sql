-- The gate: a ticket lets its bearer in once.

-- What one scan comes to, and with it the admission. The ticket is locked. A scan that was made offline is judged at its own
-- instant, but not in the future: devices' clocks differ.
create or replace function check_ticket_in(p_scan jsonb, p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_now    timestamptz := clock_timestamp();
    v_at     timestamptz := least(coalesce((p_scan ->> 'at')::timestamptz, v_now), v_now);
    v_scan   uuid := (p_scan ->> 'scanId')::uuid;
    v_ticket ticket;
    v_show   performance;
    v_result text;
begin
    select * into v_ticket from ticket
     where ticket_id = (p_scan ->> 'ticketId')::uuid and performance_id = (p_scan ->> 'performanceId')::uuid;
    if not found then
        return jsonb_build_object('result', 'UNKNOWN');
    end if;
    select * into v_show from performance where performance_id = v_ticket.performance_id;
    v_result := case
        when v_ticket.performance_id <> (p_scan ->> 'gatePerformanceId')::uuid then 'WRONG_PERFORMANCE'
        when v_ticket.admission_id = v_scan then 'ADMITTED'
        when v_ticket.revoked_at <= v_at or v_show.state = 'CANCELLED' then 'REVOKED'
        when v_ticket.admitted_at is not null then 'ALREADY_ADMITTED'
        when v_at < v_show.starts_at - make_interval(secs => (p ->> 'opensSeconds')::integer) then 'NOT_OPEN_YET'
        when v_at > v_show.starts_at + make_interval(secs => (p ->> 'closesSeconds')::integer) then 'OVER'
        else 'ADMITTED' end;
    if v_result = 'ADMITTED' then
        update ticket
           set admitted_at = v_at, admitted_by = p ->> 'by', gate = p ->> 'gate', admission_id = v_scan, changed = null
         where ticket_id = v_ticket.ticket_id and admitted_at is null;
        select * into v_ticket from ticket where ticket_id = v_ticket.ticket_id;
    end if;
    return jsonb_strip_nulls(jsonb_build_object(
        'result', v_result, 'ticket', ticket_view(v_ticket),
        'admittedAt', case when v_result in ('ADMITTED', 'ALREADY_ADMITTED') then v_ticket.admitted_at end,
        'gate', case when v_result in ('ADMITTED', 'ALREADY_ADMITTED') then v_ticket.gate end,
        'revokedReason', case when v_result = 'REVOKED' then coalesce(v_ticket.revoked_reason, 'CANCELLED') end,
        'opensAt', case when v_result = 'NOT_OPEN_YET'
                        then v_show.starts_at - make_interval(secs => (p ->> 'opensSeconds')::integer) end,
        'closedAt', case when v_result = 'OVER'
                         then v_show.starts_at + make_interval(secs => (p ->> 'closesSeconds')::integer) end));
end
$$;

-- Scans, the earliest first, whatever order they come in; the answers are in the order they came in. All tickets are locked
-- before any is judged: whoever repeats the command waits here and then finds its answer.
create or replace function check_in(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_earlier  jsonb;
    v_scan     record;
    v_outcomes jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(p -> 'scans')]);
begin
    perform from ticket
      where ticket_id in (select (scan ->> 'ticketId')::uuid from jsonb_array_elements(p -> 'scans') scan)
      order by ticket_id for update;
    v_earlier := earlier_answer(p);
    if v_earlier is not null then
        return v_earlier;
    end if;
    for v_scan in
        select scan, position from jsonb_array_elements(p -> 'scans') with ordinality scans (scan, position)
         order by (scan ->> 'at')::timestamptz nulls first, position
    loop
        v_outcomes[v_scan.position] := check_ticket_in(v_scan.scan, p);
    end loop;
    perform audit(p ->> 'by', 'ticket.check-in',
                  case when jsonb_array_length(p -> 'scans') = 1 then p -> 'scans' -> 0 ->> 'ticketId' end,
                  jsonb_build_object('gate', p -> 'gate', 'results', (
                      select jsonb_agg(jsonb_build_object('ticketId', outcome -> 'ticket' -> 'ticketId',
                                                          'result', outcome -> 'result'))
                        from unnest(v_outcomes) outcome)));
    return remember_answer(p, jsonb_build_object('checkIns', to_jsonb(v_outcomes)));
end
$$;
