-- Choosing and locking free places. A place is free when its hold has passed, whether or not anything has swept it; the
-- clock is read after the lock.

-- One set of the best free places of a category: a run of neighbours if there is one, else the best single ones. With
-- p_spread above one it is drawn from that many of the best, so that competing buyers part ways.
create or replace function best_places(p_performance uuid, p_category text, p_quantity integer, p_spread integer)
    returns integer[] language sql volatile as $$
    with free as (
        select place_no, row_index, row_position, rank
          from place
         where performance_id = p_performance and category = p_category and held_until <= clock_timestamp()
    ), run as (
        select row_index, row_position,
               sum(rank) over (partition by row_index order by row_position
                               rows between current row and p_quantity - 1 following) as score,
               lead(row_position, p_quantity - 1) over (partition by row_index order by row_position)
                   = row_position + p_quantity - 1 as adjacent
          from free
         where row_index is not null
    ), best as (
        select row_index, row_position from run where adjacent order by score limit p_spread
    ), chosen as (
        select row_index, row_position from best order by random() limit 1
    ), single as (
        select place_no, rank from free
         where not exists (select from chosen)
         order by rank limit p_quantity::bigint * p_spread
    ), picked as (
        select free.place_no
          from free join chosen using (row_index)
         where free.row_position between chosen.row_position and chosen.row_position + p_quantity - 1
        union all
        (select place_no from single order by case when p_spread = 1 then rank else random() end limit p_quantity)
    )
    select array_agg(place_no order by place_no) from picked having count(*) = p_quantity
$$;

-- Locks the best free places. Any of them will do, so at first places that somebody else is just taking are passed over
-- instead of waited for; when few are left, it waits for them, in everybody's order. An attempt that failed gives its locks
-- back. Whoever waited in vain has seen others buy, so this ends. Null: there are not that many. Empty: it gave up.
create or replace function lock_best_places(p_performance uuid, p_category text, p_quantity integer)
    returns integer[] language plpgsql as $$
declare
    v_places integer[];
    v_locked integer;
    v_spread integer := 1;
begin
    for v_try in 1..100 loop
        v_places := best_places(p_performance, p_category, p_quantity, v_spread);
        if v_places is null then
            return null;
        end if;
        begin
            if v_try < 4 then
                select count(*) into v_locked from (
                    select from place
                     where performance_id = p_performance and place_no = any (v_places)
                       and held_until <= clock_timestamp()
                       for update skip locked) locked;
            else
                select count(*) into v_locked from (
                    select from place
                     where performance_id = p_performance and place_no = any (v_places)
                       and held_until <= clock_timestamp()
                     order by place_no
                       for update) locked;
            end if;
            if v_locked = p_quantity then
                return v_places;
            end if;
            raise exception using errcode = 'AK001';
        exception when sqlstate 'AK001' then
            v_spread := least(v_spread * 3, 81);
        end;
    end loop;
    return '{}';
end
$$;

-- Locks named seats in the order of their numbers, which is everybody's order; returns those that are free.
create or replace function lock_seats(p_performance uuid, p_seat_ids text[])
    returns integer[] language sql volatile as $$
    select coalesce(array_agg(place_no), '{}') from (
        select place_no from place
         where performance_id = p_performance and seat_id = any (p_seat_ids) and held_until <= clock_timestamp()
         order by place_no
           for update) locked
$$;

-- Until when a channel sells: the shop until the end of its sales, a box office until so long after the start.
create or replace function sales_end(p_performance performance, p_desk_seconds integer) returns timestamptz
    language sql immutable as $$
    select case when p_desk_seconds is null then p_performance.sales_end
                else greatest(p_performance.sales_end, p_performance.starts_at + p_desk_seconds * interval '1 second') end
$$;

-- Checks a selection against the programme and locks its places. The box office (p_desk_seconds) sells longer.
create or replace function choose_places(
    p_selection jsonb, p_room integer, p_desk_seconds integer default null,
    out refusal jsonb, out performance uuid, out places integer[])
    language plpgsql as $$
declare
    v_performance performance;
    v_seat_ids    text[];
    v_quantity    integer;
begin
    select * into v_performance from performance where performance_id = (p_selection ->> 'performanceId')::uuid;
    if not found then
        refusal := refused('PERFORMANCE_NOT_FOUND');
        return;
    end if;
    performance := v_performance.performance_id;
    if v_performance.state = 'CANCELLED'
       or clock_timestamp() not between v_performance.sales_start and sales_end(v_performance, p_desk_seconds) then
        refusal := refused('NOT_ON_SALE');
        return;
    end if;
    if p_selection ? 'seatIds' then
        v_seat_ids := array(select jsonb_array_elements_text(p_selection -> 'seatIds'));
    end if;
    v_quantity := coalesce(cardinality(v_seat_ids), (p_selection ->> 'quantity')::integer);
    if v_quantity > p_room then
        refusal := refused('CART_FULL');
        return;
    end if;
    if v_seat_ids is not null then
        refusal := unknown_in_seats(performance, v_seat_ids, p_selection ->> 'priceType');
        if refusal is null then
            places := lock_seats(performance, v_seat_ids);
            if cardinality(places) < v_quantity then
                refusal := refused('SEATS_TAKEN', jsonb_build_object('seatIds', (
                    select jsonb_agg(seat_id order by place_no) from place
                     where performance_id = performance and seat_id = any (v_seat_ids) and place_no <> all (places))));
            end if;
        end if;
        return;
    end if;
    refusal := unknown_in_category(performance, p_selection ->> 'category', p_selection ->> 'priceType');
    if refusal is null then
        places := lock_best_places(performance, p_selection ->> 'category', v_quantity);
        if places is null then
            refusal := refused('NOT_ENOUGH_SEATS');
        elsif places = '{}' then
            refusal := refused('UNAVAILABLE');
        end if;
    end if;
end
$$;

create or replace function unknown_in_seats(p_performance uuid, p_seat_ids text[], p_price_type text) returns jsonb
    language sql stable as $$
    select case
        when exists (
            select from unnest(p_seat_ids) as wanted (seat_id)
             where not exists (select from place
                                where performance_id = p_performance and place.seat_id = wanted.seat_id))
            then refused('UNKNOWN_SEAT', jsonb_build_object('index', (
                select min(ordinality) - 1 from unnest(p_seat_ids) with ordinality as wanted (seat_id, ordinality)
                 where not exists (select from place
                                    where performance_id = p_performance and place.seat_id = wanted.seat_id))))
        when p_price_type is not null and exists (
            select from place
             where performance_id = p_performance and seat_id = any (p_seat_ids)
               and not exists (select from price
                                where price.performance_id = p_performance and price.category = place.category
                                  and price.price_type = p_price_type))
            then refused('UNKNOWN_PRICE_TYPE')
    end
$$;

create or replace function unknown_in_category(p_performance uuid, p_category text, p_price_type text) returns jsonb
    language sql stable as $$
    select case
        when not exists (select from performance_category
                          where performance_id = p_performance and category = p_category)
            then refused('UNKNOWN_CATEGORY')
        when p_price_type is not null and not exists (
            select from price
             where performance_id = p_performance and category = p_category and price_type = p_price_type)
            then refused('UNKNOWN_PRICE_TYPE')
    end
$$;
