-- Transfers that staff book. A line of a statement is locked first, its order after it.

-- What an order still wants. One that has run out may get its seats again for it; of one that has ended an invoiced fee is left.
create or replace function owed_by(p_order orders) returns bigint
    language sql stable as $$
    select case when p_order.state in ('CANCELLED', 'REFUNDED') and not owes_a_fee(p_order) then 0
                else greatest(p_order.total - balance_of(p_order.order_id), 0) end
$$;

create or replace function shown_state(p_order orders) returns text
    language sql volatile as $$
    select case when p_order.held_until <= clock_timestamp() then 'EXPIRED' else p_order.state end
$$;

create or replace function received_payment_view(p_id uuid) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'receivedPaymentId', received.received_payment_id, 'orderId', orders.order_id,
               'orderNumber', orders.order_number::text, 'bankLineId', received.line_id,
               'amount', jsonb_build_object('amount', received.amount, 'currency', received.currency),
               'valueDate', received.value_on, 'inTime', received.in_time, 'outcome', received.outcome,
               'toGiveBack', case when to_give_back > 0 then
                                  jsonb_build_object('amount', to_give_back, 'currency', received.currency) end,
               'caseNumber', case when to_give_back > 0 or outcome = 'CASE' then
                                  (select case_number from case_file
                                    where case_file.order_id = orders.order_id and kind = 'LATE_PAYMENT') end,
               'orderState', shown_state(orders), 'paymentStatus', orders.payment_status,
               'owed', jsonb_build_object('amount', owed_by(orders), 'currency', orders.currency),
               'note', received.note, 'bookedBy', received.booked_by, 'bookedAt', received.booked_at))
      from received_payment received join orders using (order_id)
     where received_payment_id = p_id
$$;

-- The order that a command names by its id, its number or its invoice's number.
create or replace function named_order(p jsonb) returns uuid
    language sql stable as $$
    select coalesce((p ->> 'orderId')::uuid,
                    (select order_id from orders where order_number = (p ->> 'orderNumber')::bigint),
                    (select order_id from invoice where invoice_number = p ->> 'invoiceNumber'))
$$;

-- The day by which an order was to be paid; null when nothing was.
create or replace function pay_day(p_order orders) returns date
    language sql stable as $$
    select case when owed_by(p_order) = 0 then null
                when p_order.state = 'CONFIRMED' or owes_a_fee(p_order)
                    then (select due_on from invoice where invoice.order_id = p_order.order_id and kind = 'INVOICE')
                else organisers_day(coalesce(p_order.pay_until, p_order.held_until)) end
$$;

-- What has become of money that was booked, by how its order stood before and what it owed then.
create or replace function booking_outcome(p_before orders, p_owed bigint, p_settled text) returns text
    language sql volatile as $$
    select case when p_settled = 'CASE' then 'CASE'
                when p_settled = 'REFUNDING' or p_owed = 0 then 'REFUNDING'
                when p_before.state <> 'CONFIRMED' and orders.state = 'CONFIRMED' then 'CONFIRMED'
                when balance_of(orders.order_id) >= orders.total then 'PAID'
                else 'PART_PAID' end
      from orders where orders.order_id = p_before.order_id
$$;

-- Books a transfer for an order, from a line of a statement or by hand, and does what follows. With "exactly" only if the
-- order still owes just this much.
create or replace function book_received(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_id     uuid := (p ->> 'receivedPaymentId')::uuid;
    v_line   bank_line;
    v_order  orders;
    v_amount bigint := (p ->> 'amount')::bigint;
    v_answer jsonb;
begin
    if p ? 'lineId' then
        select * into v_line from bank_line where line_id = (p ->> 'lineId')::uuid for update;
        v_amount := v_line.amount;
    end if;
    select * into v_order from orders where order_id = named_order(p) for update;
    v_answer := coalesce(earlier_answer(p), booking_refusal(p, v_line, v_order));
    if v_answer is not null then
        return v_answer;
    end if;
    perform lock_credit(v_order);
    perform book_transfer(p, v_id, v_order, v_amount, coalesce(v_line.currency, p ->> 'currency'),
                          coalesce(v_line.value_on, (p ->> 'valueOn')::date));
    update bank_line set state = 'BOOKED', ended_by = p ->> 'by', ended_at = clock_timestamp()
     where line_id = v_line.line_id;
    perform audit(p ->> 'by', case when p ? 'lineId' then 'bank-line.book' else 'received-payment.book' end,
                  coalesce(p ->> 'lineId', v_id::text), received_payment_view(v_id) - 'bookedBy');
    return remember_answer(p, jsonb_build_object('received', received_payment_view(v_id)));
end
$$;

-- Why a transfer cannot be booked; null when it can.
create or replace function booking_refusal(p jsonb, p_line bank_line, p_order orders) returns jsonb
    language sql volatile as $$
    select case
        when p ? 'lineId' and p_line.line_id is null then refused('BANK_LINE_NOT_FOUND')
        when p_line.state <> 'OPEN' then refused('BANK_LINE_DONE')
        when p_order.order_id is null then refused('ORDER_NOT_FOUND')
        when p ? 'exactly' and owed_by(p_order) <> p_line.amount then refused('BANK_LINE_UNMATCHED')
        when (p ->> 'valueOn')::date > organisers_day(clock_timestamp()) then refused('INVALID_REQUEST')
    end
$$;

create or replace function book_transfer(
    p jsonb, p_id uuid, p_order orders, p_amount bigint, p_currency text, p_value_on date) returns void
    language plpgsql as $$
declare
    v_in_time boolean := p_value_on <= pay_day(p_order);
    v_owed    bigint := owed_by(p_order);
    v_settled text;
begin
    v_settled := book_money(p_order, 'TRANSFER', p_amount, p_currency, 'transfer:' || p_id, p ->> 'caseNumber', null,
                            p_value_on) ->> 'settled';
    insert into received_payment (received_payment_id, order_id, line_id, amount, currency, value_on, in_time, outcome,
                                  to_give_back, note, booked_by)
    select p_id, p_order.order_id, (p ->> 'lineId')::uuid, p_amount, p_currency, p_value_on, v_in_time,
           booking_outcome(p_order, v_owed, v_settled),
           (select coalesce(sum(amount), 0) from refund
             where order_id = p_order.order_id and cause = 'transfer:' || p_id),
           p ->> 'note', p ->> 'by';
end
$$;
