-- Who has held which place. Written by a trigger, so that nothing that moves places can forget it.

-- Also whoever takes a place again after their time had passed is noted anew: in between it was anybody's.
create or replace function note_holders() returns trigger
    language plpgsql as $$
begin
    insert into place_change (performance_id, place_no, fence, holder, former_until)
    select after.performance_id, after.place_no, after.fence, after.holder, before.held_until
      from place_before before join place_after after using (performance_id, place_no)
     where after.fence <> before.fence or after.holder is distinct from before.holder
        or after.held_until > before.held_until and before.held_until <= clock_timestamp();
    return null;
end
$$;

create or replace trigger place_history after update on place
    referencing old table as place_before new table as place_after
    for each statement execute function note_holders();

-- Forgets a batch of what has happened to the places of performances that are that long over.
create or replace function forget_place_changes(p_seconds double precision, p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_performance uuid;
    v_count       bigint;
begin
    select performance_id into v_performance from performance
     where starts_at < clock_timestamp() - p_seconds * interval '1 second'
       and exists (select from place_change where place_change.performance_id = performance.performance_id)
     limit 1;
    delete from place_change
     where ctid = any (array(select ctid from place_change
                              where performance_id = v_performance limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
