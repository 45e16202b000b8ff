-- Bank statements: their lines, what each seems to be for, and how it is done.

create or replace function statement_view(p_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
               'statementId', statement.statement_id, 'uploadedBy', uploaded_by, 'uploadedAt', uploaded_at,
               'lines', count(line_id), 'open', count(line_id) filter (where state = 'OPEN'),
               'booked', count(line_id) filter (where state = 'BOOKED'),
               'dismissed', count(line_id) filter (where state = 'DISMISSED'),
               'seenBefore', seen_before, 'passedOver', passed_over)
      from bank_statement statement left join bank_line using (statement_id)
     where statement.statement_id = p_id
     group by statement.statement_id
$$;

-- The orders whose numbers stand in the text of a line that nobody has dealt with.
create or replace function line_candidates(p_line bank_line) returns jsonb
    language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'orderId', orders.order_id, 'orderNumber', order_number::text,
               'invoiceNumber', (select invoice_number from invoice
                                  where invoice.order_id = orders.order_id and kind = 'INVOICE'),
               'orderState', shown_state(orders), 'createdOn', organisers_day(created_at),
               'owed', jsonb_build_object('amount', owed_by(orders), 'currency', currency))) order by order_number), '[]')
      from orders
     where order_id in (select order_id from orders where order_number = any (p_line.order_numbers)
                        union select order_id from invoice where invoice_number = any (p_line.invoice_numbers))
       and p_line.state = 'OPEN'
$$;

create or replace function line_view(p_line bank_line) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'lineId', p_line.line_id, 'statementId', p_line.statement_id, 'row', p_line.row_no, 'state', p_line.state,
        'bookedOn', p_line.booked_on, 'valueDate', p_line.value_on,
        'amount', jsonb_build_object('amount', p_line.amount, 'currency', p_line.currency),
        'text', p_line.text, 'payer', p_line.payer, 'payerAccount', p_line.payer_account,
        'candidates', line_candidates(p_line),
        'receivedPaymentId', (select received_payment_id from received_payment where line_id = p_line.line_id),
        'endedBy', p_line.ended_by, 'endedAt', p_line.ended_at, 'reason', p_line.reason))
$$;

-- Keeps the credits of a statement that no earlier one had. Two uploads that overlap wait for each other line by line, in
-- one order.
create or replace function upload_statement(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_answer jsonb := earlier_answer(p);
    v_id     uuid := (p ->> 'statementId')::uuid;
    v_new    integer;
begin
    if v_answer is not null then
        return v_answer;
    end if;
    insert into bank_statement (statement_id, uploaded_by, passed_over)
    values (v_id, p ->> 'by', (p ->> 'passedOver')::integer);
    insert into bank_line (statement_id, row_no, fingerprint, ordinal, booked_on, value_on, amount, currency, text, payer,
                           payer_account, order_numbers, invoice_numbers)
    select v_id, "row", decode(fingerprint, 'hex'), ordinal, "bookedOn", "valueOn", amount, currency, text, payer,
           "payerAccount", "orderNumbers", "invoiceNumbers"
      from jsonb_to_recordset(p -> 'lines') as line (
               "row" integer, fingerprint text, ordinal integer, "bookedOn" date, "valueOn" date, amount bigint,
               currency text, text text, payer text, "payerAccount" text, "orderNumbers" bigint[],
               "invoiceNumbers" text[])
     order by fingerprint, ordinal
    on conflict (fingerprint, ordinal) do nothing;
    get diagnostics v_new = row_count;
    update bank_statement set seen_before = jsonb_array_length(p -> 'lines') - v_new where statement_id = v_id;
    perform audit(p ->> 'by', 'bank-statement.upload', v_id::text, statement_view(v_id) - 'uploadedBy');
    return remember_answer(p, jsonb_build_object('statement', statement_view(v_id)));
end
$$;

-- Locks a line that nobody has dealt with, to book it for the order that it seems to be for.
create or replace function take_line(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_line bank_line;
begin
    select * into v_line from bank_line where line_id = (p ->> 'lineId')::uuid for update;
    return coalesce(earlier_answer(p), case
        when v_line.line_id is null then refused('BANK_LINE_NOT_FOUND')
        when v_line.state <> 'OPEN' then refused('BANK_LINE_DONE')
        else jsonb_build_object('line', line_view(v_line)) end);
end
$$;

create or replace function dismiss_line(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken jsonb := take_line(p);
    v_line  bank_line;
begin
    if v_taken ? 'refused' then
        return v_taken;
    end if;
    update bank_line
       set state = 'DISMISSED', ended_by = p ->> 'by', ended_at = clock_timestamp(), reason = p ->> 'reason'
     where line_id = (p ->> 'lineId')::uuid
    returning * into v_line;
    perform audit(p ->> 'by', 'bank-line.dismiss', v_line.line_id::text, jsonb_build_object('reason', v_line.reason));
    return jsonb_build_object('line', line_view(v_line));
end
$$;

-- Lines of a statement that may fit an order exactly; each is looked at again when it is booked.
create or replace function likely_lines(p jsonb) returns jsonb
    language plpgsql as $$
begin
    if not exists (select from bank_statement where statement_id = (p ->> 'statementId')::uuid) then
        return refused('BANK_STATEMENT_NOT_FOUND');
    end if;
    return coalesce(earlier_answer(p), (
        select jsonb_build_object('lines', coalesce(jsonb_agg(line_id), '[]'))
          from (select line_id from bank_line line
                 where statement_id = (p ->> 'statementId')::uuid and state = 'OPEN'
                   and exists (select from jsonb_array_elements(line_candidates(line)) candidate
                                where candidate -> 'owed' = jsonb_build_object('amount', amount, 'currency', currency))
                 order by row_no limit (p ->> 'limit')::integer) likely));
end
$$;

-- Notes what has been booked of a statement in one go.
create or replace function finish_lines(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform audit(p ->> 'by', 'bank-statement.book-exact', p ->> 'statementId',
                  jsonb_build_object('booked', p -> 'booked', 'more', p -> 'more'));
    return remember_answer(p, jsonb_build_object(
        'booked', (p ->> 'booked')::integer, 'more', (p ->> 'more')::boolean,
        'open', (select count(*) from bank_line where statement_id = (p ->> 'statementId')::uuid and state = 'OPEN')));
end
$$;
