-- How much a customer may owe, and owes now. The row is the lock; the entries explain it.
create table credit_account (
    customer_id  uuid        primary key references customer,
    limit_amount bigint      check (limit_amount between 0 and 1000000000000),
    exposure     bigint      not null default 0 check (exposure >= 0),
    version      bigint      not null default 1
);

comment on column credit_account.limit_amount is 'Null: the installation''s default.';

create table credit_entry (
    entry_id    bigint      generated always as identity primary key,
    customer_id uuid        not null references credit_account,
    order_id    uuid        not null references orders,
    delta       bigint      not null,
    cause       text        not null,
    at          timestamptz not null default clock_timestamp()
);

create index credit_entry_customer_idx on credit_entry (customer_id, entry_id);
create index credit_entry_order_idx on credit_entry (order_id);
