-- What has to be true after every step. Each query gives what breaks its rule.

-- What staff have kept of items that were given back. Besides what they have let off it is the only reason why an order does not
-- cost what its items do.
create table walk_kept (order_id uuid not null, amount bigint not null);

-- Items were given back in the last step, of which that much was to be kept: not more than they were worth, less what had been
-- let off of them, nor than the order had left.
create function walk_keep(p_order uuid, p_items uuid[], p_total bigint, p_fee bigint) returns void language plpgsql as $$
begin
    insert into walk_kept (order_id, amount)
    select p_order, least(p_total, rest + p_fee) - rest
      from (select greatest(p_total - sum(item.amount) + min(before.discount) - min(orders.discount), 0) as rest
              from order_item item join walk_before before using (order_id) join orders using (order_id)
             where order_id = p_order and item_id = any (p_items)) given_back;
end
$$;

create view walk_order as
    select orders.*, balance_of(orders.order_id) as balance, greatest(orders.total - balance_of(orders.order_id), 0) as owed,
           (select coalesce(sum(delta), 0) from credit_entry entry where entry.order_id = orders.order_id) as counted,
           exists (select from dispute where dispute.order_id = orders.order_id) as disputed,
           exists (select from dispute where dispute.order_id = orders.order_id and dispute.state = 'OPEN') as in_dispute,
           orders.state in ('RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW') as waits,
           coalesce(orders.held_until <= clock_timestamp(), false) as past,
           -- All that is left of it is what was kept for tickets that were given back.
           orders.state in ('CANCELLED', 'REFUNDED')
               and exists (select from invoice where invoice.order_id = orders.order_id)
               and not exists (select from order_item where order_item.order_id = orders.order_id and cancelled_at is null)
               as fee_only,
           exists (select from dispute where dispute.order_id = orders.order_id and dispute.state = 'LOST') as has_lost
      from orders;

create function walk_holds() returns table (name text, detail text) language plpgsql as $$
begin
    return query
    select '1 an order that holds has the places of its items', concat_ws(' ', o.order_number, o.state, place.place_no,
                                                                         place.held_until, o.held_until)
      from walk_order o
      join order_item item on item.order_id = o.order_id and item.cancelled_at is null
      join place using (performance_id, place_no)
     where (o.state in ('AT_BOX_OFFICE', 'CONFIRMED') or o.waits and not o.past)
       and (place.holder is distinct from o.order_id or place.held_until <> coalesce(o.held_until, 'infinity'));

    return query
    select '2a an open cart has the places of its items', concat_ws(' ', cart_id, place.place_no)
      from cart join cart_item item using (cart_id) join place using (performance_id, place_no)
     where state = 'OPEN' and expires_at > clock_timestamp()
       and (place.holder is distinct from cart_id or place.held_until <> expires_at);

    return query
    select '2b an open cart knows how many items it has', concat_ws(' ', cart_id, item_count)
      from cart
     where state = 'OPEN' and item_count <> (select count(*) from cart_item where cart_item.cart_id = cart.cart_id);

    return query
    select '3 nobody else holds a place', concat_ws(' ', place.place_no, place.holder, place.held_until)
      from place
     where held_until > clock_timestamp()
       and not exists (select from cart join cart_item item using (cart_id)
                        where cart_id = place.holder and state = 'OPEN' and item.performance_id = place.performance_id
                          and item.place_no = place.place_no)
       and not exists (select from orders join order_item item using (order_id)
                        where order_id = place.holder and item.cancelled_at is null
                          and state in ('AT_BOX_OFFICE', 'CONFIRMED', 'RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW')
                          and item.performance_id = place.performance_id and item.place_no = place.place_no);
end
$$;

create function walk_money() returns table (name text, detail text) language plpgsql as $$
begin
    return query
    select '4a an order costs what its items cost, less what was let off', concat_ws(' ', o.order_number, o.state, o.total)
      from walk_order o
     where o.state <> 'CANCELLED'
       and o.total <> greatest(0, (select coalesce(sum(amount), 0) from order_item item
                                    where item.order_id = o.order_id and cancelled_at is null)
                                  - o.discount + (select coalesce(sum(amount), 0) from walk_kept where walk_kept.order_id = o.order_id));

    return query
    select '4b the payment status agrees with the money',
           concat_ws(' ', o.order_number, o.state, o.payment_status, o.balance, 'of', o.total)
      from walk_order o
     where o.payment_status <> case
               when o.in_dispute then 'DISPUTED'
               when o.state = 'REFUNDED' then 'REFUNDED'
               when o.balance <= 0 and exists (select from money_entry entry where entry.order_id = o.order_id and amount > 0
                                                                             and kind <> 'CHARGEBACK_WON') then 'REFUNDED'
               when o.balance >= o.total then 'PAID'
               when o.balance > 0 then 'PART_PAID'
               else 'UNPAID' end;

    return query
    select '6a what came in, less what went out, is what is there',
           concat_ws(' ', o.order_number, o.state, came.amount, gone.amount, o.balance)
      from walk_order o,
           lateral (select coalesce((select sum((select min(amount) from payment_fact fact
                                                  where fact.payment_id = payment.payment_id and kind = 'SUCCEEDED'))
                                       from payment where payment.order_id = o.order_id and state = 'SUCCEEDED'), 0)
                           + coalesce((select sum(amount) from counter_payment paid where paid.order_id = o.order_id), 0)
                           + coalesce((select sum(amount) from received_payment received
                                        where received.order_id = o.order_id), 0) as amount) came,
           lateral (select coalesce((select sum(amount) from refund where refund.order_id = o.order_id), 0)
                           + coalesce((select sum(amount) from dispute
                                        where dispute.order_id = o.order_id and state <> 'WON'), 0) as amount) gone
     where came.amount - gone.amount <> o.balance;

    return query
    select '6b nobody has paid less than nothing, but for disputes', concat_ws(' ', o.order_number, o.state, o.balance)
      from walk_order o where o.balance < 0 and not o.disputed;

    return query
    select '6c an order keeps no more than it costs', concat_ws(' ', o.order_number, o.state, o.balance, 'of', o.total)
      from walk_order o
     where o.state in ('CONFIRMED', 'REFUNDED', 'AT_BOX_OFFICE') and o.balance > o.total;

    return query
    select '6d an order that waits is not paid', concat_ws(' ', o.order_number, o.state, o.balance, 'of', o.total)
      from walk_order o where o.waits and not o.past and o.balance >= o.total;

    return query
    select '6e an order that came to nothing keeps nothing', concat_ws(' ', o.order_number, o.state, o.balance)
      from walk_order o
     where o.state in ('CANCELLED', 'EXPIRED') and o.balance > case when o.fee_only then o.total else 0 end;

    return query
    select '6f people know of money that an order could not use', concat_ws(' ', refund.order_id, refund.cause)
      from refund
     where reason in ('LATE_PAYMENT', 'OVERPAYMENT')
       and not exists (select from case_file where case_file.order_id = refund.order_id
                                               and kind in ('LATE_PAYMENT', 'DISPUTE'));
end
$$;

create function walk_credit() returns table (name text, detail text) language plpgsql as $$
begin
    return query
    select '5a exposure is the sum of its entries', concat_ws(' ', customer_id, exposure)
      from credit_account account
     where exposure <> (select coalesce(sum(delta), 0) from credit_entry entry
                         where entry.customer_id = account.customer_id);

    -- What a dispute takes back was not counted, and is not counted again.
    return query
    select '5b what an order owes counts as long as it is of a kind that counts',
           concat_ws(' ', o.order_number, o.state, 'owes', o.owed, 'counted', o.counted)
      from walk_order o
     where o.counted < 0
        or not o.disputed and o.counted <> case
               when o.customer_id is null then 0
               when o.state = 'RESERVED' then o.owed
               when o.state = 'AWAITING_PAYMENT'
                   then case when exists (select from payment_link where payment_link.order_id = o.order_id
                                                                     and payment_link.state = 'OPEN') then o.owed else 0 end
               when o.state = 'AT_BOX_OFFICE'
                   then case when o.counted = 0 and not was_reserved(o.order_id) then 0 else o.owed end
               when o.state = 'CONFIRMED'
                   then case when exists (select from invoice where invoice.order_id = o.order_id) then o.owed else 0 end
               when o.fee_only then o.owed
               else 0 end;

    -- The same as the job sees it that goes round all accounts.
    return query
    select '5c books agree', concat_ws(' ', customer_id, exposure, entered, owed)
      from credit_books(array(select customer_id from credit_account))
     where exposure <> entered or entered <> owed;
end
$$;

create function walk_desk() returns table (name text, detail text) language plpgsql as $$
begin
    return query
    select '7a a hijack is active while its order is at the box office', concat_ws(' ', hijack_id, orders.state)
      from hijack join orders using (order_id)
     where hijack.state = 'ACTIVE' and orders.state <> 'AT_BOX_OFFICE';

    return query
    select '7b an order at the box office is somebody''s', concat_ws(' ', order_number)
      from orders where state = 'AT_BOX_OFFICE' and not exists (select from desk where desk.order_id = orders.order_id);

    return query
    select '7c only what is at the box office has a lease', concat_ws(' ', order_number, state)
      from orders join desk using (order_id) where state <> 'AT_BOX_OFFICE' and lease_until is not null;

    return query
    select '7d a cart that was taken over is exactly one order', concat_ws(' ', cart_id, count(order_id))
      from cart left join orders using (cart_id)
     where cart.state = 'HIJACKED'
     group by cart_id having count(order_id) <> 1;

    return query
    select '7e an open cart is no order', concat_ws(' ', cart_id, order_number)
      from cart join orders using (cart_id) where cart.state = 'OPEN';

    return query
    select '8 what has ended is not being paid', concat_ws(' ', order_number, orders.state, payment.state)
      from orders join payment using (order_id)
     where orders.state in ('CONFIRMED', 'CANCELLED', 'EXPIRED', 'REFUNDED')
       and payment.state in ('CREATED', 'ACTION_REQUIRED');

    return query
    select '8b a link leads to what can be paid', concat_ws(' ', order_number, orders.state)
      from orders join payment_link link using (order_id)
     where link.state = 'OPEN' and orders.state not in ('RESERVED', 'AWAITING_PAYMENT', 'AT_BOX_OFFICE');

    return query
    select '9 exactly what is sold lets somebody in', concat_ws(' ', o.order_number, o.state, item.item_id, valid.tickets)
      from walk_order o join order_item item using (order_id),
           lateral (select count(*) as tickets from ticket
                     where ticket.order_id = o.order_id and ticket.item_id = item.item_id and revoked_at is null) valid
     where valid.tickets <> case when o.state = 'CONFIRMED' and item.cancelled_at is null and not o.in_dispute
                                      and not (o.has_lost and o.owed > 0)
                                 then 1 else 0 end;

    return query
    select '9b nothing is not sold', concat_ws(' ', order_number, total)
      from orders
     where state = 'CONFIRMED'
       and not exists (select from order_item item where item.order_id = orders.order_id and cancelled_at is null);

    return query
    select '10 an order is under review as long as its case is open', concat_ws(' ', order_number, state)
      from orders
     where state = 'UNDER_REVIEW' and not under_review(order_id)
        or state not in ('UNDER_REVIEW', 'AT_BOX_OFFICE') and under_review(order_id);
end
$$;

create function walk_broken() returns table (name text, detail text) language sql as $$
    select * from walk_holds() union all select * from walk_money() union all select * from walk_credit()
    union all select * from walk_desk() union all select * from walk_forbidden()
$$;
