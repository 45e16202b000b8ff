-- Tickets: made when an order is confirmed, void when it no longer is. Every change has a number, so that a gate without a
-- network can ask for what it has not seen.

create or replace function issue_tickets(p_order_id uuid) returns void
    language sql volatile as $$
    insert into ticket (order_id, item_id, performance_id, place_no, changed)
    select order_id, item_id, performance_id, place_no, nextval('ticket_change_seq')
      from order_item
     where order_id = p_order_id and cancelled_at is null
       and not exists (select from ticket where ticket.order_id = order_item.order_id and ticket.item_id = order_item.item_id
                                            and revoked_at is null)
     order by performance_id, place_no
$$;

-- Makes an order's tickets void, or those of some of its items. What was void before stays so for its first reason, but a
-- dispute is overtaken by whatever ends the order.
create or replace function revoke_tickets(p_order_id uuid, p_reason text, p_item_ids uuid[] default null) returns void
    language sql volatile as $$
    update ticket
       set revoked_at = clock_timestamp(), revoked_reason = p_reason, changed = nextval('ticket_change_seq')
     where order_id = p_order_id and (revoked_at is null or revoked_reason = 'DISPUTED')
       and (p_item_ids is null or item_id = any (p_item_ids))
$$;

-- The dispute was won.
create or replace function restore_tickets(p_order_id uuid) returns void
    language sql volatile as $$
    update ticket set revoked_at = null, revoked_reason = null, changed = nextval('ticket_change_seq')
     where order_id = p_order_id and revoked_reason = 'DISPUTED'
$$;
