-- Matters for people. One per purchase and cause.
create table case_file (
    case_number text        primary key check (case_number ~ '^[0-9]{10}$'),
    kind        text        not null check (kind in ('CREDIT_LIMIT', 'TECHNICAL', 'LIMIT_REQUEST', 'LATE_PAYMENT', 'DISPUTE')),
    state       text        not null default 'OPEN' check (state in ('OPEN', 'WAITING_FOR_CUSTOMER', 'APPROVED', 'REJECTED', 'EXPIRED', 'SETTLED')),
    order_id    uuid        references orders,
    amount      bigint,
    currency    text,
    note        text        not null default '',
    deadline    timestamptz,
    created_at  timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    unique (order_id, kind)
);

create index case_file_queue_idx on case_file (created_at) where state in ('OPEN', 'WAITING_FOR_CUSTOMER');
