-- Money: what an order has brought in, what that does to it, and what goes back.

create or replace function balance_of(p_order_id uuid) returns bigint
    language sql stable as $$
    select coalesce(sum(amount), 0)::bigint from money_entry where order_id = p_order_id
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
       and v_balance >= p_order.total and keep_places(p_order.order_id) then
        perform confirm_order(p_order.order_id);
    elsif p_order.state <> 'CONFIRMED'
          and (v_balance >= p_order.total or not coalesce(p_order.held_until > clock_timestamp(), false)) then
        perform refund_money(p_order, v_balance, 'LATE_PAYMENT', p_source, 'system', p_payment_id);
        perform give_to_people(p_order.order_id, p_amount, p_currency, p_case_number);
        return jsonb_build_object('settled', 'REFUNDING');
    elsif p_order.state <> 'CONFIRMED'
          and (p_kind = 'PAYMENT' and p_order.state <> 'AT_BOX_OFFICE' or v_balance >= p_order.total) then
        -- Who books a part of the money by hand knows of it, and so does the clerk who has the order.
        perform give_to_people(p_order.order_id, p_amount, p_currency, p_case_number);
    end if;
    v_excess := least(v_balance - p_order.total, p_amount);
    if v_excess > 0 then
        perform refund_money(p_order, v_excess, case when v_excess = p_amount then 'LATE_PAYMENT' else 'OVERPAYMENT' end,
                             p_source, 'system', p_payment_id);
        perform give_to_people(p_order.order_id, v_excess, p_currency, p_case_number);
    end if;
    perform release_credit(p_order.order_id, 'PAID');
    perform touch_order(p_order.order_id);
    return jsonb_build_object('settled', (select state from orders where order_id = p_order.order_id));
end
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
    if p_reason <> 'PERFORMANCE_CANCELLED' then
        perform post_mail('order-refunded', p_order.order_id, jsonb_build_object('about', p_cause));
    end if;
    perform touch_order(p_order.order_id);
end
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
    -- Somebody at the provider may have made one that is not ours, under a name of any form.
    select * into v_refund from refund
     where refund_id = case when p ->> 'refundId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                            then (p ->> 'refundId')::uuid end;
    if not found then
        return jsonb_build_object('settled', 'UNKNOWN');
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

-- The payer's bank has taken money back, or decided who is to have it. Its tickets let nobody in meanwhile; lost, the order
-- is cancelled; won, everything is as before.
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
    insert into dispute (payment_id, order_id, reference, amount)
    values ((p ->> 'paymentId')::uuid, v_order.order_id, p ->> 'subject', (p ->> 'amount')::bigint)
    on conflict (payment_id, reference) do nothing
    returning * into v_dispute;
    if found then
        insert into money_entry (order_id, kind, amount, payment_id, source)
        values (v_order.order_id, 'CHARGEBACK', -v_dispute.amount, v_dispute.payment_id, 'dispute:' || v_dispute.reference);
        perform revoke_tickets(v_order.order_id, 'DISPUTED');
        perform open_dispute_case(v_order, v_dispute.amount, p ->> 'caseNumber');
        v_event := 'order.disputed';
    end if;
    update dispute set state = case v_kind when 'DISPUTE_WON' then 'WON' else 'LOST' end, ended_at = clock_timestamp()
     where payment_id = (p ->> 'paymentId')::uuid and reference = p ->> 'subject' and state = 'OPEN'
       and v_kind in ('DISPUTE_WON', 'DISPUTE_LOST')
    returning * into v_dispute;
    if found then
        perform end_dispute(v_order, v_dispute);
        perform refund_won(v_order.order_id, 'dispute:' || v_dispute.reference);
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

-- What an order has after a dispute: enough for it confirms it, and what it cannot use, because it has ended or was paid
-- again meanwhile, belongs to its buyer.
create or replace function refund_won(p_order_id uuid, p_cause text) returns void
    language plpgsql as $$
declare
    v_order orders;
    v_back  bigint;
begin
    select * into v_order from orders where order_id = p_order_id;
    v_back := balance_of(p_order_id) - case when v_order.state in ('CANCELLED', 'EXPIRED') then 0 else v_order.total end;
    if v_order.state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW', 'AT_BOX_OFFICE') then
        if v_back < 0 or not keep_places(p_order_id) then
            return;
        end if;
        perform confirm_order(p_order_id);
    end if;
    if v_back > 0 then
        perform refund_money(v_order, v_back, case v_order.state when 'CONFIRMED' then 'OVERPAYMENT' else 'LATE_PAYMENT' end,
                             p_cause, 'system');
    end if;
end
$$;

create or replace function open_dispute_case(p_order orders, p_amount bigint, p_case_number text) returns void
    language sql volatile as $$
    insert into case_file (case_number, kind, order_id, amount, currency)
    values (p_case_number, 'DISPUTE', p_order.order_id, p_amount, p_order.currency)
    on conflict (order_id, kind) do update
       set state = 'OPEN', ended_at = null, amount = excluded.amount
$$;

create or replace function end_dispute(p_order orders, p_dispute dispute) returns void
    language plpgsql as $$
begin
    if p_dispute.state = 'WON' then
        insert into money_entry (order_id, kind, amount, payment_id, source)
        values (p_order.order_id, 'CHARGEBACK_WON', p_dispute.amount, p_dispute.payment_id,
                'dispute-won:' || p_dispute.reference);
    elsif p_order.state = 'CONFIRMED' then
        update orders set state = 'CANCELLED' where order_id = p_order.order_id;
        perform release_credit(p_order.order_id, 'CANCELLED');
        perform revoke_tickets(p_order.order_id, 'CANCELLED');
        perform hand_places(p_order.order_id, null, '-infinity');
        perform post_mail('order-cancelled', p_order.order_id);
        perform touch_order(p_order.order_id);
        perform note_event('order.cancelled', p_order.order_id);
    end if;
    if not exists (select from dispute where order_id = p_order.order_id and state = 'OPEN') then
        update case_file set state = 'SETTLED', ended_at = clock_timestamp()
         where order_id = p_order.order_id and kind = 'DISPUTE' and state in ('OPEN', 'WAITING_FOR_CUSTOMER');
        if p_dispute.state = 'WON' then
            perform restore_tickets(p_order.order_id);
        end if;
    end if;
end
$$;

-- Money that its order cannot use. An order has one case for it, which is opened again if people were done with it; what
-- cannot be added to its amount is noted.
create or replace function give_to_people(p_order_id uuid, p_amount bigint, p_currency text, p_case_number text)
    returns void
    language plpgsql as $$
declare
    v_case case_file;
begin
    select * into v_case from case_file where order_id = p_order_id and kind = 'LATE_PAYMENT' for update;
    if not found then
        insert into case_file (case_number, kind, order_id, amount, currency)
        values (p_case_number, 'LATE_PAYMENT', p_order_id, p_amount, p_currency);
    elsif v_case.state in ('OPEN', 'WAITING_FOR_CUSTOMER') and v_case.currency = p_currency then
        update case_file set amount = amount + p_amount where case_number = v_case.case_number;
    else
        update case_file
           set amount = p_amount, currency = p_currency, state = 'OPEN', ended_at = null,
               note = concat_ws(E'\n', nullif(note, ''), format('%s %s (%s)', amount, currency, state))
         where case_number = v_case.case_number;
    end if;
end
$$;
