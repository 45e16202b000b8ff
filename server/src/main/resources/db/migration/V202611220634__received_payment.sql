-- Transfers that staff have booked, by hand or from a statement. The money itself stands in money_entry.
create table received_payment (
    received_payment_id uuid        primary key,
    order_id            uuid        not null references orders,
    line_id             uuid        unique references bank_line,
    amount              bigint      not null check (amount > 0),
    currency            text        not null,
    value_on            date        not null,
    in_time             boolean,
    outcome             text        not null check (outcome in ('CONFIRMED', 'PAID', 'PART_PAID', 'REFUNDING', 'CASE')),
    to_give_back        bigint      not null default 0,
    note                text,
    booked_by           text        not null,
    booked_at           timestamptz not null default clock_timestamp()
);

create index received_payment_latest_idx on received_payment (booked_at, received_payment_id);
create index received_payment_order_idx on received_payment (order_id, booked_at);

comment on column received_payment.in_time is 'Whether the value date is not after the day it was to be paid; null when nothing was to be paid.';

create trigger received_payment_append_only before update or delete or truncate on received_payment
    for each statement execute function refuse_change();
