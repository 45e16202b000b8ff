-- Attempts to pay an order; at most one is open.
create table payment (
    payment_id         uuid        primary key,
    order_id           uuid        not null references orders,
    method             text        not null check (method in ('CARD', 'PAYPAL', 'SEPA_DEBIT')),
    amount             bigint      not null check (amount > 0),
    currency           text        not null,
    state              text        not null check (state in ('CREATED', 'ACTION_REQUIRED', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    return_url         text,
    provider_reference text,
    url                text,
    client_secret      text,
    expires_at         timestamptz not null,
    cancel_due_at      timestamptz,
    cancel_tries       integer     not null default 0,
    created_at         timestamptz not null default clock_timestamp()
);

create unique index payment_one_open_idx on payment (order_id) where state in ('CREATED', 'ACTION_REQUIRED', 'PROCESSING');
create index payment_order_idx on payment (order_id, created_at);
create index payment_cancel_due_idx on payment (cancel_due_at) where cancel_due_at is not null;

comment on column payment.cancel_due_at is 'When the provider is to be told to cancel (again); null when there is nothing to tell.';

-- What the provider said, word by word, never changed. Money is counted from here.
create table payment_fact (
    fact_id     bigint      generated always as identity primary key,
    provider    text        not null,
    event_id    text        not null,
    payment_id  uuid        references payment,
    kind        text        not null,
    amount      bigint,
    currency    text,
    occurred_at timestamptz not null,
    received_at timestamptz not null default clock_timestamp(),
    body        jsonb       not null,
    unique (provider, event_id)
);

create index payment_fact_payment_idx on payment_fact (payment_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end
$$;

create trigger payment_fact_append_only before update or delete or truncate on payment_fact
    for each statement execute function refuse_change();
