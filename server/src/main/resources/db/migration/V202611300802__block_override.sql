-- Staff who have gone on with the order of a blocked person, knowing it. Blocks that are newer ask again.
create table block_override (
    order_id uuid        not null references orders,
    at       timestamptz not null default clock_timestamp(),
    by       text        not null,
    reason   text        not null default '',
    primary key (order_id, at)
);

-- What a block ends is found by the person.
create index cart_buyer_match_key_idx on cart (buyer_match_key) where state = 'OPEN' and buyer_match_key is not null;
create index orders_open_customer_idx on orders (customer_id) where held_until is not null and customer_id is not null;
