-- Money: what an order has brought in, what that does to it, and what goes back.

create or replace function balance_of(p_order_id uuid) returns bigint
    language sql stable as $$
    select coalesce(sum(amount), 0)::bigint from money_entry where order_id = p_order_id
$$;

-- Whether all that is left of an order is what was kept for tickets that were given back, and it was on account: that is still
-- to be paid, and what comes in for it is not too late.
create or replace function owes_a_fee(p_order orders) returns boolean
    language sql stable as $$
    select p_order.state in ('CANCELLED', 'REFUNDED')
       and exists (select from invoice where invoice.order_id = p_order.order_id and kind = 'INVOICE')
       and not exists (select from order_item where order_id = p_order.order_id and cancelled_at is null)
$$;

-- What an order's money says of it now.
create or replace function payment_status_of(p_order orders) returns text
    language sql stable as $$
    select case
               when exists (select from dispute where dispute.order_id = p_order.order_id and dispute.state = 'OPEN')
                   then 'DISPUTED'
               when p_order.state = 'REFUNDED' or (received > 0 and balance <= 0) then 'REFUNDED'
               when balance >= p_order.total then 'PAID'
               when balance > 0 then 'PART_PAID'
               else 'UNPAID' end
      from (select coalesce(sum(amount), 0) as balance,
                   coalesce(sum(amount) filter (where kind in ('PAYMENT', 'TRANSFER', 'COUNTER')), 0) as received
              from money_entry where order_id = p_order.order_id) money
$$;

-- Books money that came in for a locked order, once per source, and does what follows. Enough of it confirms an order that
-- is open, or that has run out and can have its seats again; less leaves it open, part-paid; what the order cannot use goes
-- back once, and people are told.
create or replace function book_money(
    p_order orders, p_kind text, p_amount bigint, p_currency text, p_source text, p_case_number text,
    p_payment_id uuid default null, p_value_on date default null) returns jsonb
    language plpgsql as $$
declare
    v_balance bigint;
    v_excess  bigint;
    -- An order that keeps money that is owed, whether or not it still has seats.
    v_keeps   boolean := p_order.state = 'CONFIRMED' or owes_a_fee(p_order);
begin
    if p_currency <> p_order.currency or p_amount = 0 then
        perform give_to_people(p_order.order_id, p_amount, p_currency, p_case_number);
        return jsonb_build_object('settled', 'CASE');
    end if;
    insert into money_entry (order_id, kind, amount, payment_id, source, value_on)
    values (p_order.order_id, p_kind, p_amount, p_payment_id, p_source, p_value_on)
    on conflict (order_id, source) do nothing;
    if not found then
        return jsonb_build_object('settled', 'ALREADY');
    end if;
    v_balance := balance_of(p_order.order_id);
    if p_order.state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW', 'AT_BOX_OFFICE', 'EXPIRED')
       and v_balance >= p_order.total and not left_lying(p_order, p_kind) and keep_places(p_order.order_id) then
        perform confirm_order(p_order.order_id);
    elsif not v_keeps and (v_balance >= p_order.total and not is_being_cancelled(p_order.order_id)
                           or not coalesce(p_order.held_until > clock_timestamp(), false)) then
        perform refund_money(p_order, v_balance, 'LATE_PAYMENT', p_source, 'system', p_payment_id);
        perform give_to_people(p_order.order_id, v_balance, p_currency, p_case_number, p_all => true);
        -- It has run out, and now that its money is gone it does not wait for the sweeper to say so.
        if p_order.state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW') then
            perform expire_order(p_order, p_case_number);
        end if;
        return jsonb_build_object('settled', 'REFUNDING');
    elsif not v_keeps and p_order.state <> 'AT_BOX_OFFICE' and p_kind = 'PAYMENT' then
        -- Who books a part of the money by hand knows of it, and so does the clerk who has the order.
        perform give_to_people(p_order.order_id, p_amount, p_currency, p_case_number, p_amount);
    end if;
    v_excess := least(v_balance - p_order.total, p_amount);
    if v_excess > 0 then
        perform refund_money(p_order, v_excess, case when v_excess = p_amount then 'LATE_PAYMENT' else 'OVERPAYMENT' end,
                             p_source, 'system', p_payment_id);
        perform give_to_people(p_order.order_id, v_excess, p_currency, p_case_number);
    end if;
    perform release_credit(p_order.order_id, 'PAID');
    perform restore_paid(p_order.order_id);
    perform touch_order(p_order.order_id);
    -- Whoever has been told of the order without its money hears that it has come.
    if v_keeps and p_order.payment_status <> (select payment_status from orders where order_id = p_order.order_id) then
        perform note_event('order.paid', p_order.order_id);
    end if;
    return jsonb_build_object('settled', (select state from orders where order_id = p_order.order_id));
end
$$;

-- Whether a performance of an order is cancelled and the order does not know of it yet. What is paid meanwhile goes back with
-- everything else, or confirms what is left.
create or replace function is_being_cancelled(p_order_id uuid) returns boolean
    language sql volatile as $$
    select exists (select from order_item join performance using (performance_id)
                    where order_id = p_order_id and cancelled_at is null and performance.state = 'CANCELLED')
$$;

-- Whether money is too late for an order that a clerk has left lying: not even the box office sells any more what is in it. Who
-- stands at the counter knows what they pay for.
create or replace function left_lying(p_order orders, p_kind text) returns boolean
    language sql volatile as $$
    select p_order.state = 'AT_BOX_OFFICE' and p_kind <> 'COUNTER' and exists (
        select from order_item item join performance using (performance_id) join shop on shop.shop_id = p_order.shop_id
         where item.order_id = p_order.order_id and item.cancelled_at is null
           and clock_timestamp() > sales_end(performance, desk_sales_seconds))
$$;

-- Notes that an order has changed and what its money says now. Called after every entry and after every change of state or
-- total.
create or replace function touch_order(p_order_id uuid) returns void
    language sql volatile as $$
    update orders set payment_status = payment_status_of(orders), version = version + 1 where order_id = p_order_id
$$;

-- The seats are the order's for good: what it still kept open ends, its tickets are made and its buyer is told.
create or replace function confirm_order(p_order_id uuid) returns void
    language plpgsql as $$
begin
    update orders
       set state = 'CONFIRMED', held_until = null, pay_until = null, payment_status = payment_status_of(orders),
           version = version + 1
     where order_id = p_order_id;
    perform release_credit(p_order_id, 'PAID');
    perform cancel_payments(p_order_id);
    perform end_links(p_order_id, 'USED');
    perform end_cases(p_order_id, 'SETTLED');
    perform end_waiting(p_order_id);
    perform end_hijack(p_order_id, 'PAID');
    perform issue_tickets(p_order_id);
    perform post_mail('order-confirmed', p_order_id);
    perform note_event('order.confirmed', p_order_id);
end
$$;

-- Sends an order's money back where it came from: to this payment first, then to the latest; what came by transfer or in
-- cash is given back by people. Once per cause, and the buyer is told.
create or replace function refund_money(
    p_order orders, p_amount bigint, p_reason text, p_cause text, p_by text, p_first uuid default null,
    p_note text default '') returns void
    language plpgsql as $$
declare
    v_left  bigint := p_amount;
    v_money record;
    v_id    uuid;
begin
    for v_money in
        select entry.payment_id, sum(entry.amount) as amount
          from money_entry entry left join payment using (payment_id)
         where entry.order_id = p_order.order_id
         group by entry.payment_id, payment.created_at
        having sum(entry.amount) > 0
         order by entry.payment_id is not distinct from p_first desc, payment.created_at desc nulls last
    loop
        exit when v_left <= 0;
        insert into refund (order_id, payment_id, amount, currency, reason, state, cause, requested_by, note)
        values (p_order.order_id, v_money.payment_id, least(v_left, v_money.amount), p_order.currency, p_reason,
                case when v_money.payment_id is null then 'BY_HAND' else 'PENDING' end, p_cause, p_by, p_note)
        on conflict do nothing
        returning refund_id into v_id;
        continue when v_id is null;
        insert into money_entry (order_id, kind, amount, payment_id, source)
        values (p_order.order_id, 'REFUND', -least(v_left, v_money.amount), v_money.payment_id, 'refund:' || v_id);
        if v_money.payment_id is not null then
            perform post_message('PAYMENT_REFUND', v_id::text, '{}');
        end if;
        v_left := v_left - v_money.amount;
    end loop;
    if v_left > 0 then
        raise exception 'order % has not brought in what it is to give back', p_order.order_id;
    end if;
    -- Who is told that a performance does not take place is told of the money as well.
    if not by_change(p_cause) then
        perform post_mail('order-refunded', p_order.order_id, jsonb_build_object('about', p_cause));
    end if;
    perform touch_order(p_order.order_id);
end
$$;

-- Whether something is done because a performance is cancelled, and not because somebody asked for it.
create or replace function by_change(p_cause text) returns boolean
    language sql immutable as $$
    select coalesce(p_cause like 'change:%', false)
$$;

-- What the provider says of a refund. One that it refuses, even later, is given back by people. So is one that staff no longer
-- wait for, unless it says after all that it has done it; its notices come in any order, so that a refusal is its last word.
-- What staff have handed over is given back, whatever it says; if it says that it has done it as well, people have to know.
create or replace function settle_refund(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_refund refund;
    v_state  text := p ->> 'state';
begin
    v_refund := refund_named(p);
    if v_refund.refund_id is null then
        return foreign_refund(p);
    end if;
    perform from orders where order_id = v_refund.order_id for update;
    update refund set provider_reference = coalesce(provider_reference, nullif(p ->> 'reference', ''))
     where refund_id = v_refund.refund_id
    returning * into v_refund;
    if v_state = 'SUCCEEDED'
       and (v_refund.state = 'PENDING' or v_refund.state = 'BY_HAND' and not refund_failed(v_refund)) then
        update refund set state = 'SUCCEEDED', ended_at = clock_timestamp() where refund_id = v_refund.refund_id;
    elsif v_state = 'SUCCEEDED' and v_refund.handed_by is not null and not v_refund.paid_twice then
        update refund set paid_twice = true where refund_id = v_refund.refund_id;
        perform give_to_people(v_refund.order_id, v_refund.amount, v_refund.currency, p ->> 'caseNumber');
    elsif v_refund.state in ('PENDING', 'SUCCEEDED') and v_refund.handed_by is null and v_state = 'FAILED' then
        update refund set state = 'BY_HAND', ended_at = null where refund_id = v_refund.refund_id;
        perform refund_by_hand(v_refund, p ->> 'caseNumber');
    end if;
    return jsonb_build_object('settled', (select state from refund where refund_id = v_refund.refund_id));
end
$$;

-- By our name for it, or the provider's for one that somebody has made there.
create or replace function refund_named(p jsonb) returns refund
    language sql volatile as $$
    select * from refund
     where refund_id = case when p ->> 'refundId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                            then (p ->> 'refundId')::uuid end
        or payment_id = (p ->> 'paymentId')::uuid and cause = 'provider:' || (p ->> 'refundId')
$$;

-- Somebody has given money back at the provider, past us. It is booked, so that nobody gives it back again, and people decide
-- what it means for the tickets.
create or replace function foreign_refund(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order  orders;
    v_refund uuid;
begin
    select orders.* into v_order from orders join payment using (order_id)
     where payment_id = (p ->> 'paymentId')::uuid for update of orders;
    if not found or p ->> 'state' <> 'SUCCEEDED' or (p ->> 'amount')::bigint <= 0 then
        return jsonb_build_object('settled', 'UNKNOWN');
    end if;
    perform lock_credit(v_order);
    if (refund_named(p)).refund_id is not null then
        return jsonb_build_object('settled', 'ALREADY');
    end if;
    if p ->> 'currency' = v_order.currency then
        insert into refund (order_id, payment_id, amount, currency, reason, state, cause, requested_by, provider_reference,
                            ended_at)
        values (v_order.order_id, (p ->> 'paymentId')::uuid, (p ->> 'amount')::bigint, v_order.currency, 'GOODWILL',
                'SUCCEEDED', 'provider:' || (p ->> 'refundId'), 'provider', p ->> 'refundId', clock_timestamp())
        returning refund_id into v_refund;
        insert into money_entry (order_id, kind, amount, payment_id, source)
        values (v_order.order_id, 'REFUND', -(p ->> 'amount')::bigint, (p ->> 'paymentId')::uuid, 'refund:' || v_refund);
        perform touch_order(v_order.order_id);
        perform note_event('order.refunded', v_order.order_id);
    end if;
    perform give_to_people(v_order.order_id, (p ->> 'amount')::bigint, p ->> 'currency', p ->> 'caseNumber');
    update case_file
       set note = concat_ws(E'\n', nullif(note, ''), format('%s: given back at the provider, the tickets are as they were',
                                                            p ->> 'refundId'))
     where order_id = v_order.order_id and kind = 'LATE_PAYMENT';
    return jsonb_build_object('settled', 'FOREIGN');
end
$$;

-- What the provider said and nobody can act on, because it is of no payment of ours or staff have given up trying: people look
-- after the money. Words about no money are only kept.
create or replace function fact_to_people(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_fact  payment_fact;
    v_kind  text;
    v_order uuid;
begin
    select * into v_fact from payment_fact where fact_id = (p ->> 'factId')::bigint;
    v_kind := case when v_fact.kind in ('SUCCEEDED', 'REFUND_SUCCEEDED', 'REFUND_FAILED') then 'LATE_PAYMENT'
                   when v_fact.kind in ('DISPUTED', 'DISPUTE_WON', 'DISPUTE_LOST') then 'DISPUTE' end;
    if v_kind is null then
        return '{}';
    end if;
    select order_id into v_order from payment where payment_id = v_fact.payment_id;
    insert into case_file (case_number, kind, amount, currency, fact_id, note)
    values (p ->> 'caseNumber', v_kind, v_fact.amount, v_fact.currency, v_fact.fact_id,
            concat_ws(', ', 'The payment provider said ' || v_fact.kind, 'its name for the payment: ' || v_fact.reference,
                      'ours: ' || coalesce(v_fact.payment_id::text, v_fact.body ->> 'paymentId'),
                      'about: ' || v_fact.subject,
                      'order: ' || (select order_number from orders where order_id = v_order)))
    on conflict (fact_id) do nothing;
    return '{}';
end
$$;

create or replace function refund_failed(p_refund refund) returns boolean
    language sql stable as $$
    select exists (select from payment_fact
                    where payment_id = p_refund.payment_id and kind = 'REFUND_FAILED'
                      and subject = p_refund.refund_id::text)
$$;

-- People hear that they have to give money back. What has a case already, because its order could not use it, is not counted
-- in it again.
create or replace function refund_by_hand(p_refund refund, p_case_number text) returns void
    language plpgsql as $$
begin
    if p_refund.reason in ('LATE_PAYMENT', 'OVERPAYMENT') then
        update case_file
           set state = 'OPEN', ended_at = null,
               note = concat_ws(E'\n', nullif(note, ''), format('%s %s (BY_HAND)', p_refund.amount, p_refund.currency))
         where order_id = p_refund.order_id and kind = 'LATE_PAYMENT';
        if found then
            return;
        end if;
    end if;
    perform give_to_people(p_refund.order_id, p_refund.amount, p_refund.currency, p_case_number);
end
$$;

-- The payer's bank has taken money back, or decided who is to have it. Its tickets let nobody in meanwhile; won, everything is
-- as before; lost, the order is cancelled if nothing is left of its money. A part that is lost is for people: the tickets wait
-- until what is missing has been paid, or as many of them have been taken back.
create or replace function settle_dispute(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_order   orders;
    v_dispute dispute;
    v_kind    text := p ->> 'kind';
    v_event   text;
begin
    select orders.* into v_order from orders join payment using (order_id)
     where payment_id = (p ->> 'paymentId')::uuid for update of orders;
    if not found then
        return jsonb_build_object('settled', 'UNKNOWN');
    end if;
    perform lock_credit(v_order);
    if p ->> 'currency' <> v_order.currency then
        perform open_dispute_case(v_order, (p ->> 'amount')::bigint, p ->> 'currency', p ->> 'caseNumber');
        return jsonb_build_object('settled', 'CASE');
    end if;
    insert into dispute (payment_id, order_id, reference, amount)
    values ((p ->> 'paymentId')::uuid, v_order.order_id, p ->> 'subject', (p ->> 'amount')::bigint)
    on conflict (payment_id, reference) do nothing
    returning * into v_dispute;
    if found then
        insert into money_entry (order_id, kind, amount, payment_id, source)
        values (v_order.order_id, 'CHARGEBACK', -v_dispute.amount, v_dispute.payment_id, 'dispute:' || v_dispute.reference);
        perform revoke_tickets(v_order.order_id, 'DISPUTED');
        perform open_dispute_case(v_order, v_dispute.amount, v_order.currency, p ->> 'caseNumber');
        v_event := 'order.disputed';
    end if;
    update dispute set state = case v_kind when 'DISPUTE_WON' then 'WON' else 'LOST' end, ended_at = clock_timestamp()
     where payment_id = (p ->> 'paymentId')::uuid and reference = p ->> 'subject' and state = 'OPEN'
       and v_kind in ('DISPUTE_WON', 'DISPUTE_LOST')
    returning * into v_dispute;
    if found then
        perform end_dispute(v_order, v_dispute, p ->> 'secondCaseNumber');
        v_event := 'order.dispute-ended';
    end if;
    perform touch_order(v_order.order_id);
    if v_event = 'order.disputed'
       or v_event = 'order.dispute-ended' and not exists (
              select from dispute where order_id = v_order.order_id and state = 'OPEN') then
        perform note_event(v_event, v_order.order_id);
    end if;
    return jsonb_build_object('settled', v_kind);
end
$$;

create or replace function open_dispute_case(p_order orders, p_amount bigint, p_currency text, p_case_number text) returns void
    language sql volatile as $$
    insert into case_file (case_number, kind, order_id, amount, currency)
    values (p_case_number, 'DISPUTE', p_order.order_id, p_amount, p_currency)
    on conflict (order_id, kind) do update
       set state = 'OPEN', ended_at = null, amount = excluded.amount, currency = excluded.currency
$$;

create or replace function end_dispute(p_order orders, p_dispute dispute, p_case_number text) returns void
    language plpgsql as $$
begin
    if p_dispute.state = 'WON' then
        insert into money_entry (order_id, kind, amount, payment_id, source)
        values (p_order.order_id, 'CHARGEBACK_WON', p_dispute.amount, p_dispute.payment_id,
                'dispute-won:' || p_dispute.reference);
        -- Somebody may have reserved it meanwhile, and so counted what the dispute had taken.
        perform release_credit(p_order.order_id, 'PAID');
    end if;
    -- As long as another one is open nobody knows what will be left.
    if p_order.state = 'CONFIRMED' and balance_of(p_order.order_id) <= 0
       and exists (select from dispute where order_id = p_order.order_id and state = 'LOST')
       and not exists (select from dispute where order_id = p_order.order_id and state = 'OPEN') then
        update orders set state = 'CANCELLED' where order_id = p_order.order_id;
        perform release_credit(p_order.order_id, 'CANCELLED');
        perform revoke_tickets(p_order.order_id, 'CANCELLED');
        perform hand_places(p_order.order_id, null, '-infinity');
        perform post_mail('order-cancelled', p_order.order_id);
        perform touch_order(p_order.order_id);
        perform note_event('order.cancelled', p_order.order_id);
    end if;
    perform restore_paid(p_order.order_id);
    perform use_money(p_order.order_id, p_dispute, p_case_number);
end
$$;

-- An order that has all its money again, though a bank disputed it: its tickets let people in, its buyer hears of it, and there
-- is nothing left to decide. The matter of one that has ended is closed by itself only if every dispute was won.
create or replace function restore_paid(p_order_id uuid) returns void
    language plpgsql as $$
declare
    v_order orders;
begin
    select * into v_order from orders where order_id = p_order_id;
    if not exists (select from dispute where order_id = p_order_id)
       or exists (select from dispute where order_id = p_order_id and state = 'OPEN')
       or balance_of(p_order_id) < (case when v_order.state = 'CONFIRMED' then v_order.total else 0 end)
       or v_order.state <> 'CONFIRMED' and exists (select from dispute where order_id = p_order_id and state = 'LOST') then
        return;
    end if;
    if restore_tickets(p_order_id) > 0 then
        perform post_mail('order-confirmed', p_order_id, jsonb_build_object('about', v_order.version));
    end if;
    update case_file set state = 'SETTLED', ended_at = clock_timestamp()
     where order_id = p_order_id and kind = 'DISPUTE' and state in ('OPEN', 'WAITING_FOR_CUSTOMER');
end
$$;

-- What an order has after a dispute: enough for it confirms it, and what it cannot use, because it has ended or was paid
-- again meanwhile, belongs to its buyer.
create or replace function use_money(p_order_id uuid, p_dispute dispute, p_case_number text) returns void
    language plpgsql as $$
declare
    v_order orders;
    v_back  bigint;
begin
    select * into v_order from orders where order_id = p_order_id;
    v_back := balance_of(p_order_id)
              - case when v_order.state in ('CANCELLED', 'EXPIRED') and not owes_a_fee(v_order) then 0 else v_order.total end;
    if v_order.state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW', 'AT_BOX_OFFICE') then
        if v_back < 0 or not keep_places(p_order_id) then
            return;
        end if;
        perform confirm_order(p_order_id);
    end if;
    if v_back > 0 then
        perform refund_money(v_order, v_back, case v_order.state when 'CONFIRMED' then 'OVERPAYMENT' else 'LATE_PAYMENT' end,
                             'dispute:' || p_dispute.reference, 'system', p_dispute.payment_id);
        perform give_to_people(p_order_id, v_back, v_order.currency, p_case_number);
    end if;
end
$$;

-- Money that its order cannot use. An order has one case for it, which is opened again if people were done with it; what
-- cannot be added to its amount is noted. A part that its order may yet use waits in it; who speaks of all of the order's
-- money does not count that part again.
create or replace function give_to_people(
    p_order_id uuid, p_amount bigint, p_currency text, p_case_number text, p_waiting bigint default 0,
    p_all boolean default false) returns void
    language plpgsql as $$
declare
    v_case case_file;
begin
    select * into v_case from case_file where order_id = p_order_id and kind = 'LATE_PAYMENT' for update;
    if not found then
        insert into case_file (case_number, kind, order_id, amount, currency, waiting)
        values (p_case_number, 'LATE_PAYMENT', p_order_id, p_amount, p_currency, p_waiting);
    elsif v_case.state in ('OPEN', 'WAITING_FOR_CUSTOMER') and v_case.currency = p_currency then
        update case_file
           set amount = amount + p_amount - case when p_all then waiting else 0 end,
               waiting = p_waiting + case when p_all then 0 else waiting end
         where case_number = v_case.case_number;
    else
        update case_file
           set amount = p_amount, waiting = p_waiting, currency = p_currency, state = 'OPEN', ended_at = null,
               note = concat_ws(E'\n', nullif(note, ''), format('%s %s (%s)', amount, currency, state))
         where case_number = v_case.case_number;
    end if;
end
$$;

-- The part of its money that an order had is used, or goes back because somebody wanted it so: it is no matter any more. A case
-- that was about nothing else is settled.
create or replace function end_waiting(p_order_id uuid) returns void
    language sql volatile as $$
    update case_file
       set amount = case when left_over > 0 then left_over else amount end, waiting = 0,
           state = case when left_over > 0 or case_file.ended_at is not null then state else 'SETTLED' end,
           ended_at = case when left_over > 0 then case_file.ended_at else coalesce(case_file.ended_at, clock_timestamp()) end
      from (select case_number, amount - waiting as left_over from case_file
             where order_id = p_order_id and kind = 'LATE_PAYMENT' and waiting > 0) told
     where case_file.case_number = told.case_number
$$;
