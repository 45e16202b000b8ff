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

-- Makes an order's places its own for good, all or none: those it holds in time, and until the show begins also those it has
-- lost that nobody has taken. A place of general admission that somebody else has is as good as any other of its category.
create or replace function keep_places(p_order_id uuid) returns boolean
    language plpgsql as $$
declare
    v_now    timestamptz;
    v_wanted bigint;
    v_kept   bigint;
begin
    if not all_take_place(p_order_id) then
        return false;
    end if;
    perform lock_places(p_order_id);
    v_now := clock_timestamp();
    if not has_seats(p_order_id, v_now) or not find_others(p_order_id, v_now) then
        return false;
    end if;
    select count(*) into v_wanted from order_item where order_id = p_order_id and cancelled_at is null;
    update place set held_until = 'infinity', holder = p_order_id,
                     fence = fence + case when holder is distinct from p_order_id then 1 else 0 end
      from order_item item join performance using (performance_id)
     where item.order_id = p_order_id and item.cancelled_at is null
       and item.performance_id = place.performance_id and item.place_no = place.place_no
       and can_keep(place, p_order_id, performance.starts_at, v_now);
    get diagnostics v_kept = row_count;
    if v_kept <> v_wanted then
        raise exception 'order % keeps % of % places', p_order_id, v_kept, v_wanted;
    end if;
    return true;
end
$$;

-- Whether this order can have this place for good. What has begun is not sold to whoever is late: money that comes in the
-- middle of the night buys nothing of the evening.
create or replace function can_keep(p_place place, p_order_id uuid, p_starts_at timestamptz, p_now timestamptz)
    returns boolean
    language sql immutable as $$
    select case when p_place.held_until <= p_now then p_starts_at > p_now
                else p_place.holder is not distinct from p_order_id end
$$;

-- Whether an order can have all its seats, and its places of general admission at least for the time.
create or replace function has_seats(p_order_id uuid, p_now timestamptz) returns boolean
    language sql volatile as $$
    select not exists (
        select from order_item item join place using (performance_id, place_no) join performance using (performance_id)
         where item.order_id = p_order_id and item.cancelled_at is null
           and not can_keep(place, p_order_id, starts_at, p_now)
           and (seat_id is not null or starts_at <= p_now))
$$;

-- For each place of general admission that somebody else has, another one that is free; whether there are enough. Whoever
-- is just taking one is not waited for: this has locks already, and somebody might wait for those.
create or replace function find_others(p_order_id uuid, p_now timestamptz) returns boolean
    language plpgsql as $$
declare
    v_lost  record;
    v_found integer[];
    v_moves jsonb := '{}';
begin
    for v_lost in
        select item.performance_id, place.category, array_agg(item.item_id) as items
          from order_item item join place using (performance_id, place_no) join performance using (performance_id)
         where item.order_id = p_order_id and item.cancelled_at is null
           and not can_keep(place, p_order_id, starts_at, p_now)
         group by item.performance_id, place.category order by item.performance_id, place.category
    loop
        v_found := array(
            select place_no from place
             where performance_id = v_lost.performance_id and category = v_lost.category
               and held_until <= p_now
               and place_no not in (select item.place_no from order_item item
                                     where item.order_id = p_order_id and item.performance_id = v_lost.performance_id)
             order by rank limit cardinality(v_lost.items)
               for update skip locked);
        if cardinality(v_found) < cardinality(v_lost.items) then
            return false;
        end if;
        select v_moves || jsonb_object_agg(v_lost.items[i], v_found[i]) into v_moves
          from generate_subscripts(v_found, 1) i;
    end loop;
    update order_item set place_no = (v_moves ->> item_id::text)::integer
     where order_id = p_order_id and v_moves ? item_id::text;
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
