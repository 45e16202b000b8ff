-- What an order has brought in and given back, entry by entry. What it owes is its total less the sum.
create table money_entry (
    entry_id   bigint      generated always as identity primary key,
    order_id   uuid        not null references orders,
    kind       text        not null check (kind in ('PAYMENT', 'TRANSFER', 'COUNTER', 'REFUND', 'CHARGEBACK',
                                                    'CHARGEBACK_WON')),
    amount     bigint      not null check (amount <> 0),
    payment_id uuid        references payment,
    source     text        not null,
    value_on   date,
    at         timestamptz not null default clock_timestamp(),
    unique (order_id, source)
);

comment on column money_entry.amount is 'Positive: came in. In minor units of the order''s currency.';
comment on column money_entry.source is 'What it was booked for, such as payment:<id>; one thing is booked once.';
comment on column money_entry.value_on is 'The value date of a bank transfer.';

create trigger money_entry_append_only before update or delete or truncate on money_entry
    for each statement execute function refuse_change();

insert into money_entry (order_id, kind, amount, payment_id, source)
select orders.order_id, 'PAYMENT', orders.total, payment_id, 'payment:' || payment_id
  from orders join payment using (order_id)
 where orders.payment_status = 'PAID' and payment.state = 'SUCCEEDED' and orders.total > 0
   and payment_id = (select payment_id from payment paid
                      where paid.order_id = orders.order_id and paid.state = 'SUCCEEDED' order by created_at limit 1);

alter table payment_fact add column subject text, add column reference text;

comment on column payment_fact.reference is 'The provider''s name for the payment.';
comment on column payment_fact.subject is 'The refund or dispute that it is about; null when it is about the payment.';

-- Money on its way back. Its id is the provider's idempotency key, so that it goes back once.
create table refund (
    refund_id          uuid        primary key default uuidv7(),
    order_id           uuid        not null references orders,
    payment_id         uuid        references payment,
    amount             bigint      not null check (amount > 0),
    currency           text        not null,
    reason             text        not null check (reason in ('BUYER_REQUEST', 'WITHDRAWAL', 'STAFF_ERROR', 'GOODWILL',
                                                              'PERFORMANCE_CANCELLED', 'PERFORMANCE_POSTPONED',
                                                              'LATE_PAYMENT', 'OVERPAYMENT')),
    state              text        not null check (state in ('PENDING', 'SUCCEEDED', 'BY_HAND')),
    cause              text        not null,
    requested_by       text        not null,
    note               text        not null default '',
    provider_reference text,
    created_at         timestamptz not null default clock_timestamp(),
    ended_at           timestamptz,
    check ((state = 'SUCCEEDED') = (ended_at is not null)),
    check (state <> 'PENDING' or payment_id is not null)
);

create unique index refund_once_idx on refund (order_id, cause, coalesce(payment_id, '00000000-0000-0000-0000-000000000000'));
create index refund_payment_idx on refund (payment_id);
create index refund_open_idx on refund (created_at, refund_id) where state = 'BY_HAND';

comment on column refund.payment_id is 'The payment it goes back to; null when it came by transfer or in cash.';
comment on column refund.state is 'BY_HAND: somebody must hand it over or transfer it, and say so here; so ends one that the provider refuses.';
comment on column refund.cause is 'What it is for, such as request:<key> or payment:<id>; one thing is refunded once.';

-- Money taken back by the payer's bank.
create table dispute (
    dispute_id uuid        primary key default uuidv7(),
    payment_id uuid        not null references payment,
    order_id   uuid        not null references orders,
    reference  text        not null,
    amount     bigint      not null check (amount > 0),
    state      text        not null default 'OPEN' check (state in ('OPEN', 'WON', 'LOST')),
    opened_at  timestamptz not null default clock_timestamp(),
    ended_at   timestamptz,
    unique (payment_id, reference)
);

create index dispute_order_idx on dispute (order_id);

-- Items that were given back keep their identity and their price; the order's total is what is left.
alter table order_item add column cancelled_at timestamptz;
alter table orders
    add column language text not null default 'de' check (language in ('de', 'en')),
    add column pay_until timestamptz,
    add column purchase_version bigint not null default 1,
    add column client_id text;

comment on column orders.language is 'What the buyer is written in.';
comment on column orders.pay_until is 'What the buyer was told; the hold outlives it by the method''s grace.';
comment on column orders.purchase_version is 'Goes up when items or prices change; what is bound to it ends.';
comment on column orders.client_id is 'The partner that sold it; null: the organiser itself.';

alter table shop
    add column transfer_seconds       integer not null default 432000 check (transfer_seconds between 3600 and 5184000),
    add column transfer_grace_seconds integer not null default 172800 check (transfer_grace_seconds between 0 and 2592000),
    add column refund_seconds_before  integer check (refund_seconds_before between 0 and 31536000),
    add column refund_fee             bigint  not null default 0 check (refund_fee between 0 and 1000000),
    add column link_seconds           integer not null default 259200 check (link_seconds between 300 and 2592000);

comment on column shop.transfer_grace_seconds is 'A transfer made in time is booked this much later at the latest.';
comment on column shop.refund_seconds_before is 'Until when before the performance buyers may give tickets back; null: never.';
comment on column shop.refund_fee is 'Kept for each ticket that a buyer gives back, in minor units.';
comment on column shop.link_seconds is 'How long a payment link lives.';

-- Functions that are defined anew with other parameters.
drop function if exists take_order(jsonb, text[]);
drop function if exists order_refusal(orders, text[]);
drop function if exists end_order(orders, text, text);
drop function if exists release_credit(orders, text);
drop function if exists give_to_people(jsonb, bigint, uuid);
drop function if exists settle_success(orders, jsonb);
drop function if exists expire_orders(integer);
