-- A secret address under which one purchase can be paid. The secret itself is nowhere here.
create table payment_link (
    link_id          uuid        primary key,
    order_id         uuid        not null references orders,
    purchase_version bigint      not null,
    amount           bigint      not null check (amount > 0),
    currency         text        not null,
    token_hash       bytea       not null unique,
    state            text        not null default 'OPEN' check (state in ('OPEN', 'USED', 'VOID')),
    expires_at       timestamptz not null,
    created_at       timestamptz not null default clock_timestamp(),
    created_by       text        not null,
    ended_at         timestamptz,
    check ((state = 'OPEN') = (ended_at is null))
);

create unique index payment_link_open_idx on payment_link (order_id) where state = 'OPEN';
