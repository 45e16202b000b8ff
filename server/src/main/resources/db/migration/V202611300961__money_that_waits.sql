-- Part of the money for an order is a matter for people, and may yet be enough: then the matter is settled by itself.
alter table case_file add column waiting bigint not null default 0;

comment on column case_file.waiting is
    'LATE_PAYMENT: how much of the amount its order still has; it may yet be used, or goes back when the order ends.';

-- Functions that are defined anew with other parameters.
drop function if exists end_dispute(orders, dispute);
drop function if exists refund_won(uuid, text);
drop function if exists give_to_people(uuid, bigint, text, text);
drop function if exists restore_tickets(uuid);
drop function if exists cancel_orders_of(performance_change, jsonb);
