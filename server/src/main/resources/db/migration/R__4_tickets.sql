-- Tickets: made when an order is confirmed, void when it no longer is. Whatever changes one takes the number of its latest
-- change away, so that it gets a new one.

-- While the order's money is disputed its tickets let nobody in, also new ones.
create or replace function issue_tickets(p_order_id uuid) returns void
    language sql volatile as $$
    insert into ticket (order_id, item_id, performance_id, place_no, revoked_at, revoked_reason)
    select order_id, item_id, performance_id, place_no,
           case when disputed then clock_timestamp() end, case when disputed then 'DISPUTED' end
      from order_item,
           (select exists (select from dispute where order_id = p_order_id and state = 'OPEN') as disputed) money
     where order_id = p_order_id and cancelled_at is null
       and not exists (select from ticket where ticket.order_id = order_item.order_id and ticket.item_id = order_item.item_id
                                            and (revoked_at is null or revoked_reason = 'DISPUTED'))
     order by performance_id, place_no
$$;

-- Locks an order's tickets, or those of some of its items, in everybody's order.
create or replace function lock_tickets(p_order_id uuid, p_item_ids uuid[] default null) returns void
    language sql volatile as $$
    select from ticket
     where order_id = p_order_id and (p_item_ids is null or item_id = any (p_item_ids))
     order by ticket_id for update
$$;

-- Makes an order's tickets void, or those of some of its items. What was void before stays so for its first reason, but a
-- dispute is overtaken by whatever ends the order.
create or replace function revoke_tickets(p_order_id uuid, p_reason text, p_item_ids uuid[] default null) returns void
    language plpgsql as $$
begin
    perform lock_tickets(p_order_id, p_item_ids);
    update ticket
       set revoked_at = coalesce(revoked_at, clock_timestamp()), revoked_reason = p_reason, changed = null
     where order_id = p_order_id and (p_item_ids is null or item_id = any (p_item_ids))
       and (revoked_at is null or (revoked_reason = 'DISPUTED' and p_reason <> 'DISPUTED'));
end
$$;

-- What a bank disputed has been paid after all. Says how many let somebody in again.
create or replace function restore_tickets(p_order_id uuid) returns bigint
    language plpgsql as $$
declare
    v_count bigint;
begin
    perform lock_tickets(p_order_id);
    update ticket set revoked_at = null, revoked_reason = null, changed = null
     where order_id = p_order_id and revoked_reason = 'DISPUTED';
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

create or replace function ticket_state(p_ticket ticket) returns text
    language sql immutable as $$
    select case when p_ticket.revoked_at is not null then 'REVOKED'
                when p_ticket.admitted_at is not null then 'ADMITTED' else 'VALID' end
$$;

-- A ticket with all that is printed on it. Price types may have been taken from the programme since it was bought.
create or replace function ticket_view(p_ticket ticket) returns jsonb
    language sql stable as $$
    select item_view(item.item_id, place, category.name, item.price_type, item.amount, orders.currency)
           || jsonb_strip_nulls(jsonb_build_object(
               'ticketId', p_ticket.ticket_id, 'orderNumber', orders.order_number::text,
               'title', event.title, 'hall', performance.hall, 'startsAt', performance.starts_at,
               'timeZone', performance.time_zone, 'priceTypeName', coalesce(price.name, item.price_type),
               'state', ticket_state(p_ticket), 'revokedReason', p_ticket.revoked_reason,
               'admittedAt', p_ticket.admitted_at, 'gate', p_ticket.gate))
      from order_item item
      join orders using (order_id)
      join place using (performance_id, place_no)
      join performance_category category on category.performance_id = place.performance_id
                                        and category.category = place.category
      join performance on performance.performance_id = item.performance_id
      join event using (event_id)
      left join price on price.performance_id = place.performance_id and price.category = place.category
                     and price.price_type = item.price_type
     where item.order_id = p_ticket.order_id and item.item_id = p_ticket.item_id
$$;

-- Gives a number to every committed change that has none, whoever made it. Numbering has one writer at a time, so a change that
-- has no number yet can only get one that is higher than all those that anybody has seen, however late it was committed;
-- those who change tickets do not wait for each other. What is being changed right now is numbered afterwards.
create or replace function number_changes(p_performance_id uuid) returns void
    language plpgsql as $$
begin
    if exists (select from ticket where performance_id = p_performance_id and changed is null) then
        perform pg_advisory_xact_lock(hashtextextended('ticket-changes:' || p_performance_id, 0));
        update ticket set changed = nextval('ticket_change_seq')
         where ticket_id in (select ticket_id from ticket
                              where performance_id = p_performance_id and changed is null
                                for update skip locked);
    end if;
end
$$;

-- What has changed after a number, the oldest change first.
create or replace function ticket_changes(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_performance uuid := (p ->> 'performanceId')::uuid;
begin
    if not exists (select from performance where performance_id = v_performance) then
        return refused('PERFORMANCE_NOT_FOUND');
    end if;
    perform number_changes(v_performance);
    return jsonb_build_object('changes', coalesce((
        select jsonb_agg(ticket_view(ticket) || jsonb_build_object('number', ticket.changed) order by ticket.changed)
          from (select * from ticket
                 where performance_id = v_performance and changed > (p ->> 'after')::bigint
                 order by changed limit (p ->> 'limit')::integer) page
          join ticket using (ticket_id)), '[]'));
end
$$;
