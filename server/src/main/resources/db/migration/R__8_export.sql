-- What is held about a customer, for themselves. It is built in one way for everybody, and nothing in it tells whether somebody is
-- blocked: neither entries nor redirects are looked at, and a movement that only a block makes is called a cancellation.

create or replace function export_address(p_address customer_email) returns jsonb
    language sql immutable as $$
    select jsonb_strip_nulls(jsonb_build_object('email', p_address.email, 'since', p_address.since, 'until', p_address.until,
                                                'provenAt', p_address.proven_at))
$$;

-- What was said about a case between the customer and the office.
create or replace function export_case(p_case case_file, p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'caseNumber', p_case.case_number, 'state', case_state(p_case, p_order), 'orderNumber', p_order.order_number::text,
        'requestedLimit', money_view(p_case.requested_limit, p_case.currency), 'createdAt', p_case.created_at,
        'endedAt', p_case.ended_at,
        'wish', case when p_case.kind = 'LIMIT_REQUEST' then nullif(left(p_case.note, 4000), '') end,
        'messages', (select coalesce(jsonb_agg(jsonb_build_object('own', kind = 'ANSWER', 'text', left(text, 4000), 'at', at)
                                               order by at, message_id), '[]')
                       from (select * from case_message where case_number = p_case.case_number and kind in ('QUESTION', 'ANSWER')
                              order by at, message_id limit 100) said)))
$$;

create or replace function export_orders(p_customer_id uuid) returns jsonb
    language sql volatile as $$
    select coalesce(jsonb_agg(order_view(order_id) order by created_at desc, order_id desc), '[]')
      from (select order_id, created_at from orders where customer_id = p_customer_id
             order by created_at desc, order_id desc limit 1000) newest
$$;

-- Money that came and went.
create or replace function export_money(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'orderNumber', order_number::text, 'kind', kind, 'amount', amount, 'currency', currency, 'at', at))
               order by at desc, entry_id desc), '[]')
      from (select order_number, kind, amount, currency, at, entry_id
              from money_entry join orders using (order_id)
             where customer_id = p_customer_id
             order by at desc, entry_id desc limit 1000) newest
$$;

create or replace function export_invoices(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'invoiceNumber', invoice_number, 'kind', kind, 'orderNumber', order_number::text,
               'amount', money_view(amount, currency), 'issuedOn', issued_on) order by serial desc), '[]')
      from (select invoice.*, order_number from invoice join orders using (order_id)
             where customer_id = p_customer_id order by serial desc limit 1000) newest
$$;

create or replace function export_credit(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'orderNumber', order_number::text, 'delta', delta,
               'cause', case cause when 'BLOCKED' then 'CANCELLED' else cause end, 'at', at) order by entry_id desc), '[]')
      from (select entry.*, order_number from credit_entry entry join orders using (order_id)
             where entry.customer_id = p_customer_id order by entry_id desc limit 1000) newest
$$;

-- What was put into carts and not bought.
create or replace function export_carts(p_customer_id uuid) returns jsonb
    language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'state', state, 'quantity', item_count, 'createdAt', created_at) order by created_at desc), '[]')
      from (select outside_state(cart) as state, item_count, created_at from cart
             where customer_id = p_customer_id and state <> 'CHECKED_OUT'
             order by created_at desc limit 1000) newest
$$;

-- Null when there is no such customer any more.
create or replace function customer_export(p_customer_id uuid) returns jsonb
    language sql volatile as $$
    select jsonb_build_object(
        'exportedAt', clock_timestamp(),
        'profile', jsonb_strip_nulls(jsonb_build_object(
            'customerId', customer_id, 'name', name, 'phone', phone, 'language', language, 'shopId', shop_id,
            'createdAt', created_at, 'firstLoginAt', first_login_at, 'lastLoginAt', last_login_at,
            'passwordChangedAt', password_changed_at)),
        'addresses', (select coalesce(jsonb_agg(export_address(address) order by since desc), '[]')
                        from (select * from customer_email where customer_id = p_customer_id
                               order by since desc limit 100) address),
        'userNames', (select coalesce(jsonb_agg(user_name order by canonical), '[]')
                        from (select * from customer_user_name where customer_id = p_customer_id
                               order by canonical limit 100) named),
        'formerAccounts', (select coalesce(jsonb_agg(jsonb_build_object('shop', source, 'id', source_id, 'importedAt', imported_at)
                                                     order by imported_at, source, source_id), '[]')
                             from (select * from legacy_customer where customer_id = p_customer_id
                                    order by imported_at, source, source_id limit 100) former),
        'mails', (select coalesce(jsonb_agg(customer_mail_view(link) order by created_at desc, link_id desc), '[]')
                    from (select * from account_link where customer_id = p_customer_id
                           order by created_at desc, link_id desc limit 1000) link),
        'sessions', (select coalesce(jsonb_agg(jsonb_build_object('openedAt', created_at, 'renewedAt', renewed_at, 'endsAt', ends_at)
                                               order by created_at desc), '[]')
                       from (select * from customer_session where customer_id = p_customer_id
                              order by created_at desc limit 100) session),
        'newsletter', newsletter_export(p_customer_id),
        'carts', export_carts(p_customer_id),
        'orders', export_orders(p_customer_id),
        'money', export_money(p_customer_id),
        'invoices', export_invoices(p_customer_id),
        'cases', (select coalesce(jsonb_agg(export_case(matter, orders) order by matter.created_at desc), '[]')
                    from (select * from case_file where customer_id = p_customer_id and for_customers(case_file)
                           order by created_at desc limit 1000) matter
                    left join orders on orders.order_id = matter.order_id),
        'creditEntries', export_credit(p_customer_id))
      from customer
     where customer_id = p_customer_id and erased_at is null and merged_into is null
$$;
