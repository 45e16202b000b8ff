-- What is noted of a buyer who gives a binding, unpaid purchase back when hardly anybody else can still buy the seats.
create table late_cancellation (
    fact_id   uuid        primary key default uuidv7(),
    order_id  uuid        not null references orders,
    amount    bigint      not null check (amount > 0),
    starts_at timestamptz not null,
    at        timestamptz not null default clock_timestamp()
);

create index late_cancellation_order_idx on late_cancellation (order_id);
create index late_cancellation_at_idx on late_cancellation (at);

comment on column late_cancellation.starts_at is 'When the performance was to begin, as it was known then.';

-- A person who was suggested and whom somebody has decided to leave alone. What that was decided on is not suggested again.
create table suggestion_dismissal (
    dismissal_id  uuid        primary key default uuidv7(),
    suggestion_id uuid        not null,
    note          text        not null,
    dismissed_by  text        not null,
    dismissed_at  timestamptz not null default clock_timestamp()
);

-- Facts have ids of several tables; each is dismissed once.
create table dismissed_fact (
    fact_id      uuid primary key,
    dismissal_id uuid not null references suggestion_dismissal
);

-- Facts are few and orders are many: whoever looks for facts starts from them, and counts the purchases of one person.
create index refund_wish_idx on refund (created_at) where reason = 'BUYER_REQUEST';
create index dispute_won_idx on dispute (ended_at) where state = 'WON';
create index orders_guest_idx on orders (match_key, created_at) where customer_id is null;
