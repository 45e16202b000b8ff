-- What clerks do: taking purchases over, and working on orders.
create table hijack (
    hijack_id    uuid        primary key,
    state        text        not null default 'WARNED'
                             check (state in ('WARNED', 'ACTIVE', 'LAPSED', 'RESERVED', 'LINK_SENT', 'PAID', 'HANDED_BACK',
                                              'CANCELLED')),
    cart_id      uuid        references cart,
    order_id     uuid        references orders,
    clerk        text        not null,
    client_id    text,
    reason       text        not null default '',
    created_at   timestamptz not null default clock_timestamp(),
    warned_until timestamptz not null,
    confirmed_at timestamptz,
    ended_at     timestamptz,
    check (cart_id is not null or order_id is not null),
    check ((ended_at is null) = (state in ('WARNED', 'ACTIVE')))
);

create unique index hijack_active_idx on hijack (order_id) where state = 'ACTIVE';
create index hijack_warning_idx on hijack (warned_until) where state = 'WARNED';
create index hijack_cart_idx on hijack (cart_id) where cart_id is not null;
create index hijack_order_idx on hijack (order_id) where order_id is not null;

comment on column hijack.cart_id is 'The web cart that is taken over; null when it was an order already.';
comment on column hijack.order_id is 'The order that is taken over, or that the cart has become.';
comment on column hijack.client_id is 'The partner; null: the organiser''s own staff.';

-- Who has an order at the box office, and what it goes back to.
create table desk (
    order_id          uuid        primary key references orders,
    clerk             text        not null,
    client_id         text,
    fence             bigint      not null default 1,
    lease_until       timestamptz,
    hijack_id         uuid        references hijack,
    cart_id           uuid        references cart,
    former_state      text        check (former_state in ('RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW')),
    former_held_until timestamptz,
    former_pay_until  timestamptz,
    note              text        not null default '',
    check (cart_id is null or former_state is null)
);

create index desk_lease_idx on desk (lease_until) where lease_until is not null;

comment on column desk.fence is 'Goes up with every holder, so that whoever held the order before cannot go on.';
comment on column desk.lease_until is 'Null: nobody has it any more; if it is still at the box office, it waits for a supervisor.';
comment on column desk.cart_id is 'The web cart that the order was and can be again.';
comment on column desk.former_state is 'What the order was and can be again.';

-- Money taken at a counter.
create table counter_payment (
    counter_payment_id uuid        primary key,
    order_id           uuid        not null references orders,
    method             text        not null check (method in ('CASH', 'CARD_TERMINAL', 'VOUCHER')),
    amount             bigint      not null check (amount >= 0),
    tendered           bigint      check (tendered >= amount),
    reference          text,
    clerk              text        not null,
    at                 timestamptz not null default clock_timestamp(),
    unique (order_id, method, reference),
    check (method = 'CASH' or (reference is not null and tendered is null))
);

comment on column counter_payment.tendered is 'What the buyer put on the counter; the difference is the change.';
comment on column counter_payment.reference is 'The terminal''s receipt or the voucher''s number.';

-- Orders of callers and walk-ins have no cart and perhaps no name.
alter table orders alter column cart_id drop not null, alter column match_key drop not null;

alter table shop
    add column warning_seconds           integer not null default 180   check (warning_seconds between 30 and 1800),
    add column lease_seconds             integer not null default 600   check (lease_seconds between 60 and 14400),
    add column lease_end                 text    not null default 'GIVE_BACK' check (lease_end in ('GIVE_BACK', 'KEEP')),
    add column stray_reservation_seconds integer not null default 1800  check (stray_reservation_seconds between 60 and 604800),
    add column desk_max_seats            integer not null default 50    check (desk_max_seats between 1 and 100),
    add column desk_sales_seconds        integer not null default 3600  check (desk_sales_seconds between 0 and 86400);

comment on column shop.lease_end is 'What becomes of an order whose clerk is gone: GIVE_BACK to where it came from, or KEEP for a supervisor.';
comment on column shop.stray_reservation_seconds is 'How long an order of the clerk''s own stays reserved then, if its buyer can be reached.';
comment on column shop.desk_max_seats is 'The most seats in an order of the box office.';
comment on column shop.desk_sales_seconds is 'The box office sells until so long after the start.';

-- Functions that are defined anew with other parameters.
drop function if exists choose_places(jsonb, integer);
