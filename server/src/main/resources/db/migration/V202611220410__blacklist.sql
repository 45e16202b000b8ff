-- Reversible, reasoned blocks on persons: an account, or an address by the keyed hash of its match key.
create table blacklist_entry (
    entry_id    uuid        primary key default uuidv7(),
    customer_id uuid,
    match_key   bytea,
    email       text,
    reason      text        not null,
    created_by  text        not null,
    created_at  timestamptz not null default clock_timestamp(),
    ends_at     timestamptz,
    lifted_at   timestamptz,
    lifted_by   text,
    check (customer_id is not null or match_key is not null)
);

create index blacklist_entry_customer_idx on blacklist_entry (customer_id) where lifted_at is null;
create index blacklist_entry_match_key_idx on blacklist_entry (match_key) where lifted_at is null;

-- Carts that were sent to the overview at completion, for whatever reason. For staff only.
create table redirected_checkout (
    cart_id uuid        not null references cart,
    reason  text        not null,
    at      timestamptz not null default clock_timestamp()
);

create index redirected_checkout_cart_idx on redirected_checkout (cart_id);
