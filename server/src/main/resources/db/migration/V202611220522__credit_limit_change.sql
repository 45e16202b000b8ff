-- Who changed a customer's limit, when and why. Rows are only ever added.
create table credit_limit_change (
    change_id   bigint      generated always as identity primary key,
    customer_id uuid        not null references credit_account,
    from_amount bigint,
    to_amount   bigint,
    reason      text        not null,
    changed_by  text        not null,
    changed_at  timestamptz not null default clock_timestamp()
);

create index credit_limit_change_customer_idx on credit_limit_change (customer_id, change_id);

comment on column credit_limit_change.from_amount is 'Null: the installation''s default.';
comment on column credit_limit_change.to_amount is 'Null: the installation''s default.';
