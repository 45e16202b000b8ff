-- Unpaid reservations of buyers on the web: how many and how much, and when they are reminded.
alter table shop
    add column guest_reservations          integer not null default 1      check (guest_reservations between 0 and 100),
    add column guest_reservation_amount    bigint  not null default 10000  check (guest_reservation_amount between 0 and 1000000000000),
    add column customer_reservations       integer not null default 5      check (customer_reservations between 0 and 100),
    add column customer_reservation_amount bigint  check (customer_reservation_amount between 0 and 1000000000000),
    add column reminder_seconds            integer default 86400           check (reminder_seconds between 3600 and 2592000);

comment on column shop.guest_reservations is 'The most that an address without an account may have open at once.';
comment on column shop.customer_reservation_amount is 'In minor units, over all that are open at once; null: only the credit limit counts.';
comment on column shop.reminder_seconds is 'How long before its end a reservation''s buyer is reminded; null: never.';

drop function if exists post_mail(text, uuid, jsonb);
