-- What open streams have to say. Noted in the transaction that did it; numbered and announced after it.

-- What has become of a cart.
create or replace function note_carts(p_cart_ids uuid[], p_kind text) returns void
    language sql volatile as $$
    insert into live_event (topic, kind) select unnest(p_cart_ids), p_kind
$$;

-- Whether a place looks different to the outside. What was held may have been told free since its time ran out, and what runs out
-- in a moment may be until this is committed.
create or replace function looks_different(p_before timestamptz, p_after timestamptz) returns boolean
    language sql volatile as $$
    select case
        when p_before = '-infinity' then p_after > clock_timestamp()
        when p_before = 'infinity' then p_after < 'infinity'
        when p_before > clock_timestamp() + interval '10 seconds' then p_after = 'infinity' or p_after <= clock_timestamp()
        else true
    end
$$;

-- Notes which places a statement has made look different. Another holder or another deadline alone is nobody's business.
create or replace function note_places() returns trigger
    language plpgsql as $$
begin
    insert into live_event (topic, kind, places)
    select performance_id, 'SEATS', array_agg(place_no order by place_no)
      from place_before before join place_after after using (performance_id, place_no)
     where looks_different(before.held_until, after.held_until)
     group by performance_id;
    return null;
end
$$;

create or replace trigger place_live after update on place
    referencing old table as place_before new table as place_after
    for each statement execute function note_places();

-- Notes the places whose holds have run out with these carts and orders: nothing was written on them.
create or replace function note_lapse(p_holders uuid[]) returns void
    language sql volatile as $$
    insert into live_event (topic, kind, places)
    select performance_id, 'SEATS', array_agg(place_no order by place_no)
      from place
     where holder = any (p_holders) and held_until <= clock_timestamp()
     group by performance_id
$$;

-- Numbers what has been committed since and tells all replicas. One at a time: whoever has the position's lock sees all that
-- was numbered before, so numbers become visible in their order, and a reader that has seen one has seen all below it.
create or replace function number_live_events() returns void
    language plpgsql as $$
declare
    v_last  bigint;
    v_count bigint;
begin
    if not exists (select from live_event where seq is null) then
        return;
    end if;
    select last_seq into v_last from live_position for update;
    update live_event set seq = v_last + numbered.ordinal
      from (select event_id, row_number() over (order by event_id) as ordinal from live_event where seq is null) numbered
     where live_event.event_id = numbered.event_id;
    get diagnostics v_count = row_count;
    if v_count > 0 then
        update live_position set last_seq = v_last + v_count;
        perform pg_notify('live', (v_last + v_count)::text);
    end if;
end
$$;

-- Forgets a batch of what is older than that, always from the beginning on.
create or replace function forget_live_events(p_seconds double precision, p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_upto  bigint;
    v_count bigint;
begin
    perform from live_position for update skip locked;
    if not found then
        return 0;
    end if;
    select max(seq) into v_upto
      from (select seq, created_at from live_event where seq is not null order by seq limit p_limit) oldest
     where created_at < clock_timestamp() - p_seconds * interval '1 second';
    delete from live_event where seq <= v_upto;
    get diagnostics v_count = row_count;
    update live_position set forgotten = v_upto where v_upto is not null;
    return v_count;
end
$$;
