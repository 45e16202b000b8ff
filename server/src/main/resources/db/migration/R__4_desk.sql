-- Who may do what with orders at the box office, and until when.

create or replace function by_partner(p jsonb) returns boolean
    language sql immutable as $$
    select coalesce((p -> 'actor' ->> 'partner')::boolean, false)
$$;

create or replace function actor_name(p jsonb) returns text
    language sql immutable as $$
    select p -> 'actor' ->> 'name'
$$;

-- Whether whoever asks may see what this client has sold: own staff everything, a partner what is its own.
create or replace function seen_by(p jsonb, p_client_id text) returns boolean
    language sql immutable as $$
    select not by_partner(p) or coalesce(p_client_id = p -> 'actor' ->> 'client', false)
$$;

-- The name of whoever has a purchase, as far as it concerns whoever asks.
create or replace function holder_name(p jsonb, p_desk desk) returns jsonb
    language sql immutable as $$
    select case when seen_by(p, p_desk.client_id) then jsonb_build_object('clerk', p_desk.clerk) else '{}' end
$$;

-- Why this clerk may not work on an order at the box office; null when they may.
create or replace function lease_refusal(p jsonb, p_order orders, p_desk desk) returns jsonb
    language sql immutable as $$
    select case
        when p_order.state <> 'AT_BOX_OFFICE' then refused('ORDER_STATE_CONFLICT')
        when p_desk.lease_until is null or p_desk.clerk <> p -> 'actor' ->> 'name'
             or p_desk.fence is distinct from (p ->> 'fence')::bigint
            then refused('LEASE_LOST', holder_name(p, p_desk))
    end
$$;

create or replace function lock_desk_order(p jsonb) returns orders
    language sql volatile as $$
    select * from orders where order_id = (p ->> 'orderId')::uuid and seen_by(p, client_id) for update
$$;

create or replace function under_review(p_order_id uuid) returns boolean
    language sql volatile as $$
    select exists (select from case_file where order_id = p_order_id and kind in ('CREDIT_LIMIT', 'TECHNICAL')
                      and state in ('OPEN', 'WAITING_FOR_CUSTOMER'))
$$;

create or replace function first_start(p_order_id uuid) returns timestamptz
    language sql stable as $$
    select min(starts_at)
      from order_item join performance using (performance_id) where order_id = p_order_id and cancelled_at is null
$$;

-- The end of every reservation and link: an hour before the first performance.
create or replace function last_call(p_order_id uuid) returns timestamptz
    language sql stable as $$
    select first_start(p_order_id) - interval '1 hour'
$$;

-- Until when an order is held that is now to be paid until then: a method that had a grace beyond what its buyer was told
-- keeps it (a transfer that was made in time is booked later), up to the end of every reservation.
create or replace function with_grace(p_order_id uuid, p_paid_until timestamptz, p_held_until timestamptz, p_until timestamptz)
    returns timestamptz
    language sql stable as $$
    select greatest(p_until, least(p_until + coalesce(p_held_until - p_paid_until, interval '0'), last_call(p_order_id)))
$$;

create or replace function busy_with_payment() returns jsonb
    language sql immutable as $$
    select refused('PAYMENT_IN_PROGRESS', '{"retryAfter": 30}')
$$;

-- Whether somebody could tell this buyer of their order.
create or replace function reachable(p_buyer jsonb) returns boolean
    language sql immutable as $$
    select coalesce(p_buyer ->> 'email', p_buyer ->> 'phone') is not null
$$;

-- Whether somebody in the way of this order's buyer was blocked after staff last went on with it all the same.
create or replace function newly_blocked(p_order orders) returns boolean
    language sql volatile as $$
    select exists (
        select from active_blocks(person_keys(p_order.match_key, p_order.customer_id))
         where created_at > coalesce((select max(at) from block_override where order_id = p_order.order_id), '-infinity'))
$$;

-- Staff who say why go on with an order, whoever has been blocked until now.
create or replace function note_override(p jsonb, p_order_id uuid) returns void
    language sql volatile as $$
    insert into block_override (order_id, by, reason)
    select p_order_id, p -> 'actor' ->> 'name', p ->> 'reason'
     where not by_partner(p) and coalesce(p ->> 'reason', '') <> ''
$$;

-- Checked wherever an order of the box office becomes binding, as it is at checkout, with nobody blocking its buyer beside it.
-- Own staff say why they go on. A partner finds the order ended, as one that somebody at the organiser has cancelled; what has
-- money on it waits for a supervisor.
create or replace function completion_refusal(p jsonb, p_order orders) returns jsonb
    language plpgsql as $$
begin
    perform lock_person(person_keys(p_order.match_key, p_order.customer_id));
    if not newly_blocked(p_order) then
        return null;
    end if;
    if not by_partner(p) then
        perform note_override(p, p_order.order_id);
        return case when coalesce(p ->> 'reason', '') = '' then refused('REASON_REQUIRED') end;
    end if;
    if exists (select from money_entry where order_id = p_order.order_id) then
        update desk set lease_until = null where order_id = p_order.order_id;
    elsif p_order.state = 'AT_BOX_OFFICE' then
        perform end_order(p_order, 'CANCELLED', 'SETTLED');
        perform hand_places(p_order.order_id, null, '-infinity');
        perform note_event('order.cancelled', p_order.order_id);
    end if;
    return refused('ORDER_STATE_CONFLICT');
end
$$;
