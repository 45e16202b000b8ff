-- Who has held which place. Written by a trigger, so that nothing that moves places can forget it.

create or replace function note_holders() returns trigger
    language plpgsql as $$
begin
    insert into place_change (performance_id, place_no, fence, holder, former_until)
    select after.performance_id, after.place_no, after.fence, after.holder, before.held_until
      from place_before before join place_after after using (performance_id, place_no)
     where after.fence <> before.fence or after.holder is distinct from before.holder;
    return null;
end
$$;

create or replace trigger place_history after update on place
    referencing old table as place_before new table as place_after
    for each statement execute function note_holders();
