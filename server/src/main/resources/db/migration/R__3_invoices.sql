-- Invoices. Everything on them is kept as it was when they were issued. What they must show is listed in
-- server/docs/invoices.md.

-- What gross prices hold of tax. Rounded once, on the sum of a rate.
create or replace function tax_in(p_gross bigint, p_rate text) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'rate', p_rate, 'net', p_gross - tax, 'tax', tax, 'gross', p_gross))
      from (select case when p_rate is null then 0
                        else round(p_gross * p_rate::numeric / (100 + p_rate::numeric))::bigint end as tax) rounded
$$;

-- What was sold: a line for each performance, category and price, with its seats. All of an order's items that it still has,
-- or those given.
create or replace function invoice_lines(p_order_id uuid, p_item_ids uuid[]) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(line order by starts_at, performance_id, ordinal, price_type, unit_price), '[]')
      from (select min(performance.starts_at) as starts_at, performance_id, category.ordinal, item.price_type,
                   item.amount as unit_price,
                   jsonb_build_object(
                       'title', event.title, 'hall', performance.hall, 'startsAt', performance.starts_at,
                       'timeZone', performance.time_zone, 'category', category.name,
                       'priceType', coalesce(price.name, item.price_type), 'quantity', count(*),
                       'unitPrice', item.amount, 'amount', sum(item.amount),
                       'seats', coalesce(jsonb_agg(
                                    jsonb_build_object('section', place.section, 'row', place.row_label,
                                                       'number', place.seat_number) order by place.place_no)
                                    filter (where place.seat_id is not null), '[]')) as line
              from order_item item
              join place using (performance_id, place_no)
              join performance using (performance_id)
              join event using (event_id)
              join performance_category category using (performance_id, category)
              left join price using (performance_id, category, price_type)
             where item.order_id = p_order_id
               and (item.item_id = any (p_item_ids) or (p_item_ids is null and item.cancelled_at is null))
             group by performance_id, performance.hall, performance.starts_at, performance.time_zone, event.title,
                      category.ordinal, category.name, item.price_type, price.name, item.amount) lines
$$;

-- A number that no other has. Numbers of transactions that come to nothing are left out.
create or replace function new_invoice_number(p_serial bigint, p_day date) returns text
    language sql immutable as $$
    select 'R-' || to_char(p_day, 'YYYY') || '-' || lpad(p_serial::text, greatest(6, length(p_serial::text)), '0')
$$;

-- Issues the invoice of an order on account, once, in the transaction that confirms it. Answers with its number.
create or replace function issue_invoice(p_order_id uuid) returns text
    language plpgsql as $$
declare
    v_order  orders;
    v_terms  jsonb := setting('invoice');
    v_serial bigint := nextval('invoice_number_seq');
    v_day    date := organisers_day(clock_timestamp());
begin
    select * into v_order from orders where order_id = p_order_id;
    insert into invoice (invoice_number, serial, kind, order_id, cause, issued_at, issued_on, due_on, language, amount,
                         currency, content)
    values (new_invoice_number(v_serial, v_day), v_serial, 'INVOICE', p_order_id, 'invoice', clock_timestamp(), v_day,
            v_day + coalesce((v_terms ->> 'dueDays')::integer, 14), v_order.language, v_order.total, v_order.currency,
            jsonb_strip_nulls(jsonb_build_object(
                'seller', setting('organiser'), 'buyer', v_order.buyer, 'orderNumber', v_order.order_number::text,
                'lines', invoice_lines(p_order_id, null),
                'taxes', jsonb_build_array(tax_in(v_order.total, v_terms ->> 'vatRate')),
                'exemption', case when v_terms ->> 'vatRate' is null then v_terms -> 'exemption' end)))
    on conflict (order_id, cause) do nothing;
    return (select invoice_number from invoice where order_id = p_order_id and cause = 'invoice');
end
$$;

-- Corrects the invoice of an order, if it has one, by what is given back of it: of these items, less what is kept as a fee;
-- or without items just an amount. Once per cause. Answers with the number of the credit note, null without an invoice.
create or replace function correct_invoice(p_order_id uuid, p_amount bigint, p_cause text, p_item_ids uuid[] default '{}')
    returns text
    language plpgsql as $$
declare
    v_invoice invoice;
    v_serial  bigint;
    v_day     date := organisers_day(clock_timestamp());
begin
    select * into v_invoice from invoice where order_id = p_order_id and kind = 'INVOICE';
    if not found or p_amount <= 0 then
        return null;
    end if;
    if exists (select from invoice where order_id = p_order_id and cause = p_cause) then
        return (select invoice_number from invoice where order_id = p_order_id and cause = p_cause);
    end if;
    if p_amount > v_invoice.amount - (select coalesce(sum(amount), 0) from invoice where corrects = v_invoice.invoice_number) then
        raise exception 'invoice % is not that high any more', v_invoice.invoice_number;
    end if;
    v_serial := nextval('invoice_number_seq');
    insert into invoice (invoice_number, serial, kind, order_id, corrects, cause, issued_at, issued_on, language, amount,
                         currency, content)
    values (new_invoice_number(v_serial, v_day), v_serial, 'CREDIT_NOTE', p_order_id, v_invoice.invoice_number, p_cause,
            clock_timestamp(), v_day, v_invoice.language, p_amount, v_invoice.currency,
            v_invoice.content || jsonb_build_object(
                'lines', invoice_lines(p_order_id, p_item_ids),
                'taxes', jsonb_build_array(tax_in(p_amount, v_invoice.content -> 'taxes' -> 0 ->> 'rate'))));
    return new_invoice_number(v_serial, v_day);
end
$$;

-- Where the money for an order goes, while the order waits for a transfer; null when it does not, or there is no account.
create or replace function bank_transfer_view(p_order orders) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
               'accountHolder', bank_account() ->> 'holder', 'iban', bank_account() ->> 'iban',
               'bic', bank_account() ->> 'bic',
               'reference', coalesce((select invoice_number from invoice
                                       where invoice.order_id = p_order.order_id and kind = 'INVOICE'),
                                     p_order.order_number::text))
     where bank_account() is not null and p_order.payment_status in ('UNPAID', 'PART_PAID')
       and ((p_order.payment_method, p_order.state) in (('BANK_TRANSFER', 'RESERVED'), ('INVOICE', 'CONFIRMED'))
            or p_order.payment_method = 'INVOICE' and p_order.total > 0 and p_order.state in ('CANCELLED', 'REFUNDED')
               and not exists (select from order_item where order_id = p_order.order_id and cancelled_at is null))
$$;

create or replace function invoice_view(p_invoice invoice) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'invoiceNumber', p_invoice.invoice_number, 'kind', p_invoice.kind, 'corrects', p_invoice.corrects,
        'issuedOn', p_invoice.issued_on, 'dueOn', p_invoice.due_on, 'language', p_invoice.language,
        'amount', jsonb_build_object('amount', p_invoice.amount, 'currency', p_invoice.currency),
        'content', p_invoice.content))
$$;

-- The invoices of an order, for whoever has its token or is its customer.
create or replace function find_invoices(p jsonb) returns jsonb
    language plpgsql as $$
begin
    if not exists (select from orders
                    where order_id = (p ->> 'orderId')::uuid
                      and (token_hash = decode(p ->> 'tokenHash', 'hex') or customer_id = (p ->> 'customerId')::uuid)) then
        return refused('ORDER_NOT_FOUND');
    end if;
    return jsonb_build_object('invoices', (
        select coalesce(jsonb_agg(invoice_view(invoice) order by serial), '[]')
          from invoice where order_id = (p ->> 'orderId')::uuid));
end
$$;
