-- A buyer's open selection. Its holds live on the places.
create table cart (
    cart_id       uuid        primary key,
    shop_id       text        not null references shop,
    customer_id   uuid        references customer,
    token_hash    bytea       not null,
    pickup_code   text        not null check (pickup_code ~ '^[0-9A-HJKMNP-TV-Z]{6}$'),
    state         text        not null default 'OPEN' check (state in ('OPEN', 'CHECKED_OUT', 'HIJACKED', 'CLOSED')),
    version       bigint      not null default 1,
    item_count    integer     not null default 0 check (item_count >= 0),
    buyer         jsonb,
    buyer_match_key bytea,
    created_at    timestamptz not null default clock_timestamp(),
    first_hold_at timestamptz,
    expires_at    timestamptz not null
);

create unique index cart_pickup_code_idx on cart (pickup_code) where state = 'OPEN';
create index cart_expiry_idx on cart (expires_at) where state = 'OPEN';
create index cart_customer_idx on cart (customer_id) where state = 'OPEN' and customer_id is not null;

create table cart_item (
    item_id        uuid   primary key default uuidv7(),
    cart_id        uuid   not null references cart,
    performance_id uuid   not null,
    place_no       integer not null,
    price_type     text   not null,
    amount         bigint not null,
    unique (cart_id, performance_id, place_no),
    foreign key (performance_id, place_no) references place
);
