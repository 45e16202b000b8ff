-- What carts become. One order per cart, by a unique key.
create sequence order_number_seq start 100000;

create table orders (
    order_id       uuid        primary key,
    order_number   bigint      not null unique,
    cart_id        uuid        not null unique references cart,
    shop_id        text        not null references shop,
    customer_id    uuid        references customer,
    token_hash     bytea       not null,
    state          text        not null check (state in ('AT_BOX_OFFICE', 'RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW',
                                                         'CONFIRMED', 'CANCELLED', 'EXPIRED', 'REFUNDED')),
    payment_status text        not null check (payment_status in ('UNPAID', 'PART_PAID', 'PAID', 'REFUNDED', 'DISPUTED')),
    payment_method text,
    version        bigint      not null default 1,
    total          bigint      not null check (total >= 0),
    currency       text        not null,
    buyer          jsonb       not null,
    match_key      bytea       not null,
    held_until     timestamptz,
    created_at     timestamptz not null,
    check ((held_until is null) = (state not in ('RESERVED', 'AWAITING_PAYMENT', 'UNDER_REVIEW', 'AT_BOX_OFFICE')))
);

create index orders_expiry_idx on orders (held_until) where held_until is not null;
create index orders_customer_idx on orders (customer_id, created_at) where customer_id is not null;
create index orders_open_match_key_idx on orders (match_key) where held_until is not null;

comment on column orders.match_key is 'Keyed hash of the buyer''s address; finds a guest''s open reservations.';

create table order_item (
    item_id        uuid    not null,
    order_id       uuid    not null references orders,
    performance_id uuid    not null,
    place_no       integer not null,
    price_type     text    not null,
    amount         bigint  not null,
    primary key (order_id, item_id),
    unique (order_id, performance_id, place_no),
    foreign key (performance_id, place_no) references place
);
