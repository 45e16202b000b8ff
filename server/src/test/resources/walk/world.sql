-- The little theatre that the walk goes through: twelve seats at two prices and six places without numbers, and a second
-- evening. It is so far off that no deadline has to do with it.
update shop
   set payment_methods = '{CARD,PAYPAL,SEPA_DEBIT,INVOICE,PAY_LATER,BANK_TRANSFER}', refund_seconds_before = 3600,
       refund_fee = 500, payment_page_url = 'https://shop.example.org/pay';

insert into setting (name, value)
values ('organiser', '{"name": "Theater", "account": {"holder": "Theater", "iban": "DE02120300000000202051"}}')
on conflict (name) do update set value = excluded.value;

insert into setting (name, value) values ('credit', '{"defaultLimit": 50000, "currency": "EUR"}')
on conflict (name) do update set value = excluded.value;

insert into api_client (client_id, name, secret_hash, scopes) values ('agency', 'Agency', '\x00', '{partner}');

insert into event (event_id, title) values ('0e000000-0000-0000-0000-000000000000', 'Faust');

insert into performance (performance_id, event_id, hall, starts_at, time_zone, sales_start, sales_end, currency)
select ('0000000' || evening || '-0000-0000-0000-000000000000')::uuid, '0e000000-0000-0000-0000-000000000000', 'Studio',
       clock_timestamp() + interval '20 years', 'Europe/Berlin', clock_timestamp() - interval '1 day',
       clock_timestamp() + interval '20 years', 'EUR'
  from generate_series(1, 2) evening;

-- The partner sells the first evening only.
insert into setting (name, value) values ('credit', '{"defaultLimit": 50000, "currency": "EUR"}')
on conflict (name) do update set value = excluded.value;

insert into api_client_allotment (client_id, performance_id) values ('agency', '00000001-0000-0000-0000-000000000000');

insert into performance_category (performance_id, ordinal, category, name, capacity)
select performance_id, ordinal, category, category, capacity
  from performance, (values (1, 'a', null), (2, 'b', null), (3, 'ga', 6)) as kinds (ordinal, category, capacity);

insert into price (performance_id, category, ordinal, price_type, name, amount)
select performance_id, category, ordinal, price_type, price_type, amount
  from performance,
       (values ('a', 1, 'full', 12000), ('a', 2, 'reduced', 7000), ('b', 1, 'full', 5000), ('b', 2, 'reduced', 3000),
               ('ga', 1, 'full', 2500), ('ga', 2, 'free', 0)) as prices (category, ordinal, price_type, amount);

insert into place (performance_id, place_no, category, seat_id, section, row_label, seat_number, x, y, row_index,
                   row_position, rank)
select performance_id, n, case when n < 6 then 'a' else 'b' end, 's' || n, 'Parkett', (n / 6 + 1)::text, (n % 6 + 1)::text,
       n % 6, n / 6, n / 6, n % 6, n
  from performance, generate_series(0, 11) n;

insert into place (performance_id, place_no, category, rank)
select performance_id, 100 + n, 'ga', n from performance, generate_series(0, 5) n;
