-- The places of an order: holding them, keeping them, having lost them.

-- Locks an order's places, its own and those it has lost, in everybody's order.
create or replace function lock_places(p_order_id uuid) returns void
    language sql volatile as $$
    select from place join order_item item using (performance_id, place_no)
     where item.order_id = p_order_id and item.cancelled_at is null
     order by performance_id, place_no for update of place
$$;

-- Whether an order still holds all its places: the deadline may have passed while it waited for their locks.
create or replace function holds_places(p_order_id uuid) returns boolean
    language plpgsql as $$
begin
    perform lock_places(p_order_id);
    return not exists (
        select from order_item item join place using (performance_id, place_no)
         where item.order_id = p_order_id and item.cancelled_at is null
           and (place.holder is distinct from p_order_id or place.held_until <= clock_timestamp()));
end
$$;

-- Whether there is something left in an order and all its performances take place. Nobody cancels one of them before this has
-- committed.
create or replace function all_take_place(p_order_id uuid) returns boolean
    language plpgsql as $$
begin
    perform from performance
      where performance_id in (select performance_id from order_item where order_id = p_order_id and cancelled_at is null)
      order by performance_id for key share;
    return (select count(*) > 0 and not coalesce(bool_or(performance.state = 'CANCELLED'), false)
              from performance join order_item item using (performance_id)
             where item.order_id = p_order_id and item.cancelled_at is null);
end
$$;

-- Makes an order's places its own for good: those it holds, and those it has lost that nobody has taken. All or none.
create or replace function keep_places(p_order_id uuid) returns boolean
    language plpgsql as $$
declare
    v_wanted bigint;
    v_kept   bigint;
begin
    if not all_take_place(p_order_id) then
        return false;
    end if;
    perform lock_places(p_order_id);
    select count(*), count(*) filter (where place.holder = p_order_id or place.held_until <= clock_timestamp())
      into v_wanted, v_kept
      from order_item item join place using (performance_id, place_no)
     where item.order_id = p_order_id and item.cancelled_at is null;
    if v_kept < v_wanted then
        return false;
    end if;
    update place set held_until = 'infinity', holder = p_order_id,
                     fence = fence + case when holder is distinct from p_order_id then 1 else 0 end
      from order_item item
     where item.order_id = p_order_id and item.cancelled_at is null
       and item.performance_id = place.performance_id and item.place_no = place.place_no;
    return true;
end
$$;

-- Holds an order's seats at least until then.
create or replace function hold_order(p_order_id uuid, p_until timestamptz) returns void
    language plpgsql as $$
begin
    update orders set held_until = greatest(held_until, p_until), version = version + 1 where order_id = p_order_id;
    perform hand_places(p_order_id, p_order_id, (select held_until from orders where order_id = p_order_id));
end
$$;
